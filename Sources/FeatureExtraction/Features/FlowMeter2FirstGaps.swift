import FeatureTables

/// Family first gaps: the gaps between the first eight packets.
struct FlowMeter2FirstGaps: FlowMeter2Family {
  static let count = 7

  private(set) var gaps: InlineArray<7, UInt32> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.packetsBefore > 0, place.packetsBefore <= Self.count else { return }
    gaps[Int(place.packetsBefore) &- 1] = place.gap
  }
}

extension FlowMeter2Features {
  static let firstGaps: [Definition] = (0..<FlowMeter2FirstGaps.count).map { index in
    define(
      "first_gap_\(index + 2)", in: .microseconds,
      "Gap before packet \(index + 2); 0 without it."
    ) { Double($0.firstGaps.gaps[index]) }
  }
}
