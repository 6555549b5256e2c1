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
  private var last: Int64 = 0
  private var isEmpty = true

  package init(timeBefore: Int64) {}

  var forward: Direction { directions[0] }
  var backward: Direction { directions[1] }
  /// Of all packets.
  var sizes: ExactMoments { forward.sizes + backward.sizes }

  @inline(__always)
  package mutating func add(_ packet: borrowing PacketHeader, clock: Int64, direction: Int) {
    // The clock never runs back, so that no gap is negative.
    if !isEmpty { gaps.add(UInt64(bitPattern: clock &- last)) }
    isEmpty = false
    last = clock
    let previous = directions[direction].last
    if directions[direction].sizes.count > 0 {
      directions[direction].gaps.add(UInt64(bitPattern: clock &- previous))
    }
    directions[direction].last = clock
    directions[direction].sizes.add(UInt64(packet.frameLength))
  }
}
