/// What the set `flowmeter2` sums up, family by family.
package struct FlowMeter2Accumulators: FlowAccumulators {
  private(set) var base = FlowMeter2Base()
  private(set) var lengths = FlowMeter2Lengths()
  private(set) var gaps = FlowMeter2Gaps()
  private(set) var flags = FlowMeter2Flags()
  private(set) var windows = FlowMeter2Windows()
  private(set) var firstPayloads = FlowMeter2FirstPayloads()

  @inline(__always)
  package init(first packet: borrowing PacketHeader, direction: Int) {
    add(packet, clock: packet.time, previous: packet.time, direction: direction)
  }

  @inline(__always)
  package mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int
  ) {
    let place = base.add(packet, clock: clock, direction: direction)
    lengths.add(packet, place)
    gaps.add(packet, place)
    flags.add(packet, place)
    windows.add(packet, place)
    firstPayloads.add(packet, place)
  }
}
