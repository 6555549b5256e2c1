/// Between which numbers a value may lie, by the rows at hand.
public struct Interval: Sendable, Equatable, Codable {
  /// How an interval was found. The raw value is the name in files.
  public enum Method: String, Sendable, Codable {
    /// The exact one of a share (Clopper and Pearson 1934).
    case exact = "clopper_pearson"
    /// Percentiles over rows drawn again (Efron 1979).
    case bootstrap
  }

  /// The confidence of every interval, unless something else is said.
  public static let confidence = 0.95

  /// The lower end.
  public let low: Double
  /// The upper end, at least `low`.
  public let high: Double
  /// How it was found.
  public let method: Method

  /// How far the ends lie apart.
  public var width: Double { high - low }
}

extension Interval {
  /// The exact interval of the share `part` of `whole`; nil where there is nothing to take a share
  /// of.
  init?(exact part: Int, of whole: Int, confidence: Double = Interval.confidence) {
    guard whole > 0 else { return nil }
    let range = BinomialDistribution.interval(part, of: whole, confidence: confidence)
    self.init(low: range.lowerBound, high: range.upperBound, method: .exact)
  }

  /// The middle 95 % of what resamples gave, between neighbors in proportion as `numpy.percentile`
  /// has it; nil where fewer than half of them have the value.
  init?(percentilesOf values: [Double?]) {
    let sorted = values.compactMap { $0 }.sorted()
    guard !sorted.isEmpty, 2 * sorted.count >= values.count else { return nil }
    func percentile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let index = Int(place)
      guard index + 1 < sorted.count else { return sorted[index] }
      return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
    }
    let tail = (1 - Interval.confidence) / 2
    self.init(low: percentile(tail), high: percentile(1 - tail), method: .bootstrap)
  }
}
