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

  /// - Parameter file: for messages.
  /// - Throws: `DataError` of kind `usage` where the schema lacks a feature.
  init(_ rule: LabelRule, schema: FeatureSchema, file: String) throws(DataError) {
    self.rule = rule
    conditions = try rule.conditions.map { (condition) throws(DataError) in
      func position(_ feature: String, _ purpose: String) throws(DataError) -> Int {
        if let position = schema.index(of: feature) { return position }
        throw MissingFeature(name: feature, purpose: purpose, rule: rule.name, file: file)
          .error(in: schema)
      }
      let forward = try position(condition.feature, "")
      // Where a rule has no ends, every flow runs with it.
      let canBeReversed =
        rule.direction == .reverse || (rule.direction == .either && rule.hasEnds)
      let reversed =
        canBeReversed
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
  let name, purpose, rule, file: String

  func error(in schema: FeatureSchema) -> DataError {
    let sets = FeatureSets.all.filter { $0.schema.index(of: name) != nil }.map { $0.identifier }
    return DataError(
      .usage, file: file, place: .path("rule '\(rule)'"),
      problem: "needs the feature '\(name)'\(purpose), which the feature set "
        + "'\(schema.identifier)' does not have",
      remedy: sets.isEmpty
        ? "no feature set has it: check the spelling"
          + (purpose.isEmpty ? "" : ", or write 'direction: forward' in the rule")
        : "choose another set: --features \(sets.joined(separator: " or "))")
  }
}
