/// One flow in the table.
package struct FlowState<Accumulators: FlowAccumulators>: Sendable, BitwiseCopyable {
  package let key: FlowKey
  /// The time of the first packet.
  package let start: Int64
  /// The latest time stamp so far. A packet that comes late does not turn it back.
  package private(set) var clock: Int64
  /// The capture that held the first packet, counted in reading order.
  package let capture: UInt32
  /// Type and code of the first packet of ICMP and ICMPv6.
  package let controlMessage: UInt16
  /// Whether the forward direction is from the lower endpoint of the key to the upper.
  package let forwardIsFromLower: Bool
  private var closing = TCPClosing()
  package private(set) var accumulators = Accumulators()

  /// Starts with its first packet. Forward is its direction, but a SYN+ACK answers a SYN that
  /// was not captured, so that its receiver is the one that asked.
  @inline(__always)
  init(first packet: borrowing PacketHeader, capture: UInt32) {
    key = packet.key
    start = packet.time
    clock = packet.time
    self.capture = capture
    controlMessage = packet.controlMessage
    let senderIsLower = packet.isFromLower
    let isAnswer = packet.flags.isSuperset(of: [.syn, .ack])
    forwardIsFromLower = key.endsAreEqual || senderIsLower != isAnswer
    add(packet)
  }

  /// Why the flow must end before `packet`, which has its key; nil if the packet belongs to it.
  @inline(__always)
  func end(before packet: borrowing PacketHeader, rules: borrowing FlowRules) -> EndReason? {
    if closing.isClosed, packet.flags.intersection([.syn, .ack]) == .syn { return .tcpEnd }
    if packet.time &- clock > rules.idleTimeout { return closing.isClosed ? .tcpEnd : .idle }
    if packet.time &- start > rules.ageLimit { return closing.isClosed ? .tcpEnd : .age }
    return nil
  }

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader) {
    clock = max(clock, packet.time)
    // 0 is forward, 1 backward.
    let direction = packet.isFromLower == forwardIsFromLower ? 0 : 1
    closing.add(packet.flags, direction: direction)
    accumulators.add(packet, clock: clock, direction: direction)
  }

  /// Whether both sides have closed the connection.
  var isClosed: Bool { closing.isClosed }
}

/// How far a TCP connection is closed: by any RST, or by an ACK without FIN or RST after a FIN
/// from each side. Packets of other protocols have no flags and change nothing.
private struct TCPClosing: Sendable, BitwiseCopyable {
  /// Bit 0: forward sent a FIN. Bit 1: backward did. Bit 2: closed.
  private var bits: UInt8 = 0

  var isClosed: Bool { bits & 4 != 0 }

  @inline(__always)
  mutating func add(_ flags: TCPFlags, direction: Int) {
    if flags.contains(.rst) {
      bits |= 4
    } else if flags.contains(.fin) {
      bits |= direction == 0 ? 1 : 2
    } else if bits & 3 == 3, flags.contains(.ack) {
      bits |= 4
    }
  }
}
