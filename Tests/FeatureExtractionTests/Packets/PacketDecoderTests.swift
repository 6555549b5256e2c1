import FeatureExtraction
import TestSupport
import Testing

/// Decodes the first `length` bytes of a frame.
func decode(
  _ frame: [UInt8], prefix length: Int? = nil, linkType: UInt16 = 1
) -> PacketDecoder.Result {
  let bytes = Array(frame.prefix(length ?? frame.count))
  let record = PacketRecord(
    time: 5, originalLength: UInt32(frame.count), linkType: LinkType(rawValue: linkType), start: 0,
    capturedLength: bytes.count)
  var decoder = PacketDecoder(tunnels: .outer, fragments: .separate)
  // Safe: bytes have no padding.
  return unsafe decoder.decode(bytes.span.bytes, record)
}

private func addresses(_ key: FlowKey) -> Set<IPAddress> { [key.lowerAddress, key.upperAddress] }

/// `protocol lowerPort upperPort flags`, or the reason for which there is none.
func summary(_ result: PacketDecoder.Result) -> String {
  switch result {
  case .metered(let header):
    let key = header.key
    return "\(key.protocolNumber) \(key.lowerPort)-\(key.upperPort) \(header.flags.rawValue)"
  case .skipped(let reason): return reason.rawValue
  case .held: return "held"
  }
}

private let segment = Frame.tcp(1_000, 2_000, flags: Frame.syn, [1, 2, 3])
private let version4 = Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 6, segment)

@Test func linkLayersAreSteppedOver() {
  let loopback: [UInt8] = [2, 0, 0, 0]
  let cooked = [UInt8](repeating: 0, count: 14) + [8, 0]
  let cooked2 = [8, 0] + [UInt8](repeating: 0, count: 18)
  let mpls: [UInt8] = [0, 1, 0x00, 64, 0, 2, 0x01, 64]
  let pppoe: [UInt8] = [0x11, 0, 0, 1, 0, 50, 0, 0x21]
  let cases: [(UInt16, [UInt8])] = [
    (1, Frame.ethernet(0x0800, version4)),
    (1, Frame.ethernet(0x0800, tags: [0x8100], version4)),
    (1, Frame.ethernet(0x0800, tags: [0x88A8, 0x8100, 0x9100], version4)),
    (1, Frame.ethernet(0x8847, mpls + version4)), (1, Frame.ethernet(0x8864, pppoe + version4)),
    (0, loopback + version4), (0, loopback.reversed() + version4),
    (108, loopback.reversed() + version4), (12, version4), (101, version4), (228, version4),
    (113, cooked + version4), (276, cooked2 + version4),
  ]
  for (linkType, frame) in cases {
    #expect(summary(decode(frame, linkType: linkType)) == "6 1000-2000 2", "\(linkType)")
  }
}

@Test func whatIsSkippedHasAReason() {
  #expect(summary(decode(Frame.ethernet(0x0806, [0, 1]))) == "not_ip")
  #expect(summary(decode([1, 2, 3])) == "truncated_link_header")
  #expect(summary(decode(version4, linkType: 147)) == "unsupported_link_type")
  #expect(summary(decode(Frame.ethernet(0x0800, [0x45, 0]))) == "truncated_ip_header")
  let short = Frame.ethernet(0x0800, [0x44] + version4.dropFirst())
  #expect(summary(decode(short)) == "malformed_ip_header")
  #expect(summary(decode(Frame.ethernet(0x86DD, version4 + version4))) == "malformed_ip_header")
  #expect(summary(decode([0x75], linkType: 101)) == "not_ip")
}

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
  #expect(packet(0, options + segment) == "6 1000-2000 2")
  #expect(packet(60, [43] + options.dropFirst() + options + segment) == "6 1000-2000 2")
  let authentication: [UInt8] = [6, 4] + [UInt8](repeating: 7, count: 22)
  #expect(packet(51, authentication + segment) == "6 1000-2000 2")
  #expect(packet(44, [6, 0, 0, 1, 0, 0, 0, 9] + segment) == "6 1000-2000 2")
  #expect(packet(44, [6, 0, 0, 9, 0, 0, 0, 9] + segment) == "6 0-0 0", "a later fragment")
  #expect(packet(0, [6, 200] + segment) == "6 0-0 0", "a header that claims to be longer")
  #expect(packet(0, [6]) == "0 0-0 0")
}

@Test func bothWaysHaveOneKey() throws {
  let there = Frame.ipv4("10.0.0.9", "10.0.0.2", protocolNumber: 17, Frame.udp(7, 9))
  let back = Frame.ipv4("10.0.0.2", "10.0.0.9", protocolNumber: 17, Frame.udp(9, 7))
  guard case .metered(let first) = decode(there, linkType: 101),
    case .metered(let second) = decode(back, linkType: 101)
  else {
    Issue.record("not metered")
    return
  }
  #expect(first.key == second.key)
  #expect(first.isFromLower != second.isFromLower)
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
