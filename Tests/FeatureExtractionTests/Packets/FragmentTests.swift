import FeatureExtraction
import TestSupport
import Testing

/// Later fragments find their first, whatever the order.
struct FragmentTests {
  private static let second: Int64 = 1_000_000_000
  private static let datagram = Frame.udp(53, 4_000, [UInt8](repeating: 1, count: 24))

  /// The part of a datagram that begins at `start`, a multiple of 8.
  private func fragment(
    _ start: Int, isLast: Bool = false, identification: UInt16 = 7, of datagram: [UInt8] = datagram
  ) -> [UInt8] {
    Frame.ipv4(
      "10.0.0.9", "10.0.0.2", protocolNumber: 17, identification: identification,
      fragmentOffset: UInt16(start / 8) | (isLast ? 0 : 0x2000),
      Array(datagram[start..<min(start + 16, datagram.count)]))
  }

  private func fragment6(_ start: Int, isLast: Bool = false) -> [UInt8] {
    let position = UInt16(start) | (isLast ? 0 : 1)
    return Frame.ipv6(
      1, 2, nextHeader: 44,
      [17, 0, UInt8(position >> 8), UInt8(position & 0xFF), 0, 0, 0, 9]
        + Array(FragmentTests.datagram[start..<start + 16]))
  }

  /// Everything that comes out for packets a second apart, as `time summary`, held packets first.
  private func decoded(
    _ packets: [[UInt8]], mode: FragmentMode = .join, endsInput: Bool = true
  ) -> [String] {
    var decoder = PacketDecoder(tunnels: .outer, fragments: mode)
    var lines: [String] = []
    func add(_ header: PacketHeader) {
      lines.append("\(header.time / FragmentTests.second) \(summary(header))")
    }
    for (index, packet) in packets.enumerated() {
      let result = decoder.decode(
        packet, linkType: 101, at: Int64(index) * FragmentTests.second)
      if decoder.hasReleased { decoder.takeReleased().forEach(add) }
      if let header = result.header { add(header) }
    }
    if endsInput {
      decoder.endOfInput()
      decoder.takeReleased().forEach(add)
    }
    return lines
  }

  @Test func inOrder() {
    let packets = [fragment(0), fragment(16, isLast: true)]
    #expect(decoded(packets) == ["0 17 4000-53 0", "1 17 4000-53 0"])
    #expect(decoded(packets, mode: .separate) == ["0 17 4000-53 0", "1 17 0-0 0"])
    #expect(
      decoded([fragment6(0), fragment6(16, isLast: true)]) == ["0 17 53-4000 0", "1 17 53-4000 0"])
  }

  @Test func laterBeforeFirst() {
    let other = Frame.ipv4("10.0.0.3", "10.0.0.4", protocolNumber: 17, Frame.udp(1, 2))
    let packets = [fragment(16, isLast: true), other, fragment(8), fragment(0)]
    #expect(
      decoded(packets) == ["1 17 1-2 0", "0 17 4000-53 0", "2 17 4000-53 0", "3 17 4000-53 0"])
    #expect(
      decoded([fragment6(16, isLast: true), fragment6(0)]) == ["0 17 53-4000 0", "1 17 53-4000 0"])
  }

  @Test func withoutFirst() {
    let lone = fragment(16, isLast: true)
    #expect(decoded([lone]) == ["0 17 0-0 0"])
    #expect(decoded([lone], endsInput: false).isEmpty)
    // Another packet after more than 30 seconds ends the wait.
    let other = Frame.ipv4("10.0.0.3", "10.0.0.4", protocolNumber: 17, Frame.udp(1, 2))
    let others = [[UInt8]](repeating: other, count: 31)
    let lines = decoded([lone] + others, endsInput: false)
    #expect(lines.suffix(2) == ["0 17 0-0 0", "31 17 1-2 0"])
    #expect(lines.count == 32)
  }

  @Test func ofPacketsThatShareAName() {
    let answer = Frame.udp(5_353, 4_001, [UInt8](repeating: 2, count: 24))
    // The identification is used again: what follows belongs to the new first fragment.
    #expect(
      decoded([
        fragment(0), fragment(0, of: answer), fragment(16, isLast: true),
        fragment(16, isLast: true, identification: 8),
      ]) == ["0 17 4000-53 0", "1 17 4001-5353 0", "2 17 4001-5353 0", "3 17 0-0 0"])
  }

  @Test func controlMessagesAndDirection() throws {
    var decoder = PacketDecoder(tunnels: .outer, fragments: .join)
    let echo: [UInt8] = [8, 0] + [UInt8](repeating: 0, count: 14)
    func part(_ offset: UInt16) -> [UInt8] {
      Frame.ipv4("10.0.0.9", "10.0.0.2", protocolNumber: 1, fragmentOffset: offset, echo)
    }
    let later = decoder.decode(part(2), linkType: 101)
    #expect(summary(later) == "held")
    let first = try #require(decoder.decode(part(0x2000), linkType: 101).header)
    let released = try #require(decoder.takeReleased().first)
    #expect(released.controlMessage == 0x0800 && first.controlMessage == 0x0800)
    #expect(released.key == first.key && released.isFromLower == first.isFromLower)
    #expect(released.traits.contains(.isLaterFragment))
    #expect(released.payloadLength == 0 && released.internetLength == 36)
  }

  /// A tunnel whose packets were fragmented on the way: all of it is the flow inside.
  @Test func ofTunnels() throws {
    let inner = Frame.ipv4("192.0.2.9", "192.0.2.1", protocolNumber: 17, FragmentTests.datagram)
    let halves = (inner.prefix(32), inner.dropFirst(32))
    func part(_ offset: UInt16, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
      Frame.ipv4(
        "10.0.0.1", "10.0.0.2", protocolNumber: 4, fragmentOffset: offset, Array(bytes))
    }
    var decoder = PacketDecoder(tunnels: .inner, fragments: .join)
    #expect(summary(decoder.decode(part(4, halves.1), linkType: 101)) == "held")
    let first = try #require(decoder.decode(part(0x2000, halves.0), linkType: 101).header)
    let released = try #require(decoder.takeReleased().first)
    #expect(summary(first) == "17 4000-53 0" && released.key == first.key)
    #expect(released.isFromLower == first.isFromLower)
    #expect(released.traits.contains(.isTunneled))
  }

  /// Whatever is held is bounded, and nothing is lost.
  @Test(arguments: [1, 40_000])
  func floodsAreBounded(names: Int) {
    var decoder = PacketDecoder(tunnels: .outer, fragments: .join)
    var released = 0
    for number in 0..<40_000 {
      let packet = fragment(
        16, isLast: true, identification: UInt16(truncatingIfNeeded: number % names))
      let result = decoder.decode(packet, linkType: 101)
      #expect(summary(result) == "held")
      released += decoder.takeReleased().count
      #expect(number + 1 - released <= 16_384)
    }
    decoder.endOfInput()
    released += decoder.takeReleased().count
    #expect(released == 40_000)
  }
}
