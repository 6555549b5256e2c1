import FeatureTables

/// Family window: the window field of TCP, unscaled.
struct FlowMeter2Windows: FlowMeter2Family {
  struct Direction: Sendable, BitwiseCopyable {
    /// TCP packets without RST that offer no room.
    fileprivate(set) var zeros: UInt32 = 0
    fileprivate var lowest = UInt16.max
    fileprivate(set) var highest: UInt16 = 0

    /// 0 where there is no TCP packet.
    var minimum: UInt16 { min(lowest, highest) }
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.isTCPSegment else { return }
    var direction = directions[place.direction]
    if packet.window == 0, !packet.flags.contains(.rst) { direction.zeros &+= 1 }
    direction.lowest = min(direction.lowest, packet.window)
    direction.highest = max(direction.highest, packet.window)
    directions[place.direction] = direction
  }
}

extension FlowMeter2Features {
  static let windows: [Definition] = joined(
    eachWay(
      "window_minimum", in: .number, "Smallest {way} window field; 0 without TCP.",
      formula: "min window, {way}"
    ) {
      Double($0.windows.directions[$1].minimum)
    },
    eachWay(
      "window_maximum", in: .number, "Largest {way} window field; 0 without TCP.",
      formula: "max window, {way}"
    ) {
      Double($0.windows.directions[$1].highest)
    },
    eachWay(
      "zero_window_count", in: .packets, "Count of {way} TCP packets with window 0, but no RST.",
      formula: "packets with window = 0 and no RST, {way}"
    ) { Double($0.windows.directions[$1].zeros) })
}
