import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// Bytes that nobody would send: the decoder neither traps nor hangs, and every packet is metered,
/// skipped, or held and released later.
struct HostileBytesTests {
  private static let linkTypes: [UInt16] =
    [0, 1, 6, 8, 9, 10, 12, 50, 51, 100, 101, 104, 105, 106, 107, 108, 113, 117, 119, 127, 138]
    + [147, 163, 166, 192, 204, 205, 206, 226, 228, 229, 239, 242, 258, 276, 281, 282, 284, 285]

  /// Decodes packets in all combinations of modes, and counts what came out.
  private func expectAccount(_ packets: [[UInt8]], linkTypes: [UInt16]) {
    for tunnels in TunnelMode.allCases {
      for fragments in FragmentMode.allCases {
        var decoder = PacketDecoder(tunnels: tunnels, fragments: fragments, vlan: .key)
        var (accounted, held) = (0, 0)
        for (index, packet) in packets.enumerated() {
          for linkType in linkTypes {
            let result = decoder.decode(packet, linkType: linkType, at: Int64(index) << 28)
            if case .held = result { held += 1 } else { accounted += 1 }
            held -= decoder.takeReleased().count
          }
        }
        decoder.endOfInput()
        held -= decoder.takeReleased().count
        #expect(held == 0 && accounted <= packets.count * linkTypes.count)
      }
    }
  }

  @Test func randomBytes() {
    var random = RandomGenerator(seed: 11)
    let packets = (0..<400).map { _ in
      (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
    }
    expectAccount(packets, linkTypes: HostileBytesTests.linkTypes)
  }

  /// Frames of the shared captures with bytes changed, cut and repeated.
  @Test(.enabled(if: sharedDataIsExpected)) func changedFrames() throws {
    var random = RandomGenerator(seed: 12)
    var packets: [[UInt8]] = []
    for path in sharedCaptures(every: 60) {
      guard let (read, _) = try? readAll(path) else { continue }
      for packet in read.prefix(8) where !packet.bytes.isEmpty {
        for _ in 0..<6 {
          var bytes = Array(packet.bytes.prefix(300))
          for _ in 0..<random.below(6) {
            bytes[random.below(min(bytes.count, 80))] = UInt8(random.below(256))
          }
          if random.below(3) == 0 { bytes.removeLast(random.below(bytes.count)) }
          if random.below(4) == 0 { bytes += bytes.dropFirst(random.below(40)) }
          packets.append(bytes)
        }
      }
    }
    #expect(packets.count > 1_000)
    expectAccount(packets, linkTypes: [1, 101])
    expectAccount(packets.filter { _ in random.below(10) == 0 }, linkTypes: Self.linkTypes)
  }

  /// A packet of 256 KiB that is nothing but headers.
  @Test func deepNesting() {
    func filled(_ start: [UInt8], with unit: [UInt8]) -> [UInt8] {
      start + Array([[UInt8]](repeating: unit, count: 262_144 / unit.count).joined())
    }
    let addresses = [UInt8](repeating: 2, count: 12)
    let tag: [UInt8] = [0x81, 0, 0, 1]
    let inner = Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 4, [])
    let packets = [
      filled(addresses, with: tag), filled(addresses + [0x88, 0x47], with: [0, 0, 0, 64]),
      filled(addresses + [0x88, 0x47], with: [0, 0, 1, 64] + addresses + [0x88, 0x47]),
      filled(addresses, with: [0x88, 0xE7, 0, 0, 0, 0] + addresses),
      filled(addresses, with: [0x89, 0x03, 0, 0] + addresses),
      filled(Frame.ethernet(0x86DD, Frame.ipv6(1, 2, nextHeader: 0, [])), with: [0, 0] + [0, 0]),
      filled(Frame.ethernet(0x86DD, Frame.ipv6(1, 2, nextHeader: 44, [])), with: [44] + [0, 0, 0]),
      filled(Frame.ethernet(0x0800, []), with: inner),
      filled(
        Frame.ethernet(
          0x0800, Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 47, [0, 0, 0x65, 0x58])),
        with: addresses + [0x65, 0x58]),
    ]
    expectAccount(packets, linkTypes: HostileBytesTests.linkTypes)
  }
}
