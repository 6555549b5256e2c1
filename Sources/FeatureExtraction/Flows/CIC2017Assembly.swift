/// Flows of the set `cic2017-compat`: rules B2 to B5 of the release of February 2018.
///
/// A flow is cut by age and ends with the first FIN after its first packet; what comes after the
/// FIN is another flow. RST and SYN do nothing. After a cut by age the ends stay as they were, but
/// the first packet counts as forward whoever sent it. Time is that of the packets, in file order.
///
/// A cut flow is never forgotten, as the original never forgets one: memory grows with the number
/// of connections that end without FIN, by about a fifth of the room of a flow for each.
package struct CIC2017Assembly: FlowAssembly {
  package let forwardIsFromLower: Bool
  package let controlMessage: UInt16

  package var isClosed: Bool { false }
  package var memory: Int64 { FlowRules.never }

  @inline(__always)
  package init(first packet: borrowing PacketHeader) {
    forwardIsFromLower = packet.opensFromLower(turnsAnswers: false)
    controlMessage = packet.controlMessage
  }

  package init(
    first packet: borrowing PacketHeader, continuing earlier: borrowing FlowTrace<Self>
  ) {
    forwardIsFromLower = earlier.assembly.forwardIsFromLower
    controlMessage = packet.controlMessage
  }

  /// Age before FIN. An idle time-out is there for who asks for one: no rule has it.
  @inline(__always)
  package mutating func step(
    _ packet: borrowing PacketHeader, start: Int64, last: Int64, rules: borrowing FlowRules
  ) -> FlowStep {
    if packet.time &- last > rules.idleTimeout { return .restart(.idle, continuing: false) }
    if packet.time &- start > rules.ageLimit { return .restart(.age, continuing: true) }
    return packet.flags.contains(.fin) ? .addAndEnd(.tcpEnd) : .add
  }

  @inline(__always)
  package func direction(ofFirst packet: borrowing PacketHeader) -> Int { 0 }

  @inline(__always)
  package static func time(_ last: Int64, after packet: borrowing PacketHeader) -> Int64 {
    packet.time
  }
}
