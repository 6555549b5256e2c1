/// How packets of one key are divided into flows, and which way each goes: the rules of a
/// feature set, as the state of one flow.
package protocol FlowAssembly: Sendable, BitwiseCopyable {
  /// A flow that begins with `packet`, whatever went before.
  init(first packet: borrowing PacketHeader)

  /// A piece that goes on where an earlier one was cut; asked for by `FlowStep.restart`.
  init(first packet: borrowing PacketHeader, continuing earlier: borrowing FlowTrace<Self>)

  /// Whether forward is from the lower endpoint of the key to the upper.
  var forwardIsFromLower: Bool { get }

  /// Type and code of the first packet of ICMP and ICMPv6; 0 for other protocols. Every set keeps
  /// it where its state leaves room: the line of the key is full.
  var controlMessage: UInt16 { get }

  /// Whether the connection was closed, whatever makes its row leave.
  var isClosed: Bool { get }

  /// Nanoseconds after its last packet for which a cut flow is remembered, so that a later packet
  /// can go on with it; 0 for not at all, `FlowRules.never` for as long as the input lasts.
  var memory: Int64 { get }

  /// What `packet`, which has the key of the flow and is not its first, does to it. State that
  /// the packet changes is changed here, unless it starts another flow.
  /// - Parameters:
  ///   - start: the time of the first packet.
  ///   - last: the time of the flow so far: see `time`.
  mutating func step(
    _ packet: borrowing PacketHeader, start: Int64, last: Int64, rules: borrowing FlowRules
  ) -> FlowStep

  /// 0 where a packet goes forward, 1 where it goes backward.
  func direction(of packet: borrowing PacketHeader) -> Int

  /// The same for the first packet of a flow or piece, where a set counts it in another way.
  func direction(ofFirst packet: borrowing PacketHeader) -> Int

  /// The time of the flow after a packet: the latest time stamp, or that of the packet.
  static func time(_ last: Int64, after packet: borrowing PacketHeader) -> Int64
}

/// What a packet does to the flow of its key.
package enum FlowStep: Sendable, Equatable {
  /// It belongs to the flow.
  case add
  /// It belongs to the flow and ends it.
  case addAndEnd(EndReason)
  /// It ends the flow and starts another, or the next piece of the same connection.
  case restart(EndReason, continuing: Bool)
}

/// What is left of a flow that was cut: enough to go on with it.
package struct FlowTrace<Assembly: FlowAssembly>: Sendable, BitwiseCopyable {
  package let assembly: Assembly
  /// Times of the first and the last packet in nanoseconds.
  package let start, last: Int64
}

extension FlowAssembly {
  package init(
    first packet: borrowing PacketHeader, continuing earlier: borrowing FlowTrace<Self>
  ) {
    self.init(first: packet)
  }

  package var memory: Int64 { 0 }

  @inline(__always)
  package func direction(of packet: borrowing PacketHeader) -> Int {
    packet.isFromLower == forwardIsFromLower ? 0 : 1
  }

  @inline(__always)
  package func direction(ofFirst packet: borrowing PacketHeader) -> Int {
    direction(of: packet)
  }

  @inline(__always)
  package static func time(_ last: Int64, after packet: borrowing PacketHeader) -> Int64 {
    max(last, packet.time)
  }
}
