import FeatureTables

/// Family fragments: what IP says of them.
struct FlowMeter2Fragments: FlowMeter2Family {
  private(set) var fragments: UInt32 = 0
  private(set) var unfragmentable: UInt32 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    fragments &+= packet.traits.contains(.isFragment) ? 1 : 0
    unfragmentable &+= packet.traits.contains(.dontFragment) ? 1 : 0
  }
}

extension FlowMeter2Features {
  static let fragments: [Definition] = [
    define("fragment_share", in: .ratio, "Share of the packets that are fragments.") {
      share($0.fragments.fragments, of: $0.base.packets)
    },
    define("dont_fragment_share", in: .ratio, "Share of the packets that IPv4 must not cut.") {
      share($0.fragments.unfragmentable, of: $0.base.packets)
    },
  ]
}
