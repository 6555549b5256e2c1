/// Flows of the sets `flowmeter` and `flowmeter2`.
///
/// Ended by a gap, by age, or by a SYN after the connection was closed: by any RST, or by an ACK
/// without FIN or RST after a FIN from each side. A closed flow keeps its late packets. Time is
/// the latest time stamp, so that a packet that comes late does not turn it back.
package struct SymmetricAssembly: FlowAssembly {
  package let forwardIsFromLower: Bool
  package let controlMessage: UInt16
  /// Bit 0: forward sent a FIN. Bit 1: backward did. Bit 2: closed.
  private var bits: UInt8 = 0

  package var isClosed: Bool { bits & 4 != 0 }

  @inline(__always)
  package init(first packet: borrowing PacketHeader) {
    forwardIsFromLower = packet.opensFromLower()
    controlMessage = packet.controlMessage
    note(packet)
  }

  @inline(__always)
  package mutating func step(
    _ packet: borrowing PacketHeader, start: Int64, last: Int64, rules: borrowing FlowRules
  ) -> FlowStep {
    if isClosed, packet.flags.intersection([.syn, .ack]) == .syn {
      return .restart(.tcpEnd, continuing: false)
    }
    if packet.time &- last > rules.idleTimeout {
      return .restart(isClosed ? .tcpEnd : .idle, continuing: false)
    }
    if packet.time &- start > rules.ageLimit {
      return .restart(isClosed ? .tcpEnd : .age, continuing: false)
    }
    note(packet)
    return .add
  }

  /// Packets of other protocols than TCP have no flags and change nothing.
  @inline(__always)
  private mutating func note(_ packet: borrowing PacketHeader) {
    if packet.flags.contains(.rst) {
      bits |= 4
    } else if packet.flags.contains(.fin) {
      bits |= direction(of: packet) == 0 ? 1 : 2
    } else if bits & 3 == 3, packet.flags.contains(.ack) {
      bits |= 4
    }
  }
}
