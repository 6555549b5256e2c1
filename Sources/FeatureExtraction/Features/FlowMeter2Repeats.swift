import FeatureTables

/// Family repeats: TCP segments whose payload was sent before, in constant space.
struct FlowMeter2Repeats: FlowMeter2Family {
  struct Direction: Sendable, BitwiseCopyable {
    fileprivate(set) var count: UInt32 = 0
    /// The sequence number after the payload that reaches furthest.
    fileprivate var end: UInt32 = 0
    fileprivate var isStarted = false
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.payloadLength > 0, packet.isTCPSegment else { return }
    var direction = directions[place.direction]
    let end = packet.sequence &+ packet.payloadLength
    // Numbers wrap: the nearer way round tells which is ahead (RFC 9293, section 3.4).
    let isAhead = Int32(bitPattern: end &- direction.end) > 0
    if direction.isStarted, !isAhead {
      direction.count &+= 1
    } else {
      direction.end = end
      direction.isStarted = true
    }
    directions[place.direction] = direction
  }
}

extension FlowMeter2Features {
  static let repeats: [Definition] = eachWay(
    "repeated_segment_count", in: .packets,
    "Number of {way} TCP segments whose payload ends no further than one before."
  ) { Double($0.repeats.directions[$1].count) }
}
