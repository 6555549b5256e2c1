import Foundation

extension Requirement {
  /// A requirement beside the value that was found.
  public struct Outcome: Sendable, Equatable, CustomStringConvertible {
    /// What was asked for.
    public let requirement: Requirement
    /// Nil where the score is not defined.
    public let value: Double?
    /// Where the score may lie; nil where the rows cannot say, or it was not measured.
    public let interval: Interval?
    /// Whether the unfavorable end of the interval has to keep the requirement.
    public let isByInterval: Bool

    /// The end of the interval that is least likely to keep the requirement.
    public var unfavorableEnd: Double? {
      interval.map { requirement.isFloor ? $0.low : $0.high }
    }

    /// Whether the requirement is kept; false where what is held against it is not defined.
    public var holds: Bool {
      guard let value, requirement.holds(value) else { return false }
      guard isByInterval else { return true }
      return unfavorableEnd.map(requirement.holds) ?? false
    }

    /// `recall>=0.99 does not hold: recall is 0.97, 95 % interval 0.95 to 0.98`
    public var description: String {
      "\(requirement) \(holds ? "holds" : "does not hold"): \(reason)"
    }

    /// What was found, in words.
    public var reason: String {
      let name = requirement.metric.rawValue
      guard let value else { return "\(name) is not defined on these rows" }
      var text = "\(name) is \(value)"
      if let interval { text += ", 95 % interval \(interval.low) to \(interval.high)" }
      guard isByInterval, !holds, requirement.holds(value) else { return text }
      guard interval != nil else {
        return text + "; there is no interval to hold against it, as these rows show no error of "
          + "this kind or have nothing to count: require a rate, such as recall or fpr"
      }
      return text + "; the value would do, its interval does not" + (need.map { ": \($0)" } ?? "")
    }

    /// How many rows it takes for the claim, were there no error at all; nil where the rows would
    /// do, or the metric is not a rate of one side.
    private var need: String? {
      let side: String
      let distance: Double
      switch (requirement.metric, requirement.isFloor) {
      case (.recall, true): (side, distance) = ("malicious", 1 - requirement.bound)
      case (.falsePositiveRate, false): (side, distance) = ("benign", requirement.bound)
      default: return nil
      }
      guard distance > 0, distance < 1 else { return nil }
      // Without an error among n rows the exact end lies at 1 - 0.025^(1/n) from perfect.
      let tail = (1 - Interval.confidence) / 2
      let rows = (log(tail) / log1p(-distance)).rounded(.up)
      return "it takes at least \(Int(exactly: rows).map { "\($0)" } ?? "\(rows)") \(side) rows, "
        + "and more for every error among them"
    }
  }
}

extension Requirement.Outcome: Codable {
  private enum CodingKeys: String, CodingKey {
    case requirement, metric, bound, value, interval, holds
    case isByInterval = "by_interval"
  }

  /// - Throws: `DecodingError`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let text = try container.decode(String.self, forKey: .requirement)
    do {
      requirement = try Requirement(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .requirement, in: container, debugDescription: error.problem)
    }
    value = try container.decodeIfPresent(Double.self, forKey: .value)
    interval = try container.decodeIfPresent(Interval.self, forKey: .interval)
    isByInterval = try container.decode(Bool.self, forKey: .isByInterval)
  }

  /// Writes every key, with `null` for what is not defined.
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(requirement.description, forKey: .requirement)
    try container.encode(requirement.metric, forKey: .metric)
    try container.encode(requirement.bound, forKey: .bound)
    try container.encode(value, forKey: .value)
    try container.encode(interval, forKey: .interval)
    try container.encode(isByInterval, forKey: .isByInterval)
    try container.encode(holds, forKey: .holds)
  }
}
