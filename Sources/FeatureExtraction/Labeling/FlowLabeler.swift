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
  fileprivate var rules: [RuleCounts] = []
  fileprivate var logs = LogCounts(flows: [])

  /// Adds the counts of other flows under the same labeler.
  package static func += (left: inout LabelCounts, right: LabelCounts) {
    for index in left.rules.indices { left.rules[index] += right.rules[index] }
    left.logs += right.logs
  }
}

/// Gives flows their labels: a value without state, so that any thread may ask it.
package struct FlowLabeler: Sendable {
  private enum Source: Sendable {
    case rules([ResolvedRule])
    case logs(LogLabels)
  }

  /// Nil where no flow differs from another.
  private let source: Source?
  /// The label of flows for which the source has none.
  private let fallback: FlowLabel?
  private let tolerance: Int64

  /// Finds the features that rules speak of.
  /// - Parameters:
  ///   - schema: of the values that `label` will get.
  ///   - tolerance: nanoseconds after the last packet of a flow in which an alert may still be
  ///     its: the idle time-out.
  /// - Throws: `DataError` of kind `usage` where the schema has not all of the features.
  package init(
    _ source: LabelSource?, schema: FeatureSchema, tolerance: Int64
  ) throws(DataError) {
    var name: String?
    switch source {
    case nil: self.source = nil
    case .constant(let label):
      self.source = nil
      name = label
    case .rules(let rules):
      name = rules.defaultLabel
      self.source = .rules(
        try rules.rules.map { (rule) throws(DataError) in
          try ResolvedRule(rule, of: rules, schema: schema)
        })
    case .logs(let labels):
      name = labels.unmatchedLabel
      self.source = .logs(labels)
    }
    fallback = name.map { FlowLabel(name: $0, rule: nil) }
    self.tolerance = tolerance
  }

  /// Counts of no flow at all.
  package var noCounts: LabelCounts {
    var counts = LabelCounts()
    switch source {
    case nil: break
    case .rules(let rules): counts.rules = Array(repeating: RuleCounts(), count: rules.count)
    case .logs(let labels): counts.logs = labels.noCounts
    }
    return counts
  }

  /// The label of a flow: of the last rule that fits it or of its most severe alert, else that for
  /// the others; nil for none. The same for the same flow, whatever came before.
  /// - Parameters:
  ///   - ended: why the flow ended.
  ///   - values: one for each feature of the schema.
  ///   - counts: `noCounts`, or what earlier calls made of it.
  package func label(
    _ flow: FlowIdentity, ended: EndReason, values: Span<Double>,
    counting counts: inout LabelCounts
  ) -> FlowLabel? {
    switch source {
    case nil: return fallback
    case .rules(let rules): return label(flow, values, rules, &counts.rules) ?? fallback
    case .logs(let labels):
      let name = labels.label(flow, ended: ended, tolerance: tolerance, counting: &counts.logs)
      return name.map { FlowLabel(name: $0, rule: nil) } ?? fallback
    }
  }

  private func label(
    _ flow: FlowIdentity, _ values: Span<Double>, _ rules: [ResolvedRule],
    _ counts: inout [RuleCounts]
  ) -> FlowLabel? {
    var last: Int?
    for index in rules.indices {
      guard let match = rules[index].match(flow, values) else { continue }
      counts[index].matches += 1
      if match == .reversed { counts[index].reversed += 1 }
      last = index
    }
    guard let last else { return nil }
    counts[last].labeled += 1
    return FlowLabel(name: rules[last].rule.label, rule: last)
  }

  /// One entry for each rule; nil without a rule file.
  package func rules(_ counts: LabelCounts) -> [RuleAccount]? {
    guard case .rules(let rules) = source else { return nil }
    return zip(rules, counts.rules).map { RuleAccount($0.rule, $1) }
  }

  /// What became of the alerts; nil without logs.
  package func alerts(_ counts: LabelCounts) -> LogAccount? {
    guard case .logs(let labels) = source else { return nil }
    return labels.account(counts.logs)
  }
}
