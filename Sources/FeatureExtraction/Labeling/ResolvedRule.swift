/// A rule made ready for many flows.
struct ResolvedRule: Sendable {
  /// How a rule fits a flow.
  enum Match: Sendable {
    /// The flow runs as the rule is written.
    case forward
    /// The flow runs against the rule: its source is the rule's destination.
    case reversed
  }

  let rule: LabelRule

  init(_ rule: LabelRule) { self.rule = rule }

  /// How the rule fits a flow; nil if it does not. Where it fits both ways, that is forward.
  func match(_ flow: FlowIdentity, _ values: Span<Double>) -> Match? {
    guard flow.start >= rule.from ?? .min, flow.start <= rule.to ?? .max,
      rule.protocols.isEmpty || rule.protocols.contains(flow.protocolNumber)
    else { return nil }
    let isForward =
      holds(rule.sources, rule.sourcePorts, flow.source, flow.sourcePort)
      && holds(rule.destinations, rule.destinationPorts, flow.destination, flow.destinationPort)
    if isForward { return .forward }
    guard rule.direction == .either else { return nil }
    let isReversed =
      holds(rule.sources, rule.sourcePorts, flow.destination, flow.destinationPort)
      && holds(rule.destinations, rule.destinationPorts, flow.source, flow.sourcePort)
    return isReversed ? .reversed : nil
  }

  private func holds(
    _ ranges: [AddressRange], _ ports: [ClosedRange<UInt16>], _ address: IPAddress, _ port: UInt16
  ) -> Bool {
    (ranges.isEmpty || ranges.contains { $0.contains(address) })
      && (ports.isEmpty || ports.contains { $0.contains(port) })
  }
}
