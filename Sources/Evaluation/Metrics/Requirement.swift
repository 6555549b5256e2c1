import FeatureTables

/// A floor or a ceiling that an evaluation must keep: `recall>=0.99`, `fpr<0.001`.
public struct Requirement: Sendable, Equatable, CustomStringConvertible {
  /// On which side of the bound a score has to lie. The raw value is the sign.
  public enum Comparison: String, Sendable, CaseIterable {
    // Longer signs first, for parsing tries them in this order.
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  /// The score that is held against the bound.
  public let metric: Metric
  /// On which side of `bound` the score has to lie.
  public let comparison: Comparison
  /// In the unit of the metric: shares from 0 to 1, nats for `log_loss`.
  public let bound: Double

  /// - Parameter bound: a finite number in the unit of the metric.
  public init(_ metric: Metric, _ comparison: Comparison, _ bound: Double) {
    self.metric = metric
    self.comparison = comparison
    self.bound = bound
  }

  /// Reads `METRIC>=NUMBER`, with `>=`, `<=`, `>` or `<` and blanks where one likes.
  /// - Throws: `DataError` of kind `usage` that says what is wrong and lists the metrics.
  public init(parsing text: String) throws(DataError) {
    for comparison in Comparison.allCases {
      let parts = text.split(separator: comparison.rawValue, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let name = String(parts[0]).trimmingBlanks
      let number = String(parts[1]).trimmingBlanks
      guard let metric = Metric(name: name) else {
        throw Requirement.error(text, "there is no metric '\(name)'")
      }
      guard let bound = Double(number), bound.isFinite else {
        throw Requirement.error(text, "'\(number)' is not a number")
      }
      self.init(metric, comparison, bound)
      return
    }
    throw Requirement.error(text, "it compares nothing")
  }

  private static func error(_ text: String, _ problem: String) -> DataError {
    let names = Metric.allCases.map(\.rawValue).joined(separator: ", ")
    return DataError(
      .usage, file: "requirement '\(text)'", problem: problem,
      remedy: "write METRIC>=NUMBER, with >=, <=, > or <; metrics are \(names), fpr")
  }

  /// In the form that can be parsed again: `recall>=0.99`.
  public var description: String { "\(metric.rawValue)\(comparison.rawValue)\(bound)" }

  /// Whether `result` keeps it. A score that is not defined keeps nothing.
  public func check(_ result: EvaluationResult) -> Outcome {
    Outcome(requirement: self, value: result.value(of: metric))
  }

  /// A requirement beside the value that was found.
  public struct Outcome: Sendable, Equatable, CustomStringConvertible {
    /// What was asked for.
    public let requirement: Requirement
    /// Nil where the score is not defined.
    public let value: Double?

    /// Whether the value keeps the requirement; false where it is not defined.
    public var holds: Bool {
      guard let value else { return false }
      return switch requirement.comparison {
      case .atLeast: value >= requirement.bound
      case .atMost: value <= requirement.bound
      case .above: value > requirement.bound
      case .below: value < requirement.bound
      }
    }

    /// `recall>=0.99 does not hold: recall is 0.97`
    public var description: String {
      let found = value.map { "is \($0)" } ?? "is not defined on these rows"
      return "\(requirement) \(holds ? "holds" : "does not hold"): "
        + "\(requirement.metric.rawValue) \(found)"
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let kept = drop(while: \.isWhitespace)
    return String(kept.reversed().drop(while: \.isWhitespace).reversed())
  }
}
