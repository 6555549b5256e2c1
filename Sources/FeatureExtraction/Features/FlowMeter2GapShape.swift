import FeatureTables

/// Family gap shape: how the gaps between consecutive packets of the flow are spread over decades.
struct FlowMeter2GapShape: FlowMeter2Family {
  static let names = ["100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"]

  private(set) var counts: InlineArray<7, UInt32> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.packetsBefore > 0 else { return }
    counts[Self.bin(place.gap)] &+= 1
  }

  @inline(__always)
  private static func bin(_ gap: UInt32) -> Int {
    var bin = gap < 100 ? 0 : 1
    bin &+= gap < 1_000 ? 0 : 1
    bin &+= gap < 10_000 ? 0 : 1
    bin &+= gap < 100_000 ? 0 : 1
    bin &+= gap < 1_000_000 ? 0 : 1
    return bin &+ (gap < 10_000_000 ? 0 : 1)
  }
}

extension FlowMeter2Features {
  static let gapShape: [Definition] = joined(
    (0..<7).map { bin in
      let names = FlowMeter2GapShape.names
      let range =
        bin == 0
        ? "below \(names[0])"
        : bin == 6 ? "of \(names[5]) or more" : "from \(names[bin - 1]) to below \(names[bin])"
      return define(
        "gap_bin_share_\(bin + 1)", in: .ratio,
        "Share of the gaps between consecutive packets \(range); 0 for one packet."
      ) { share($0.gapShape.counts[bin], of: $0.base.packetsAfterFirst) }
    },
    [
      define("gap_entropy", in: .number, "Entropy of these shares in bits, 0 to 2.81.") { flow in
        entropy((0..<7).map { flow.gapShape.counts[$0] })
      }
    ])
}
