import FeatureTables

/// Family bursts: runs of consecutive packets with payload in one direction, and turns between
/// directions. A burst ends with a packet of the other direction or a gap of more than 100 ms.
struct FlowMeter2Bursts: FlowMeter2Family {
  static let longestGap: Int64 = 100_000

  struct Direction: Sendable, BitwiseCopyable {
    fileprivate(set) var count: UInt32 = 0
    fileprivate(set) var packetMaximum: UInt32 = 0
    fileprivate(set) var byteMaximum: UInt32 = 0
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())
  /// Of the last packet with payload.
  private var lastTime: Int64 = 0
  /// Of the burst that goes on. Bytes stop at 2^32 − 1.
  private var packets: UInt32 = 0
  private var bytes: UInt32 = 0
  private(set) var turns: UInt32 = 0
  private var lastDirection: Int8 = -1

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.payloadLength > 0 else { return }
    let isFirst = lastDirection < 0
    let isTurn = !isFirst && Int(lastDirection) != place.direction
    if isTurn { turns &+= 1 }
    if isFirst || isTurn || place.time &- lastTime > Self.longestGap {
      directions[place.direction].count &+= 1
      (packets, bytes) = (0, 0)
    }
    packets &+= 1
    let (sum, isTooMany) = bytes.addingReportingOverflow(packet.payloadLength)
    bytes = isTooMany ? .max : sum
    var direction = directions[place.direction]
    direction.packetMaximum = max(direction.packetMaximum, packets)
    direction.byteMaximum = max(direction.byteMaximum, bytes)
    directions[place.direction] = direction
    lastTime = place.time
    lastDirection = Int8(truncatingIfNeeded: place.direction)
  }
}

extension FlowMeter2Features {
  static let bursts: [Definition] = joined(
    eachWay(
      "burst_count", in: .count,
      "Runs of consecutive {way} packets with payload and gaps of 100 ms at most."
    ) { Double($0.bursts.directions[$1].count) },
    eachWay("burst_packet_maximum", in: .packets, "Most packets in a {way} burst.") {
      Double($0.bursts.directions[$1].packetMaximum)
    },
    eachWay("burst_byte_maximum", in: .bytes, "Most payload in a {way} burst.") {
      Double($0.bursts.directions[$1].byteMaximum)
    },
    eachWay("burst_byte_mean", in: .bytes, "Mean payload of the {way} bursts.") {
      share($0.payload.directions[$1].bytes, of: UInt64($0.bursts.directions[$1].count))
    },
    [
      define(
        "turn_count", in: .count, "Times that the direction changes among packets with payload."
      ) { Double($0.bursts.turns) },
      define(
        "turn_share", in: .ratio, "Turns by the pairs of consecutive packets with payload."
      ) { flow in
        let packets = flow.payload.directions[0].packets &+ flow.payload.directions[1].packets
        return share(flow.bursts.turns, of: max(packets, 1) - 1)
      },
    ])
}
