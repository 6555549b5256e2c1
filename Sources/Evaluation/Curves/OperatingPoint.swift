/// A threshold and what follows from it.
public struct OperatingPoint: Sendable, Equatable {
  /// Rows that score at least this are predicted positive.
  public let threshold: Double
  /// Hits and misses of all rows at that threshold.
  public let counts: BinaryCounts
}

extension ScoreSweep {
  /// The point at one of `thresholds`.
  public func operatingPoint(at index: Int) -> OperatingPoint {
    OperatingPoint(
      threshold: thresholds[index],
      counts: BinaryCounts(
        truePositives: truePositives[index], falsePositives: falsePositives[index],
        falseNegatives: positiveCount - truePositives[index],
        trueNegatives: negativeCount - falsePositives[index]))
  }

  /// The highest threshold that finds at least this share of the positives, and so raises the
  /// fewest false alarms; nil without positives.
  public func operatingPoint(recallAtLeast recall: Double) -> OperatingPoint? {
    guard positiveCount > 0 else { return nil }
    let index = thresholds.indices.first {
      Double(truePositives[$0]) >= recall * Double(positiveCount)
    }
    return index.map { operatingPoint(at: $0) }
  }

  /// The lowest threshold that takes at most this share of the negatives for positive, and so
  /// finds the most; nil without negatives, or where even the highest score takes too many.
  public func operatingPoint(falsePositiveRateAtMost rate: Double) -> OperatingPoint? {
    guard negativeCount > 0 else { return nil }
    let index = thresholds.indices.last {
      Double(falsePositives[$0]) <= rate * Double(negativeCount)
    }
    return index.map { operatingPoint(at: $0) }
  }

  /// The threshold of the highest F1, the highest one among equals; nil without positives.
  public var bestF1: OperatingPoint? {
    positiveCount == 0 ? nil : best { $0.f1 }
  }

  /// The threshold where recall minus false positive rate is largest (Youden 1950), the highest
  /// one among equals; nil where all rows are on one side.
  public var bestYouden: OperatingPoint? {
    negativeCount == 0 || positiveCount == 0
      ? nil : best { $0.recall - ($0.falsePositiveRate ?? 0) }
  }

  private func best(by score: (BinaryCounts) -> Double) -> OperatingPoint? {
    var best: (point: OperatingPoint, score: Double)?
    for index in thresholds.indices {
      let point = operatingPoint(at: index)
      let score = score(point.counts)
      if best.map({ score > $0.score }) ?? true { best = (point, score) }
    }
    return best?.point
  }
}
