/// How often a rule matched.
public struct RuleAccount: Codable, Sendable, Equatable {
  /// The name of the rule.
  public let name: String
  /// The class that the rule gives.
  public let label: String
  /// The kind of attack, for reports; nil where the rule says none.
  public let category: String?
  /// A technique of MITRE ATT&CK, such as `T1110.001`; nil where the rule says none.
  public let technique: String?
  /// Flows that fit the rule, whether or not a later one overruled it.
  public private(set) var matches = 0
  /// Those of `matches` that run against the direction of the rule.
  public private(set) var reversed = 0
  /// Flows that have their label from the rule.
  public private(set) var labeled = 0

  init(_ rule: LabelRule, _ counts: RuleCounts) {
    name = rule.name
    label = rule.label
    category = rule.category
    technique = rule.technique
    (matches, reversed, labeled) = (counts.matches, counts.reversed, counts.labeled)
  }

  func adding(_ other: RuleAccount) -> RuleAccount {
    var sum = self
    sum.matches += other.matches
    sum.reversed += other.reversed
    sum.labeled += other.labeled
    return sum
  }
}

/// What one rule did to some flows: see `RuleAccount`.
struct RuleCounts: Sendable, Equatable {
  var matches = 0
  var reversed = 0
  var labeled = 0

  static func += (left: inout RuleCounts, right: RuleCounts) {
    left.matches += right.matches
    left.reversed += right.reversed
    left.labeled += right.labeled
  }
}
