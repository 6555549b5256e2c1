/// One flow in the table.
package struct FlowState<Assembly: FlowAssembly, Accumulators: FlowAccumulators>: Sendable,
  BitwiseCopyable
{
  package let key: FlowKey
  /// The time of the first packet.
  package let start: Int64
  /// The time of the flow so far: see `FlowAssembly.time`.
  package private(set) var last: Int64
  package private(set) var packetCount: UInt32 = 1
  /// The capture that held the first packet, counted in reading order.
  package let capture: UInt32
  package private(set) var assembly: Assembly
  package private(set) var accumulators: Accumulators

  /// Starts with its first packet.
  /// - Parameter earlier: the piece that this one continues, if it does.
  @inline(__always)
  init(
    first packet: borrowing PacketHeader, continuing earlier: FlowTrace<Assembly>? = nil,
    capture: UInt32
  ) {
    key = packet.key
    start = packet.time
    last = packet.time
    self.capture = capture
    if let earlier {
      assembly = Assembly(first: packet, continuing: earlier)
    } else {
      assembly = Assembly(first: packet)
    }
    accumulators = Accumulators(first: packet, direction: assembly.direction(ofFirst: packet))
  }

  /// Takes a packet in, unless it starts another flow.
  @inline(__always)
  mutating func take(
    _ packet: borrowing PacketHeader, rules: borrowing FlowRules
  ) -> FlowStep {
    let step = assembly.step(packet, start: start, last: last, rules: rules)
    if case .restart = step { return step }
    let previous = last
    last = Assembly.time(previous, after: packet)
    packetCount &+= 1
    accumulators.add(
      packet, clock: last, previous: previous, direction: assembly.direction(of: packet))
    return step
  }

  /// Type and code of the first packet of ICMP and ICMPv6.
  package var controlMessage: UInt16 { assembly.controlMessage }

  /// What a later piece needs to know.
  var trace: FlowTrace<Assembly> {
    FlowTrace(assembly: assembly, start: start, last: last)
  }
}
