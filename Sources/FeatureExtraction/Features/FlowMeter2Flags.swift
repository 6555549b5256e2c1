import FeatureTables

/// Family flags: how many packets of each direction carry each flag of TCP.
struct FlowMeter2Flags: FlowMeter2Family {
  static let names = ["fin", "syn", "rst", "psh", "ack", "urg"]

  /// Six of forward packets, then six of backward packets, from the lowest bit.
  private(set) var counts: InlineArray<12, UInt32> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    let flags = packet.flags.rawValue
    guard flags != 0 else { return }
    for bit in 0..<6 { counts[place.direction &* 6 &+ bit] &+= UInt32(flags >> bit & 1) }
  }
}

extension FlowMeter2Features {
  static let flags: [Definition] = FlowMeter2Flags.names.enumerated().flatMap { bit, name in
    eachWay(
      "\(name)_share", in: .ratio, "Share of the {way} packets with \(name.uppercased()).",
      formula: "packets with \(name.uppercased()), {way} / {count}"
    ) { share($0.flags.counts[$1 * 6 + bit], of: $0.base.directions[$1].packets) }
  }
}
