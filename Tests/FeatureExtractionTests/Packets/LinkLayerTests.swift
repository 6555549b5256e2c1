import FeatureExtraction
import TestSupport
import Testing

private let segment = Frame.tcp(1_000, 2_000, flags: Frame.syn, [1, 2, 3])
private let version4 = Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 6, segment)
private let version6 = Frame.ipv6(1, 2, nextHeader: 6, segment)
private let logicalLink: [UInt8] = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]

private func zeros(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }

/// One packet behind everything that may stand before it.
struct LinkLayerTests {
  private func expectPacket(_ linkType: UInt16, _ frames: [[UInt8]]) {
    for (index, frame) in frames.enumerated() {
      #expect(
        summary(decode(frame, linkType: linkType)) == "6 1000-2000 2",
        "link type \(linkType), frame \(index)")
    }
  }

  @Test func ethernet() {
    let labels: [UInt8] = [0, 1, 0x00, 64, 0, 2, 0x01, 64]
    let session: [UInt8] = [0x11, 0, 0, 1, 0, 50, 0, 0x21]
    let inside = Frame.ethernet(0x0800, version4)
    let length = UInt16(logicalLink.count + version4.count)
    expectPacket(
      1,
      [
        inside, Frame.ethernet(0x86DD, version6),
        Frame.ethernet(0x0800, tags: [0x8100], version4),
        Frame.ethernet(0x0800, tags: [0x88A8, 0x8100, 0x9100, 0x9200], version4),
        Frame.ethernet(length, logicalLink + version4),
        Frame.ethernet(length, tags: [0x8100], logicalLink + version4),
        Frame.ethernet(length, [0x06, 0x06, 0x03] + version4),
        Frame.ethernet(0x8864, session + version4),
        Frame.ethernet(0x8847, labels + version4), Frame.ethernet(0x8848, labels + version6),
        // Pseudowires: with a control word and without.
        Frame.ethernet(0x8847, labels + zeros(4) + inside),
        Frame.ethernet(0x8847, labels + inside),
        // 802.1ah, VN-Tag, 802.1BR, FabricPath, metadata of Cisco, service headers.
        Frame.ethernet(0x88E7, zeros(4) + inside),
        Frame.ethernet(0x8926, zeros(4) + [0x08, 0x00] + version4),
        Frame.ethernet(0x893F, zeros(6) + [0x08, 0x00] + version4),
        Frame.ethernet(0x8903, zeros(2) + inside),
        Frame.ethernet(0x8909, zeros(6) + [0x08, 0x00] + version4),
        Frame.ethernet(0x894F, [0, 6, 1, 1] + zeros(20) + version4),
        Frame.ethernet(0x894F, [0, 2, 1, 3] + zeros(4) + inside),
      ])
  }

  @Test func ofOperatingSystems() {
    let loopback: [UInt8] = [2, 0, 0, 0]
    expectPacket(0, [loopback + version4, loopback.reversed() + version4])
    expectPacket(108, [loopback.reversed() + version4, [0, 0, 0, 24] + version6])
    for linkType: UInt16 in [12, 14, 101, 228, 229] {
      expectPacket(linkType, [version4, version6])
    }
    expectPacket(
      113, [zeros(14) + [8, 0] + version4, zeros(14) + [0, 4] + logicalLink + version4])
    expectPacket(
      276, [[8, 0] + zeros(18) + version4, [0, 4] + zeros(18) + logicalLink + version4])
    expectPacket(117, [[61] + zeros(63) + version4])
    expectPacket(226, [zeros(24) + version6])
    // Fields of both byte orders before the one that holds the packet.
    expectPacket(
      239,
      [
        [2, 0, 0, 0, 5, 0, 1, 0, 9, 0, 0, 0, 0xFF, 0, 9, 0] + version4,
        [2, 0, 0, 0, 0, 5, 0, 1, 9, 0, 0, 0, 0, 0xFF, 0, 9] + version4,
      ])
    expectPacket(258, [[12, 0, 0, 0, 1, 0, 0, 0, 101, 0, 0, 0] + version4])
    expectPacket(192, [[0, 0, 8, 0, 1, 0, 0, 0] + Frame.ethernet(0x0800, version4)])
  }

  @Test func ofSerialLines() {
    let framed: [UInt8] = [0xFF, 0x03, 0x00, 0x21]
    let cisco: [UInt8] = [0x0F, 0x00, 0x08, 0x00]
    for linkType: UInt16 in [9, 50] {
      expectPacket(
        linkType,
        [
          framed + version4, [0x00, 0x21] + version4, [0x21] + version4, [0x57] + version6,
          [0xFF, 0x03, 0x57] + version6, cisco + version4,
          [0x02, 0x81, 0, 0, 1, 64] + version4,
        ])
    }
    expectPacket(51, [[0x11, 0, 0, 1, 0, 50, 0, 0x21] + version4])
    expectPacket(104, [cisco + version4, [0x8F, 0, 0x86, 0xDD] + version6])
    expectPacket(166, [[0, 3, 0, 0x21] + version4])
    expectPacket(204, [[1] + framed + version4])
    expectPacket(205, [[1] + cisco + version4])
    expectPacket(8, [zeros(16) + version4])
    let snap: [UInt8] = [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0]
    expectPacket(
      107,
      [
        [0x18, 0x41, 3, 0xCC] + version4, [0x18, 0x41, 3, 0x8E] + version6,
        [0x18, 0x40, 0x00, 0x41, 3, 0xCC] + version4, snap + version4,
        [0x18, 0x41, 8, 0] + version4,
      ])
    expectPacket(206, [[1, 0x18, 0x41, 3, 0xCC] + version4])
  }

  @Test func ofOtherNetworks() {
    expectPacket(6, [zeros(14) + logicalLink + version4])
    let routed = zeros(8) + [0x80] + zeros(5) + [0x06] + zeros(5)
    expectPacket(6, [routed + logicalLink + version4])
    expectPacket(10, [zeros(13) + logicalLink + version4])
    expectPacket(100, [logicalLink + version4])
    expectPacket(106, [logicalLink + version4, version4])
    expectPacket(138, [zeros(16) + [8, 0] + version4])
    expectPacket(242, [zeros(40) + [8, 0, 0, 0] + version4])
    for (linkType, position): (UInt16, Int) in [(281, 16), (282, 16), (284, 16), (285, 20)] {
      expectPacket(linkType, [zeros(position) + [8, 0] + version4])
    }
  }

  @Test func wireless() {
    let toAccessPoint = [0x08, 0x01] + zeros(22) + logicalLink + version4
    let quality = [0x88, 0x02] + zeros(24) + logicalLink + version4
    let ordered = [0x88, 0x82] + zeros(28) + logicalLink + version4
    let bridge = [0x08, 0x03] + zeros(28) + logicalLink + version4
    expectPacket(105, [toAccessPoint, quality, ordered, bridge])
    expectPacket(119, [zeros(144) + quality])
    let control: [UInt8] = [0x80, 0x21, 0x10, 0x01, 0, 0, 0, 64]
    expectPacket(119, [control + zeros(56) + quality])
    expectPacket(163, [control + zeros(56) + quality])
    // A time stamp, aligned, stands before the flags, here behind a second word of fields. The
    // header of the frame is filled up to whole words.
    let radiotap: [UInt8] = [0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0] + zeros(12) + [0x20]
    expectPacket(
      127,
      [
        [0, 0, 8, 0, 0, 0, 0, 0] + quality,
        radiotap + [0x88, 0x02] + zeros(26) + logicalLink + version4,
      ])
    let damaged = [0, 0, 9, 0, 2, 0, 0, 0, 0x40] + quality
    #expect(summary(decode(damaged, linkType: 127)) == "damaged_frame")
    let encrypted = [0x88, 0x42] + zeros(60)
    #expect(summary(decode(encrypted, linkType: 105)) == "encrypted_link")
    let aggregated = [0x88, 0x02] + zeros(22) + [0x80, 0] + zeros(60)
    #expect(summary(decode(aggregated, linkType: 105)) == "aggregated_frame")
    for beacon: UInt8 in [0x80, 0xB4, 0x48, 0xC8] {
      #expect(summary(decode([beacon, 0] + zeros(60), linkType: 105)) == "not_ip")
    }
  }

  @Test func whatIsSkippedHasAReason() {
    #expect(summary(decode(Frame.ethernet(0x0806, [0, 1]))) == "not_ip")
    #expect(summary(decode(Frame.ethernet(38, [0x42, 0x42, 3]))) == "not_ip")
    #expect(summary(decode(Frame.ethernet(0x88E5, zeros(60)))) == "encrypted_link")
    #expect(summary(decode([1, 2, 3])) == "truncated_link_header")
    #expect(summary(decode(version4, linkType: 147)) == "unsupported_link_type")
    #expect(summary(decode(Frame.ethernet(0x0800, [0x45, 0]))) == "truncated_ip_header")
    let short = Frame.ethernet(0x0800, [0x44] + version4.dropFirst())
    #expect(summary(decode(short)) == "malformed_ip_header")
    let wrong = Frame.ethernet(0x86DD, version4 + version4)
    #expect(summary(decode(wrong)) == "malformed_ip_header")
    #expect(summary(decode([0x75], linkType: 101)) == "not_ip")
    #expect(summary(decode([3, 0, 0, 0] + version4, linkType: 117)) == "malformed_link_header")
    let endless: [UInt8] = [12, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0]
    #expect(summary(decode(endless + endless, linkType: 258)) == "malformed_link_header")
  }

  @Test func aWrongLinkTypeIsNamed() {
    let packet = checksummed(version4)
    let framed = Frame.ethernet(0x0800, packet)
    #expect(summary(decode(packet)) == "link_type_mismatch")
    #expect(summary(decode(version6)) == "link_type_mismatch")
    #expect(summary(decode(framed, linkType: 101)) == "link_type_mismatch")
    #expect(summary(decode(framed, linkType: 113)) == "link_type_mismatch")
    #expect(summary(decode(zeros(14) + [8, 0] + packet)) == "link_type_mismatch")
    #expect(summary(decode([2, 0, 0, 0] + packet)) == "link_type_mismatch")
    let cisco: [UInt8] = [0x0F, 0, 8, 0]
    #expect(summary(decode(cisco + packet, linkType: 0)) == "link_type_mismatch")
    // Ethernet whose address begins like an IPv4 header, declared as raw IP.
    let looksRaw = [0x45, 0, 0xFF] + framed.dropFirst(3)
    #expect(summary(decode(looksRaw, linkType: 101)) == "link_type_mismatch")
    // No doubt is left only where lengths and checksum agree.
    #expect(summary(decode(version4)) != "link_type_mismatch")
    #expect(summary(decode(packet + zeros(9))) != "link_type_mismatch")
    #expect(summary(decode(framed + zeros(60), linkType: 101)) == "not_ip")
  }

  /// The packet with the checksum of its header set (RFC 1071).
  private func checksummed(_ packet: [UInt8]) -> [UInt8] {
    var packet = packet
    var sum = stride(from: 0, to: 20, by: 2).reduce(0) {
      $0 + Int(packet[$1]) * 256 + Int(packet[$1 + 1])
    }
    while sum > 0xFFFF { sum = sum % 0x1_0000 + sum / 0x1_0000 }
    packet[10] = UInt8((0xFFFF - sum) / 256)
    packet[11] = UInt8((0xFFFF - sum) % 256)
    return packet
  }
}
