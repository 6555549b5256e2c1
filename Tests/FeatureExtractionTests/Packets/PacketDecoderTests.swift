import FeatureExtraction
import TestSupport
import Testing

private let segment = Frame.tcp(1_000, 2_000, flags: Frame.syn, [1, 2, 3])

private func addresses(_ key: FlowKey) -> Set<IPAddress> { [key.lowerAddress, key.upperAddress] }

@Test func protocolsHavePortsOrNone() {
  func packet(_ number: UInt8, _ payload: [UInt8], fragment: UInt16 = 0) -> String {
    let packet = Frame.ipv4(
      "10.0.0.1", "10.0.0.2", protocolNumber: number, options: [1, 1, 1, 1],
      fragmentOffset: fragment, payload)
    return summary(decode(Frame.ethernet(0x0800, packet)))
  }
  #expect(packet(17, Frame.udp(53, 4_000)) == "17 53-4000 0")
  #expect(packet(132, Frame.udp(9, 8, [1, 2, 3, 4])) == "132 9-8 0")
  #expect(packet(132, Frame.udp(9, 8)) == "132 0-0 0", "an SCTP header has 12 bytes")
  #expect(packet(1, [8, 0, 1, 2, 3, 4, 5, 6]) == "1 0-0 0")
  #expect(packet(47, Frame.udp(53, 4_000)) == "47 0-0 0")
  // More fragments, offset 0: the first one has the ports. The next has none.
  #expect(packet(17, Frame.udp(53, 4_000), fragment: 0x2000) == "17 53-4000 0")
  #expect(packet(17, Frame.udp(53, 4_000), fragment: 0x2001) == "17 0-0 0")
}

@Test func extensionHeadersAreFollowed() {
  func packet(_ first: UInt8, _ payload: [UInt8]) -> String {
    summary(decode(Frame.ethernet(0x86DD, Frame.ipv6(1, 2, nextHeader: first, payload))))
  }
  let options: [UInt8] = [6, 0, 1, 4, 0, 0, 0, 0]
  #expect(packet(6, segment) == "6 1000-2000 2")
  for kind: UInt8 in [0, 43, 60, 135, 139, 140] {
    #expect(packet(kind, options + segment) == "6 1000-2000 2")
  }
  #expect(packet(60, [43] + options.dropFirst() + options + segment) == "6 1000-2000 2")
  let authentication: [UInt8] = [6, 4] + [UInt8](repeating: 7, count: 22)
  #expect(packet(51, authentication + segment) == "6 1000-2000 2")
  #expect(packet(44, [6, 0, 0, 1, 0, 0, 0, 9] + segment) == "6 1000-2000 2")
  #expect(packet(44, [6, 0, 0, 0, 0, 0, 0, 9] + segment) == "6 1000-2000 2", "an atomic one")
  #expect(packet(44, [6, 0, 0, 9, 0, 0, 0, 9] + segment) == "6 0-0 0", "a later fragment")
  #expect(packet(0, [6, 200] + segment) == "6 0-0 0", "a header that claims to be longer")
  #expect(packet(0, [6]) == "0 0-0 0")
  #expect(packet(59, []) == "59 0-0 0")
}

@Test func bothWaysHaveOneKey() throws {
  let there = Frame.ipv4("10.0.0.9", "10.0.0.2", protocolNumber: 17, Frame.udp(7, 9))
  let back = Frame.ipv4("10.0.0.2", "10.0.0.9", protocolNumber: 17, Frame.udp(9, 7))
  let first = try #require(decode(there, linkType: 101).header)
  let second = try #require(decode(back, linkType: 101).header)
  #expect(first.key == second.key)
  #expect(first.isFromLower != second.isFromLower)
}

@Test func traitsSayWhatStandsAround() throws {
  func traits(_ frame: [UInt8], _ linkType: UInt16 = 1) throws -> PacketTraits {
    try #require(decode(frame, linkType: linkType).header).traits
  }
  let packet = Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 6, segment)
  #expect(try traits(Frame.ethernet(0x0800, packet)) == [.isEthernet, .isFromLower])
  let tagged = Frame.ethernet(0x0800, tags: [0x8100], packet)
  #expect(try traits(tagged) == [.isEthernet, .isTagged, .isFromLower])
  let labeled = Frame.ethernet(0x8847, [0, 0, 1, 64] + packet)
  #expect(try traits(labeled) == [.isEthernet, .isFromLower])
  #expect(try traits(packet, 101) == .isFromLower)
  func flags(_ fragment: UInt16) throws -> PacketTraits {
    let packet = Frame.ipv4(
      "10.0.0.1", "10.0.0.2", protocolNumber: 6, fragmentOffset: fragment, segment)
    return try traits(packet, 101).subtracting(.isFromLower)
  }
  #expect(try flags(0x4000) == .dontFragment)
  #expect(try flags(0x2000) == .isFragment)
  #expect(try flags(0x0002) == [.isFragment, .isLaterFragment])
}

/// Every prefix of every packet of the golden captures: no trap, and whatever was cut off, the
/// addresses stay those of the whole.
@Test(.enabled(if: sharedDataIsExpected))
func noPrefixTraps() throws {
  var packets = 0
  for path in sharedCaptures(every: 90) {
    guard let (read, _) = try? readAll(path) else { continue }
    for packet in read.prefix(12) {
      packets += 1
      for linkType: UInt16 in [1, 0, 101, 113, 276] {
        let whole = decode(packet.bytes, linkType: linkType)
        // What shows that the link type is wrong may have been cut off.
        if case .skipped(.linkTypeMismatch) = whole { continue }
        for length in 0..<min(packet.bytes.count, 100) {
          guard case .metered(let cut) = decode(packet.bytes, prefix: length, linkType: linkType)
          else { continue }
          guard case .metered(let header) = whole else {
            Issue.record("a part is metered and the whole is not: \(path)")
            continue
          }
          #expect(addresses(cut.key) == addresses(header.key))
        }
      }
    }
  }
  #expect(packets > 150)
}
