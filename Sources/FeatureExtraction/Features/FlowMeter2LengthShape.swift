import FeatureTables

/// Family length shape: how the lengths of each direction are spread over eight bins.
struct FlowMeter2LengthShape: FlowMeter2Family {
  /// Where bins after the first begin, in bytes.
  static let bounds = [64, 128, 256, 512, 1_024, 1_280, 1_500]

  /// Bins of forward packets, then of backward packets.
  private(set) var counts: InlineArray<16, UInt32> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    counts[place.direction &* 8 &+ Self.bin(place.length)] &+= 1
  }

  @inline(__always)
  private static func bin(_ length: UInt16) -> Int {
    if length < 1_024 { return max(0, 10 &- length.leadingZeroBitCount) }
    return length < 1_280 ? 5 : length < 1_500 ? 6 : 7
  }
}

extension FlowMeter2Features {
  static let lengthShape: [Definition] = joined(
    (0..<8).flatMap { bin in
      let bounds = [0] + FlowMeter2LengthShape.bounds
      let range =
        bin == 7
        ? "of \(bounds[7]) bytes or more" : "of \(bounds[bin]) to \(bounds[bin + 1] - 1) bytes"
      return eachWay(
        "length_bin_share_\(bin + 1)", in: .ratio, "Share of the {way} packets \(range)."
      ) {
        share($0.lengthShape.counts[$1 * 8 + bin], of: $0.base.directions[$1].packets)
      }
    },
    [
      define(
        "length_entropy", in: .number,
        "Entropy of direction and length bin together in bits, 0 to 4."
      ) { flow in entropy((0..<16).map { flow.lengthShape.counts[$0] }) }
    ])
}
