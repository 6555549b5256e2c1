/// Headers that an operating system puts before a packet in place of its link header.
extension LinkPayload {
  /// Linux "cooked", version 1: 14 bytes and an EtherType or a number of Linux below 0x600.
  static func cooked(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    cooked(bytes, typeAt: offset + 14, nextAt: offset + 16)
  }

  /// Version 2: the type comes first, and the header has 20 bytes.
  static func cooked2(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard offset + 20 <= bytes.byteCount else { return .skipped(.truncatedLinkHeader) }
    return cooked(bytes, typeAt: offset, nextAt: offset + 20)
  }

  private static func cooked(_ bytes: RawSpan, typeAt: Int, nextAt: Int) -> LinkPayload {
    guard let type = bytes.bigEndian16(ifAt: typeAt) else {
      return .skipped(.truncatedLinkHeader)
    }
    // ETH_P_802_2: an LLC header follows.
    if type == 4 { return logicalLink(bytes, at: nextAt) }
    return .type(type, at: nextAt)
  }

  /// A number of an address family, in the byte order of either machine: families are below 256.
  static func loopback(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let family = bytes.bigEndian32(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    switch family < 256 ? family : family.byteSwapped {
    case 2: return .type(EtherType.ipv4, at: offset + 4)
    // IPv6 is 10 on Linux, 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on Darwin.
    case 10, 24, 28, 30: return .type(EtherType.ipv6, at: offset + 4)
    default: return .skipped(.notIP)
    }
  }

  /// The log of the packet filter of BSD: its length, filled up to whole words, then IP.
  static func packetFilterLog(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let length = bytes.byte(ifAt: offset) else { return .skipped(.truncatedLinkHeader) }
    guard length >= 4 else { return .skipped(.malformedLinkHeader) }
    return internet(bytes, at: offset + (Int(length) + 3) / 4 * 4)
  }

  /// The log of the packet filter of Linux: 4 bytes, then fields of length, type and value in the
  /// byte order of the machine that captured. The packet is in the field of type 9.
  static func netfilterLog(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    var next = offset + 4
    while next + 4 <= bytes.byteCount {
      var (length, type) = (bytes.bigEndian16(next), bytes.bigEndian16(next + 2))
      // Types are below 256, which tells the byte order.
      if type > 0xFF { (length, type) = (length.byteSwapped, type.byteSwapped) }
      if type & 0x7FFF == 9 { return internet(bytes, at: next + 4) }
      guard length >= 4 else { return .skipped(.malformedLinkHeader) }
      next += (Int(length) + 3) / 4 * 4
    }
    return .skipped(.truncatedLinkHeader)
  }

  /// Classical IP over ATM on Linux, with LLC or without.
  static func logicalLinkOrInternet(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    bytes.bigEndian16(ifAt: offset) == 0xAAAA
      ? logicalLink(bytes, at: offset) : internet(bytes, at: offset)
  }
}
