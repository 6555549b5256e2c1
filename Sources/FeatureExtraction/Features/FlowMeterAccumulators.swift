/// What the set `flowmeter` sums up: sizes and gaps per direction, and the gaps of the flow.
package struct FlowMeterAccumulators: FlowAccumulators {
  struct Direction: Sendable, BitwiseCopyable {
    /// Bytes of whole frames on the wire.
    fileprivate(set) var sizes = ExactMoments()
    /// Nanoseconds between consecutive packets of the direction, on the clock of the flow.
    fileprivate(set) var gaps = ExactMoments()
    /// The clock at the last packet.
    fileprivate var last: Int64 = 0
  }

  private var directions: InlineArray<2, Direction> = .init(repeating: Direction())
  /// Nanoseconds between consecutive packets of the flow; their sum is its duration.
  private(set) var gaps = ExactMoments()

  @inline(__always)
  package init(first packet: borrowing PacketHeader, direction: Int) {
    directions[direction].last = packet.time
    directions[direction].sizes.add(UInt64(packet.frameLength))
  }

  /// The clock never runs back, so that no gap is negative.
  @inline(__always)
  package mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int
  ) {
    gaps.add(UInt64(bitPattern: clock &- previous))
    if directions[direction].sizes.count > 0 {
      directions[direction].gaps.add(UInt64(bitPattern: clock &- directions[direction].last))
    }
    directions[direction].last = clock
    directions[direction].sizes.add(UInt64(packet.frameLength))
  }
}

/// What the features of the set read.
extension MeasuredFlow where Accumulators == FlowMeterAccumulators {
  var forward: FlowMeterAccumulators.Direction { accumulators.forward }
  var backward: FlowMeterAccumulators.Direction { accumulators.backward }
  var gaps: ExactMoments { accumulators.gaps }
  /// Of all packets.
  var sizes: ExactMoments { forward.sizes + backward.sizes }
}

extension FlowMeterAccumulators {
  fileprivate var forward: Direction { directions[0] }
  fileprivate var backward: Direction { directions[1] }
}
