/// What a day brings at a stated volume of traffic, if it is like the rows that were judged.
///
/// With F flows a day of which the share p is malicious, recall r and false positive rate f:
/// F·p·r true alerts, F·(1 - p)·f false ones and F·p·(1 - r) missed attacks.
public struct DailyAlerts: Sendable, Equatable, Codable {
  /// A number and where it may lie.
  public struct Estimate: Sendable, Equatable, Codable {
    /// By the rates as they were measured.
    public let value: Double
    /// The lower end of its interval.
    public let low: Double
    /// The upper end.
    public let high: Double
  }

  /// Flows a day.
  public let flowsPerDay: Double
  /// The share of them that is malicious.
  public let prevalence: Double
  /// All alerts a day. The interval adds the ends of the 97.5 % intervals of both rates, and so
  /// holds with at least 95 %.
  public let alerts: Estimate
  /// Alerts a day on malicious flows.
  public let trueAlerts: Estimate
  /// Alerts a day on benign flows.
  public let falseAlerts: Estimate
  /// Malicious flows a day without an alert.
  public let missed: Estimate
  /// The share of alerts that are right, with an interval as that of `alerts`; nil without alerts.
  public let precision: Estimate?

  private enum CodingKeys: String, CodingKey {
    case prevalence, alerts, missed, precision
    case flowsPerDay = "flows_per_day"
    case trueAlerts = "true_alerts"
    case falseAlerts = "false_alerts"
  }

  /// Nil where there are no malicious rows, or no benign ones, to measure a rate by.
  /// - Parameters:
  ///   - flowsPerDay: above 0.
  ///   - prevalence: the share of malicious flows, above 0 and below 1.
  public init?(_ predictions: Predictions, flowsPerDay: Double, prevalence: Double) {
    self.init(
      BinaryCounts(alarms: predictions), flowsPerDay: flowsPerDay, prevalence: prevalence)
  }

  /// From hits and misses; otherwise as above.
  public init?(_ counts: BinaryCounts, flowsPerDay: Double, prevalence: Double) {
    precondition(flowsPerDay > 0 && prevalence > 0 && prevalence < 1)
    let hits = (counts.truePositives, counts.positives)
    let falseAlarms = (counts.falsePositives, counts.negatives)
    let both = 1 - (1 - Interval.confidence) / 2
    guard let recall = Rate(hits, Interval.confidence),
      let falseRate = Rate(falseAlarms, Interval.confidence),
      let wideRecall = Rate(hits, both), let wideFalseRate = Rate(falseAlarms, both)
    else { return nil }
    let malicious = flowsPerDay * prevalence
    let benign = flowsPerDay - malicious
    self.flowsPerDay = flowsPerDay
    self.prevalence = prevalence
    trueAlerts = recall.estimate(times: malicious)
    falseAlerts = falseRate.estimate(times: benign)
    missed = Estimate(
      value: malicious * (1 - recall.value), low: malicious * (1 - recall.high),
      high: malicious * (1 - recall.low))
    let (right, wrong) = (
      wideRecall.estimate(times: malicious), wideFalseRate.estimate(times: benign)
    )
    alerts = Estimate(
      value: right.value + wrong.value, low: right.low + wrong.low, high: right.high + wrong.high)
    func share(_ right: Double, _ wrong: Double) -> Double { right / (right + wrong) }
    precision =
      alerts.value > 0
      ? Estimate(
        value: share(right.value, wrong.value), low: share(right.low, wrong.high),
        high: share(right.high, wrong.low)) : nil
  }

  /// A rate with its exact interval.
  private struct Rate {
    let value: Double
    let low: Double
    let high: Double

    init?(_ counts: (part: Int, whole: Int), _ confidence: Double) {
      guard
        let interval = Interval(exact: counts.part, of: counts.whole, confidence: confidence)
      else { return nil }
      value = Double(counts.part) / Double(counts.whole)
      (low, high) = (interval.low, interval.high)
    }

    func estimate(times factor: Double) -> Estimate {
      Estimate(value: factor * value, low: factor * low, high: factor * high)
    }
  }
}
