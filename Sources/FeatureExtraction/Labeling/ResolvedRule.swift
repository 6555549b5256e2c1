import FeatureTables

/// A rule made ready for many flows: its features are positions in their values.
struct ResolvedRule: Sendable {
  /// How a rule fits a flow.
  enum Match: Sendable {
    /// The flow runs as the rule is written.
    case forward
    /// The flow runs against the rule: its source is the rule's destination.
    case reversed
  }

  let rule: LabelRule
  private let conditions: [ResolvedCondition]

  /// - Parameter rules: those that `rule` is one of, for messages.
  /// - Throws: `DataError` of kind `usage` where the schema lacks a feature.
  init(_ rule: LabelRule, of rules: LabelRules, schema: FeatureSchema) throws(DataError) {
    self.rule = rule
    conditions = try rule.conditions.map { (condition) throws(DataError) in
      func position(_ feature: String, _ purpose: String) throws(DataError) -> Int {
        if let position = schema.index(of: feature) { return position }
        throw MissingFeature(name: feature, purpose: purpose, rule: rule, rules: rules)
          .error(in: schema)
      }
      let forward = try position(condition.feature, "")
      let reversed =
        rule.canBeReversed
        ? try position(condition.reversedFeature, " for flows that run against it") : forward
      return ResolvedCondition(condition: condition, forward: forward, reversed: reversed)
    }
  }

  /// How the rule fits a flow; nil if it does not. Addresses and ports tell the direction; where
  /// they fit both ways, that is forward.
  func match(_ flow: FlowIdentity, _ values: Span<Double>) -> Match? {
    guard flow.start >= rule.from ?? .min, flow.start <= rule.to ?? .max,
      rule.protocols.isEmpty || rule.protocols.contains(flow.protocolNumber),
      let match = direction(of: flow)
    else { return nil }
    for condition in conditions {
      let position = match == .forward ? condition.forward : condition.reversed
      guard condition.condition.holds(values[position]) else { return nil }
    }
    return match
  }

  private func direction(of flow: FlowIdentity) -> Match? {
    if rule.direction != .reverse,
      holds(rule.sources, rule.sourcePorts, flow.source, flow.sourcePort),
      holds(rule.destinations, rule.destinationPorts, flow.destination, flow.destinationPort)
    {
      return .forward
    }
    if rule.direction != .forward,
      holds(rule.sources, rule.sourcePorts, flow.destination, flow.destinationPort),
      holds(rule.destinations, rule.destinationPorts, flow.source, flow.sourcePort)
    {
      return .reversed
    }
    return nil
  }

  private func holds(
    _ addresses: AddressSet, _ ports: [ClosedRange<UInt16>], _ address: IPAddress, _ port: UInt16
  ) -> Bool {
    (addresses.isEmpty || addresses.contains(address))
      && (ports.isEmpty || ports.contains { $0.contains(port) })
  }
}

private struct ResolvedCondition: Sendable {
  let condition: FeatureCondition
  /// The positions of the feature in the values of flows that run with the rule and against it.
  let forward, reversed: Int
}

/// A feature that a rule speaks of and the features at hand do not have.
private struct MissingFeature {
  let name, purpose: String
  let rule: LabelRule
  let rules: LabelRules

  func error(in schema: FeatureSchema) -> DataError {
    DataError(
      .usage, file: rules.file, place: .path("rule '\(rule.name)'"),
      problem: "needs the feature '\(name)'\(purpose), which the feature set "
        + "'\(schema.identifier)' does not have",
      remedy: remedy)
  }

  private var remedy: String {
    let fitting = sets(with: rules.rules.flatMap(\.features))
    if !fitting.isEmpty {
      return "choose another set: --features \(fitting.joined(separator: " or "))"
    }
    let having = sets(with: [name])
    if !having.isEmpty {
      return "no feature set has all that the rules need; this one is in "
        + having.joined(separator: " and ")
    }
    return "no feature set has it: check the spelling"
      + (purpose.isEmpty ? "" : ", or write 'direction: forward' in the rule")
  }

  /// The feature sets that have all of some features.
  private func sets(with features: [String]) -> [String] {
    FeatureSets.all.filter { set in features.allSatisfy { set.schema.index(of: $0) != nil } }
      .map { $0.identifier }
  }
}
