/// What becomes of the rows as the threshold sinks over all distinct scores: the counts from which
/// the ROC curve, the precision-recall curve and their areas are read.
///
/// A row is predicted positive where its score is at least the threshold. Rows of equal score move
/// together, so that no order among them can change a result.
public struct ScoreSweep: Sendable, Equatable {
  /// The distinct scores, descending.
  public let thresholds: [Double]
  /// Positive rows with a score of at least the threshold, one a threshold.
  public let truePositives: [Int]
  /// Negative rows with a score of at least the threshold, one a threshold.
  public let falsePositives: [Int]
  /// All positive rows, whatever their score.
  public let positiveCount: Int
  /// All negative rows, whatever their score.
  public let negativeCount: Int

  /// - Parameters:
  ///   - positives: the scores of the positive rows in any order, no NaN.
  ///   - negatives: those of the negative rows.
  /// - Complexity: O(n log n).
  public init(positives: [Double], negatives: [Double]) {
    let positives = positives.sorted(by: >)
    let negatives = negatives.sorted(by: >)
    var thresholds: [Double] = []
    var hits: [Int] = []
    var falseAlarms: [Int] = []
    var (positive, negative) = (0, 0)
    while positive < positives.count || negative < negatives.count {
      let threshold = max(
        positive < positives.count ? positives[positive] : -.infinity,
        negative < negatives.count ? negatives[negative] : -.infinity)
      while positive < positives.count, positives[positive] >= threshold { positive += 1 }
      while negative < negatives.count, negatives[negative] >= threshold { negative += 1 }
      thresholds.append(threshold)
      hits.append(positive)
      falseAlarms.append(negative)
    }
    self.thresholds = thresholds
    truePositives = hits
    falsePositives = falseAlarms
    positiveCount = positives.count
    negativeCount = negatives.count
  }

  /// One class against the rest, by its probability.
  /// - Parameter positive: an index into the classes of `predictions`.
  public init(_ predictions: Predictions, positive: Int) {
    let classCount = predictions.classes.count
    var (positives, negatives): ([Double], [Double]) = ([], [])
    for (row, code) in predictions.truth.enumerated() {
      let score = predictions.probabilities[row * classCount + positive]
      if Int(code) == positive { positives.append(score) } else { negatives.append(score) }
    }
    self.init(positives: positives, negatives: negatives)
  }

  /// The chance that a positive row scores above a negative one, a tie counting half: the area
  /// under the ROC curve by trapezoids. Nil where all rows are on one side.
  public var rocAUC: Double? {
    guard positiveCount > 0, negativeCount > 0 else { return nil }
    var area = 0.0
    var (lastHits, lastFalseAlarms) = (0, 0)
    for (hits, falseAlarms) in zip(truePositives, falsePositives) {
      area += Double(falseAlarms - lastFalseAlarms) * Double(hits + lastHits)
      (lastHits, lastFalseAlarms) = (hits, falseAlarms)
    }
    return area / 2 / Double(positiveCount) / Double(negativeCount)
  }

  /// The precision at each threshold, weighted by the step in recall that it brings; not
  /// interpolated. Nil where all rows are on one side.
  public var averagePrecision: Double? {
    guard positiveCount > 0, negativeCount > 0 else { return nil }
    var sum = 0.0
    var lastHits = 0
    for (hits, falseAlarms) in zip(truePositives, falsePositives) {
      sum += Double(hits - lastHits) * Double(hits) / Double(hits + falseAlarms)
      lastHits = hits
    }
    return sum / Double(positiveCount)
  }
}

extension Predictions {
  /// The area under the ROC curve and the average precision: with two classes of the second one;
  /// with more the mean over the classes, each against the rest. A class without rows, or without
  /// rows of others, does not count; nil where none is left.
  var rankingScores: (rocAUC: Double?, averagePrecision: Double?) {
    let positives = classes.count == 2 ? [1] : Array(classes.indices)
    var (areas, precisions): ([Double], [Double]) = ([], [])
    for positive in positives {
      let sweep = ScoreSweep(self, positive: positive)
      if let area = sweep.rocAUC { areas.append(area) }
      if let precision = sweep.averagePrecision { precisions.append(precision) }
    }
    func mean(_ values: [Double]) -> Double? {
      values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }
    return (mean(areas), mean(precisions))
  }
}
