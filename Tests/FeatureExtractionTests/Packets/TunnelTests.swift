import FeatureExtraction
import TestSupport
import Testing

private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

/// One packet inside every kind of tunnel.
struct TunnelTests {
  private static let inner = Frame.ipv4(
    "192.0.2.1", "192.0.2.2", protocolNumber: 6, Frame.tcp(1_000, 2_000, flags: Frame.syn))
  private static let inner6 = Frame.ipv6(
    1, 2, nextHeader: 6, Frame.tcp(1_000, 2_000, flags: Frame.syn))
  private static let inside = Frame.ethernet(0x0800, tags: [0x8100], inner)
  private static let wireless =
    [0x08, 0x01] + zeros(22) + [0xAA, 0xAA, 3, 0, 0, 0, 8, 0] + inner

  static func outer(_ number: UInt8, _ payload: [UInt8], fragment: UInt16 = 0) -> [UInt8] {
    Frame.ethernet(
      0x0800,
      Frame.ipv4(
        "10.0.0.1", "10.0.0.2", protocolNumber: number, fragmentOffset: fragment, payload))
  }

  private static func datagram(_ port: UInt16, _ payload: [UInt8]) -> [UInt8] {
    outer(17, Frame.udp(40_000, port, payload))
  }

  private static let byProtocol: [[UInt8]] = [
    outer(4, inner), outer(4, inner6), outer(41, inner6), outer(97, [0x30, 0] + inside),
    outer(137, [0, 0, 1, 64] + inner),
    Frame.ethernet(0x86DD, Frame.ipv6(3, 4, nextHeader: 4, inner)),
    Frame.ethernet(
      0x86DD, Frame.ipv6(3, 4, nextHeader: 60, [41, 0, 1, 4, 0, 0, 0, 0] + inner6)),
  ]

  private static let genericRouting: [[UInt8]] = [
    [0, 0, 8, 0] + inner, [0, 0, 0x86, 0xDD] + inner6, [0, 0, 0x65, 0x58] + inside,
    [0x80, 0, 8, 0] + zeros(4) + inner, [0xB0, 0, 8, 0] + zeros(12) + inner,
    [0, 0, 0x88, 0x47, 0, 0, 1, 64] + inner,
    // ERSPAN I, II, III, and III with the bytes of a platform.
    [0, 0, 0x88, 0xBE] + inside, [0x10, 0, 0x88, 0xBE] + zeros(12) + inside,
    [0x10, 0, 0x22, 0xEB] + zeros(16) + inside,
    [0x10, 0, 0x22, 0xEB] + zeros(4) + zeros(11) + [1] + zeros(8) + inside,
    // PPTP, with and without an acknowledgment.
    [0x30, 0x01, 0x88, 0x0B] + zeros(8) + [0xFF, 0x03, 0x00, 0x21] + inner,
    [0x30, 0x81, 0x88, 0x0B] + zeros(12) + [0x21] + inner,
    [0, 0, 0x82, 0x00] + wireless, [0, 0, 0x88, 0x3E] + inner,
    [0, 0, 0x88, 0x3E] + zeros(4) + inner,
  ]

  private static let byPort: [[UInt8]] = [
    datagram(4_789, [8] + zeros(7) + inside), datagram(8_472, [8] + zeros(7) + inside),
    datagram(4_790, [0x0C, 0, 0, 1] + zeros(4) + inner),
    outer(17, Frame.udp(4_789, 40_000, [8] + zeros(7) + inside)),
    datagram(4_790, [0x0C, 0, 0, 3] + zeros(4) + inside),
    datagram(6_081, [0, 0, 0x65, 0x58] + zeros(4) + inside),
    datagram(6_081, [2, 0, 8, 0] + zeros(12) + inner),
    datagram(2_152, [0x30, 0xFF] + zeros(6) + inner),
    datagram(2_152, [0x32, 0xFF] + zeros(10) + inner),
    datagram(2_152, [0x34, 0xFF] + zeros(9) + [0x85, 1, 0, 0, 0xC0, 1, 0, 0, 0] + inner6),
    outer(17, Frame.udp(2_152, 40_000, [0x30, 0xFF] + zeros(6) + inner)),
    datagram(4_754, [0, 0, 8, 0] + inner), datagram(6_635, [0, 0, 1, 64] + inner),
    // CAPWAP with Ethernet, with 802.11, and with swapped bytes as Cisco has it.
    datagram(5_247, [0, 0x10, 0, 0] + zeros(4) + inside),
    datagram(5_247, [0, 0x20, 3, 0x20] + zeros(12) + wireless),
    datagram(5_247, [0, 0x20, 3, 0x20] + zeros(12) + [1, 8] + wireless.dropFirst(2)),
    datagram(37_008, [1, 0, 0, 1, 0, 10, 1, 0xFF, 1] + inside),
  ]

  @Test func innerPacketsAreMetered() throws {
    let routed = TunnelTests.genericRouting.map { TunnelTests.outer(47, $0) }
    for frame in TunnelTests.byProtocol + routed + TunnelTests.byPort {
      let header = try #require(decode(frame, tunnels: .inner).header)
      #expect(summary(header) == "6 1000-2000 2", "\(frame)")
      #expect(header.traits.isSuperset(of: [.isTunneled, .isEthernet]))
      #expect(header.internetLength == (header.key.lowerAddress.isVersion4 ? 40 : 60))
      #expect(header.frameLength == frame.count)
      let outer = try #require(decode(frame).header)
      #expect(summary(outer) != "6 1000-2000 2")
      #expect(!outer.traits.contains(.isTunneled))
    }
  }

  @Test func whatCannotBeReachedIsTheTunnel() {
    for frame in [
      TunnelTests.outer(4, [0x45, 0]), TunnelTests.outer(41, zeros(60)),
      TunnelTests.outer(47, [0, 0, 8]), TunnelTests.outer(47, [0, 0, 8, 6] + zeros(40)),
      TunnelTests.outer(47, [0x40, 0, 8, 0] + zeros(4) + TunnelTests.inner),
      TunnelTests.outer(47, [0x20, 0x81, 0x88, 0x0B] + zeros(60)),
      TunnelTests.outer(4, TunnelTests.inner, fragment: 2),
      TunnelTests.datagram(4_789, zeros(8) + TunnelTests.inside),
      TunnelTests.datagram(2_152, [0x30, 1] + zeros(6) + TunnelTests.inner),
      TunnelTests.datagram(2_152, [0x34, 0xFF] + zeros(9) + [0x85, 0]),
      TunnelTests.datagram(37_008, [1, 0, 0, 1, 0, 0, 0]),
    ] {
      let whole = decode(frame, tunnels: .inner)
      #expect(summary(whole) == summary(decode(frame)))
      #expect(whole.header?.traits.contains(.isTunneled) == false)
    }
  }

  /// What lies deeper than eight levels is metered as the packet at the eighth.
  @Test func nestingIsBounded() throws {
    var frame = Frame.udp(1, 2)
    var number: UInt8 = 17
    for level in 0..<12 {
      frame = Frame.ipv4("10.0.0.\(level)", "10.0.1.0", protocolNumber: number, frame)
      number = 4
    }
    let header = try #require(decode(frame, linkType: 101, tunnels: .inner).header)
    #expect(header.key.lowerAddress.description == "10.0.0.3")
    #expect(header.key.protocolNumber == 4)
  }

  /// Bytes behind the end of the outer packet are padding, no packet.
  @Test func paddingIsNotInside() {
    let frame = TunnelTests.outer(4, []) + TunnelTests.inner
    #expect(summary(decode(frame, tunnels: .inner)) == "4 0-0 0")
  }
}
