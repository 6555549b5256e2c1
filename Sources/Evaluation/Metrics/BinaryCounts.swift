/// Hits and misses of a yes-or-no decision, and the rates that follow from them.
public struct BinaryCounts: Sendable, Equatable {
  /// Positive rows that were predicted positive.
  public let truePositives: Int
  /// Negative rows that were predicted positive: false alarms.
  public let falsePositives: Int
  /// Positive rows that were predicted negative: misses.
  public let falseNegatives: Int
  /// Negative rows that were predicted negative.
  public let trueNegatives: Int

  /// From four counts of rows, none of them negative.
  public init(truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// The decision to raise an alarm, against the truth that a row is of a malicious class.
  public init(alarms predictions: Predictions) {
    let isMalicious = predictions.isMalicious
    var (hits, falseAlarms, misses, passes) = (0, 0, 0, 0)
    for (code, alarm) in zip(predictions.truth, predictions.alarms) {
      switch (isMalicious[Int(code)], alarm) {
      case (true, true): hits += 1
      case (false, true): falseAlarms += 1
      case (true, false): misses += 1
      case (false, false): passes += 1
      }
    }
    self.init(
      truePositives: hits, falsePositives: falseAlarms, falseNegatives: misses,
      trueNegatives: passes)
  }

  /// Rows that are positive in truth.
  public var positives: Int { truePositives + falseNegatives }
  /// Rows that are negative in truth.
  public var negatives: Int { falsePositives + trueNegatives }
  /// Rows that were predicted positive, rightly or not.
  public var predictedPositives: Int { truePositives + falsePositives }
  /// All rows that were counted.
  public var total: Int { positives + negatives }

  /// The share of predicted positives that are right; 0 where nothing was predicted positive, as
  /// in scikit-learn with `zero_division=0`.
  public var precision: Double { share(truePositives, of: predictedPositives) ?? 0 }

  /// The share of positives that were found; 0 where there are none, as in scikit-learn.
  public var recall: Double { share(truePositives, of: positives) ?? 0 }

  /// The harmonic mean of precision and recall; 0 where there is neither.
  public var f1: Double {
    share(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives) ?? 0
  }

  /// The share of negatives that were predicted positive; nil where there are none.
  public var falsePositiveRate: Double? { share(falsePositives, of: negatives) }

  /// The share of rows that were not predicted positive: what a filter that passes on only the
  /// positives saves. Nil without rows.
  public var dataReduction: Double? { share(total - predictedPositives, of: total) }

  /// The share of predicted positives that are positive in truth; unlike `precision`, nil where
  /// nothing was passed on.
  public var positiveShareOfPassed: Double? { share(truePositives, of: predictedPositives) }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
