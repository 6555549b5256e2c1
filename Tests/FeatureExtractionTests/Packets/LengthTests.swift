import FeatureExtraction
import TestSupport
import Testing

/// Lengths come from headers; what contradicts itself gives 0 and never traps.
struct LengthTests {
  private let payload: [UInt8] = [1, 2, 3, 4, 5]

  private func version4(
    _ number: UInt8, _ payload: [UInt8], length: UInt16? = nil, options: [UInt8] = []
  ) -> [UInt8] {
    var packet = Frame.ipv4(
      "10.0.0.1", "10.0.0.2", protocolNumber: number, options: options, payload)
    if let length { (packet[2], packet[3]) = (UInt8(length >> 8), UInt8(length & 0xFF)) }
    return Frame.ethernet(0x0800, packet)
  }

  /// Frame, IP, transport header, payload, captured payload.
  private func lengths(
    _ frame: [UInt8], prefix: Int? = nil, originalLength: Int? = nil
  ) throws -> [UInt32] {
    let result = decode(frame, prefix: prefix, originalLength: originalLength)
    let header = try #require(result.header)
    return [
      header.frameLength, header.internetLength, UInt32(header.headerLength),
      header.payloadLength, header.capturedPayload,
    ]
  }

  @Test func ofWholePackets() throws {
    let segment = Frame.tcp(1, 2, flags: Frame.ack, payload)
    #expect(try lengths(version4(6, segment)) == [59, 45, 20, 5, 5])
    #expect(try lengths(version4(6, segment, options: [1, 1, 1, 1])) == [63, 49, 20, 5, 5])
    #expect(try lengths(version4(17, Frame.udp(1, 2, payload))) == [47, 33, 8, 5, 5])
    #expect(try lengths(version4(132, Frame.udp(1, 2, payload))) == [47, 33, 12, 1, 1])
    #expect(try lengths(version4(1, [8, 0, 0, 0])) == [38, 24, 0, 0, 0])
    let options: [UInt8] = [17, 0, 1, 4, 0, 0, 0, 0]
    let version6 = Frame.ipv6(1, 2, nextHeader: 0, options + Frame.udp(1, 2, payload))
    #expect(try lengths(Frame.ethernet(0x86DD, version6)) == [75, 61, 8, 5, 5])
  }

  @Test func ofPaddedPackets() throws {
    let padding = [UInt8](repeating: 0, count: 6)
    let frame = version4(6, Frame.tcp(1, 2, flags: Frame.ack)) + padding
    #expect(try lengths(frame) == [60, 40, 20, 0, 6])
    // Padding is no header: the IP packet ends before its transport begins.
    #expect(try lengths(version4(6, [], length: 20) + padding + padding) == [46, 20, 0, 0, 0])
  }

  @Test func ofCutPackets() throws {
    let frame = version4(6, Frame.tcp(1, 2, flags: Frame.ack, payload))
    #expect(try lengths(frame, prefix: 56) == [59, 45, 20, 5, 2])
    #expect(try lengths(frame, prefix: 48) == [59, 45, 20, 5, 0], "flags are there")
    #expect(try lengths(frame, prefix: 47) == [59, 45, 0, 0, 0])
  }

  @Test func withoutLengthField() throws {
    // Segmentation offload: the wire tells, as far as it was captured or not.
    let frame = version4(6, Frame.tcp(1, 2, flags: Frame.ack, payload), length: 0)
    #expect(try lengths(frame) == [59, 45, 20, 5, 5])
    #expect(try lengths(frame, originalLength: 2_014) == [2_014, 2_000, 20, 1_960, 5])
    var jumbo = Frame.ipv6(1, 2, nextHeader: 17, Frame.udp(1, 2, payload))
    (jumbo[4], jumbo[5]) = (0, 0)
    #expect(
      try lengths(Frame.ethernet(0x86DD, jumbo), originalLength: 100_014)
        == [100_014, 100_000, 8, 99_952, 5])
  }

  @Test func thatLie() throws {
    let segment = Frame.tcp(1, 2, flags: Frame.ack, payload)
    #expect(try lengths(version4(6, segment, length: 3)) == [59, 3, 0, 0, 0])
    #expect(try lengths(version4(6, segment, length: 65_535)) == [59, 65_535, 20, 65_495, 5])
    var offset = segment
    offset[12] = 0xF0
    #expect(try lengths(version4(6, offset)) == [59, 45, 60, 0, 0])
    offset[12] = 0x10
    #expect(try lengths(version4(6, offset)) == [59, 45, 20, 5, 5], "a header has 20 bytes")
  }
}
