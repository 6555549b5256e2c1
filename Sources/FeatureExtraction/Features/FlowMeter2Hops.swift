import FeatureTables

/// Family hops: whether the packets of a direction came the same way. The value itself would tell
/// the operating system and the place of the host; its spread does not.
struct FlowMeter2Hops: FlowMeter2Family {
  private var lowest: InlineArray<2, UInt8> = .init(repeating: .max)
  private var highest: InlineArray<2, UInt8> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    lowest[place.direction] = min(lowest[place.direction], packet.timeToLive)
    highest[place.direction] = max(highest[place.direction], packet.timeToLive)
  }

  /// 0 where there is no packet.
  func spread(_ direction: Int) -> UInt8 {
    highest[direction] - min(lowest[direction], highest[direction])
  }
}

extension FlowMeter2Features {
  static let hops: [Definition] = eachWay(
    "time_to_live_spread", in: .hops,
    "Largest minus smallest time to live of {way} packets; 0 without one."
  ) { Double($0.hops.spread($1)) }
}
