/// Finds the IP header behind whatever the link type puts before it.
enum LinkLayer {
  enum Payload {
    /// An IPv4 or IPv6 header should begin at the offset.
    case version4(at: Int)
    case version6(at: Int)
    case skipped(SkipReason)
  }

  static func payload(of bytes: RawSpan, linkType: LinkType) -> Payload {
    switch linkType {
    case .ethernet: tagged(bytes, typeAt: 12)
    case .raw, .rawBSD, .rawOpenBSD, .ipv4, .ipv6: version(bytes, at: 0)
    case .linuxCooked: tagged(bytes, typeAt: 14)
    case .linuxCooked2:
      bytes.byteCount >= 20 ? tagged(bytes, typeAt: 0, nextAt: 20) : .skipped(.truncatedLinkHeader)
    case .null, .loop: loopback(bytes)
    default: .skipped(.unsupportedLinkType)
    }
  }

  private enum EtherType {
    static let ipv4: UInt16 = 0x0800
    static let ipv6: UInt16 = 0x86DD
    static let mpls: UInt16 = 0x8847
    static let mplsMulticast: UInt16 = 0x8848
    static let pppoeSession: UInt16 = 0x8864
  }

  /// 802.1Q, 802.1ad, and the numbers that were in use for stacked tags before it.
  private static func isTag(_ type: UInt16) -> Bool {
    type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200
  }

  /// Steps over VLAN tags from the EtherType at `offset`. What the type names begins at `nextAt`,
  /// by default behind it.
  private static func tagged(_ bytes: RawSpan, typeAt offset: Int, nextAt: Int? = nil) -> Payload {
    guard bytes.byteCount >= offset + 2 else { return .skipped(.truncatedLinkHeader) }
    var type = bytes.bigEndian16(offset)
    var next = nextAt ?? offset + 2
    while isTag(type) {
      guard bytes.byteCount >= next + 4 else { return .skipped(.truncatedLinkHeader) }
      type = bytes.bigEndian16(next + 2)
      next += 4
    }
    switch type {
    case EtherType.ipv4: return .version4(at: next)
    case EtherType.ipv6: return .version6(at: next)
    case EtherType.mpls, EtherType.mplsMulticast: return labeled(bytes, at: next)
    case EtherType.pppoeSession: return pointToPoint(bytes, at: next)
    default: return .skipped(.notIP)
    }
  }

  /// Steps over MPLS labels (RFC 3032); behind the last one the first nibble tells what follows.
  private static func labeled(_ bytes: RawSpan, at offset: Int) -> Payload {
    var offset = offset
    while true {
      guard bytes.byteCount >= offset + 4 else { return .skipped(.truncatedLinkHeader) }
      let isLast = bytes.byte(offset + 2) & 1 == 1
      offset += 4
      if isLast { return version(bytes, at: offset) }
    }
  }

  /// PPPoE session header and PPP protocol number (RFC 2516).
  private static func pointToPoint(_ bytes: RawSpan, at offset: Int) -> Payload {
    guard bytes.byteCount >= offset + 8 else { return .skipped(.truncatedLinkHeader) }
    switch bytes.bigEndian16(offset + 6) {
    case 0x0021: return .version4(at: offset + 8)
    case 0x0057: return .version6(at: offset + 8)
    default: return .skipped(.notIP)
    }
  }

  private static func version(_ bytes: RawSpan, at offset: Int) -> Payload {
    guard bytes.byteCount > offset else { return .skipped(.truncatedLinkHeader) }
    switch bytes.byte(offset) >> 4 {
    case 4: return .version4(at: offset)
    case 6: return .version6(at: offset)
    default: return .skipped(.notIP)
    }
  }

  /// A number of an address family, in the byte order of either machine: families are below 256.
  private static func loopback(_ bytes: RawSpan) -> Payload {
    guard bytes.byteCount >= 4 else { return .skipped(.truncatedLinkHeader) }
    let family = bytes.bigEndian32(0)
    switch family < 256 ? family : family.byteSwapped {
    case 2: return .version4(at: 4)
    // IPv6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin.
    case 10, 24, 28, 30: return .version6(at: 4)
    default: return .skipped(.notIP)
    }
  }
}
