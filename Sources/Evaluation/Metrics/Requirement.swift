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
  /// - Parameter byInterval: whether the unfavorable end of the 95 % interval has to keep it, too: of
  ///   a floor the lower one, of a ceiling the upper one. A score without an interval then keeps
  ///   nothing.
  public func check(_ result: EvaluationResult, byInterval: Bool = false) -> Outcome {
    Outcome(
      requirement: self, value: result.value(of: metric),
      interval: result.intervals?.interval(of: metric), isByInterval: byInterval)
  }

  /// Whether it asks for a large value.
  var isFloor: Bool { comparison == .atLeast || comparison == .above }

  func holds(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .above: value > bound
    case .below: value < bound
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let kept = drop(while: \.isWhitespace)
    return String(kept.reversed().drop(while: \.isWhitespace).reversed())
  }
}
