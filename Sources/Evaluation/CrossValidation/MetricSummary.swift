/// One score over the folds of a cross-validation.
///
/// The interval is mean ± t·s/√n with the 97.5 % point of Student's t of n - 1 degrees of freedom.
/// It takes the folds for independent, which they are not quite, for their training rows overlap:
/// read it as the spread of the method, not as the last word on its worth.
public struct MetricSummary: Sendable, Equatable {
  /// Which score it is.
  public let metric: Metric
  /// One a fold; nil where the fold does not have the score.
  public let scores: [Double?]
  /// Over the folds that have the score.
  public let mean: Double
  /// With n - 1 in the denominator; nil for one fold.
  public let standardDeviation: Double?
  /// The lower end of the 95 % interval of the mean; nil for one fold.
  public let low: Double?
  /// The upper end.
  public let high: Double?

  /// Nil where no fold has the score.
  public init?(_ metric: Metric, scores: [Double?]) {
    let known = scores.compactMap { $0 }
    guard !known.isEmpty else { return nil }
    let count = Double(known.count)
    let mean = known.reduce(0, +) / count
    self.metric = metric
    self.scores = scores
    self.mean = mean
    guard known.count > 1 else {
      (standardDeviation, low, high) = (nil, nil, nil)
      return
    }
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    let point = StudentDistribution.quantile(twoSided: 0.95, degrees: known.count - 1)
    let half = point * deviation / count.squareRoot()
    (standardDeviation, low, high) = (deviation, mean - half, mean + half)
  }
}

extension MetricSummary: Codable {
  private enum CodingKeys: String, CodingKey {
    case metric, scores, mean
    case standardDeviation = "standard_deviation"
    case low = "interval_low"
    case high = "interval_high"
  }

  /// Writes every key, with `null` for what one fold does not give.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(metric, forKey: .metric)
    try container.encode(scores, forKey: .scores)
    try container.encode(mean, forKey: .mean)
    try container.encode(standardDeviation, forKey: .standardDeviation)
    try container.encode(low, forKey: .low)
    try container.encode(high, forKey: .high)
  }
}
