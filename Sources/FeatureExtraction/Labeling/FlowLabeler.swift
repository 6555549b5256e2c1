import FeatureTables

/// The label of one flow.
package struct FlowLabel: Sendable, Equatable {
  package let name: String
  /// The rule that gave it, as an index into the rules of the account; nil for a label that no
  /// rule gave.
  package let rule: Int?
}

/// What labeling did to some flows. Counts of batches add up in any order to those of all.
package struct LabelCounts: Sendable, Equatable {
  /// One entry for each rule.
  fileprivate(set) var rules: [RuleCounts]

  /// Adds the counts of other flows under the same labeler.
  package static func += (left: inout LabelCounts, right: LabelCounts) {
    for index in left.rules.indices { left.rules[index] += right.rules[index] }
  }
}

/// Gives flows their labels: a value without state, so that any thread may ask it.
package struct FlowLabeler: Sendable {
  private let defaultLabel: FlowLabel?
  private let rules: [ResolvedRule]
  private let hasRules: Bool

  /// Finds the features that the rules speak of.
  /// - Parameter schema: of the values that `label` will get.
  /// - Throws: `DataError` of kind `usage` where the schema has not all of them.
  package init(_ source: LabelSource?, schema: FeatureSchema) throws(DataError) {
    var resolved: [ResolvedRule] = []
    var name: String?
    switch source {
    case nil: break
    case .constant(let label): name = label
    case .rules(let rules):
      name = rules.defaultLabel
      for rule in rules.rules {
        resolved.append(try ResolvedRule(rule, schema: schema, file: rules.file))
      }
    }
    if case .rules = source { hasRules = true } else { hasRules = false }
    defaultLabel = name.map { FlowLabel(name: $0, rule: nil) }
    rules = resolved
  }

  /// Counts of no flow at all.
  package var noCounts: LabelCounts {
    LabelCounts(rules: Array(repeating: RuleCounts(), count: rules.count))
  }

  /// The label of a flow: of the last rule that fits it, else the default; nil for none. The same
  /// for the same flow, whatever came before.
  /// - Parameters:
  ///   - values: one for each feature of the schema.
  ///   - counts: `noCounts`, or what earlier calls made of it.
  package func label(
    _ flow: FlowIdentity, values: Span<Double>, counting counts: inout LabelCounts
  ) -> FlowLabel? {
    var last: Int?
    for index in rules.indices {
      guard let match = rules[index].match(flow, values) else { continue }
      counts.rules[index].matches += 1
      if match == .reversed { counts.rules[index].reversed += 1 }
      last = index
    }
    guard let last else { return defaultLabel }
    counts.rules[last].labeled += 1
    return FlowLabel(name: rules[last].rule.label, rule: last)
  }

  /// One entry for each rule; nil without a rule file.
  package func account(_ counts: LabelCounts) -> [RuleAccount]? {
    hasRules ? zip(rules, counts.rules).map { RuleAccount($0.rule, $1) } : nil
  }
}
