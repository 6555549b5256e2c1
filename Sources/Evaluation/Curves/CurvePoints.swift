/// A point of the ROC curve.
public struct ROCPoint: Sendable, Equatable, Codable {
  /// Rows that score at least this are predicted positive; nil at the origin, where none is.
  public let threshold: Double?
  /// The share of the negative rows that score at least `threshold`.
  public let falsePositiveRate: Double
  /// The share of the positive rows that score at least `threshold`, which is the recall.
  public let truePositiveRate: Double
}

/// A point of the precision-recall curve.
public struct PrecisionRecallPoint: Sendable, Equatable, Codable {
  /// Rows that score at least this are predicted positive; nil at the end, where none is.
  public let threshold: Double?
  /// The share of the rows that score at least `threshold` that are positive; 1 at the end.
  public let precision: Double
  /// The share of the positive rows that score at least `threshold`; 0 at the end.
  public let recall: Double
}

extension ScoreSweep {
  /// The ROC curve from the origin to (1, 1), one point a distinct score, as
  /// `sklearn.metrics.roc_curve` with `drop_intermediate=False`. Empty where all rows are on one
  /// side.
  public var rocPoints: [ROCPoint] {
    guard positiveCount > 0, negativeCount > 0 else { return [] }
    let origin = ROCPoint(threshold: nil, falsePositiveRate: 0, truePositiveRate: 0)
    return [origin]
      + thresholds.indices.map { index in
        ROCPoint(
          threshold: thresholds[index],
          falsePositiveRate: Double(falsePositives[index]) / Double(negativeCount),
          truePositiveRate: Double(truePositives[index]) / Double(positiveCount))
      }
  }

  /// The precision-recall curve by ascending threshold, one point a distinct score and the end
  /// (precision 1, recall 0), as `sklearn.metrics.precision_recall_curve`. Empty where all rows
  /// are on one side.
  public var precisionRecallPoints: [PrecisionRecallPoint] {
    guard positiveCount > 0, negativeCount > 0 else { return [] }
    let end = PrecisionRecallPoint(threshold: nil, precision: 1, recall: 0)
    return thresholds.indices.reversed().map { index in
      PrecisionRecallPoint(
        threshold: thresholds[index],
        precision: Double(truePositives[index])
          / Double(truePositives[index] + falsePositives[index]),
        recall: Double(truePositives[index]) / Double(positiveCount))
    } + [end]
  }
}
