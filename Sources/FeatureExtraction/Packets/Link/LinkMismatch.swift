/// Packets whose bytes are those of another link type than the capture declares.
extension LinkLayer {
  /// Whether the bytes fit a common link type other than the declared one without doubt: the
  /// lengths agree with the frame, and so does the header checksum of IPv4.
  static func fitsAnother(
    _ bytes: RawSpan, declared: LinkType, originalLength: UInt32
  ) -> Bool {
    let others: [LinkType] = [.ethernet, .raw, .linuxCooked, .null, .ppp]
    return others.contains { other in
      guard other != declared else { return false }
      // Ethernet fills a short packet up to 46 bytes, and a check sequence may follow.
      let padding = other == .ethernet ? 50 : 0
      switch payload(of: bytes, linkType: other) {
      case .version4(let offset):
        let room = Int(originalLength) - offset
        return isVersion4(bytes, at: offset, lengths: room - padding...room)
      case .version6(let offset):
        let room = Int(originalLength) - offset
        return isVersion6(bytes, at: offset, lengths: room - padding...room)
      case .skipped: return false
      }
    }
  }

  private static func isVersion4(
    _ bytes: RawSpan, at offset: Int, lengths: ClosedRange<Int>
  ) -> Bool {
    guard offset + 20 <= bytes.byteCount, bytes.byte(offset) >> 4 == 4 else { return false }
    let headerLength = Int(bytes.byte(offset) & 15) * 4
    let length = Int(bytes.bigEndian16(offset + 2))
    guard headerLength >= 20, length >= headerLength,
      offset + headerLength <= bytes.byteCount, lengths.contains(length)
    else { return false }
    // RFC 1071: the sum of all words, the carries added, has all bits set.
    var sum: UInt32 = 0
    for word in 0..<headerLength / 2 { sum += UInt32(bytes.bigEndian16(offset + 2 * word)) }
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + (sum >> 16) }
    return sum == 0xFFFF
  }

  private static func isVersion6(
    _ bytes: RawSpan, at offset: Int, lengths: ClosedRange<Int>
  ) -> Bool {
    guard offset + 40 <= bytes.byteCount, bytes.byte(offset) >> 4 == 6 else { return false }
    let known: [UInt8] = [
      IPProtocol.hopByHop, IPProtocol.tcp, IPProtocol.udp, IPProtocol.routing,
      IPProtocol.fragment, IPProtocol.icmp6, IPProtocol.destinationOptions, IPProtocol.sctp,
    ]
    return known.contains(bytes.byte(offset + 6))
      && lengths.contains(Int(bytes.bigEndian16(offset + 4)) + 40)
  }
}
