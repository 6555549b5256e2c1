/// PPP, its relatives on serial lines, and Frame Relay.
extension LinkPayload {
  /// PPP with or without the address and control bytes of HDLC-like framing (RFC 1662), or Cisco
  /// HDLC, which captures of the same link types hold too.
  static func pointToPoint(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let first = bytes.byte(ifAt: offset) else { return .skipped(.truncatedLinkHeader) }
    switch first {
    case 0xFF where bytes.byte(ifAt: offset + 1) == 0x03:
      return pointToPointProtocol(bytes, at: offset + 2)
    // No protocol number in use begins with either.
    case 0x0F, 0x8F: return ciscoHDLC(bytes, at: offset)
    default: return pointToPointProtocol(bytes, at: offset)
    }
  }

  /// The protocol number of PPP (RFC 1661, section 2), compressed to one byte where that is odd.
  static func pointToPointProtocol(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let first = bytes.byte(ifAt: offset) else { return .skipped(.truncatedLinkHeader) }
    let isCompressed = first & 1 == 1
    guard let number = isCompressed ? UInt16(first) : bytes.bigEndian16(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    let next = offset + (isCompressed ? 1 : 2)
    switch number {
    case 0x0021: return .type(EtherType.ipv4, at: next)
    case 0x0057: return .type(EtherType.ipv6, at: next)
    case 0x0281: return .type(EtherType.mpls, at: next)
    case 0x0283: return .type(EtherType.mplsMulticast, at: next)
    default: return .skipped(.notIP)
    }
  }

  /// The header of a PPPoE session (RFC 2516), then PPP.
  static func pointToPointOverEthernet(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    pointToPointProtocol(bytes, at: offset + 6)
  }

  /// Address, control and an EtherType.
  static func ciscoHDLC(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let type = bytes.bigEndian16(ifAt: offset + 2) else {
      return .skipped(.truncatedLinkHeader)
    }
    return .type(type, at: offset + 4)
  }

  /// An address of 2 to 4 bytes (Q.922), then what RFC 2427 or Cisco put behind it.
  static func frameRelay(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    var next = offset + 1
    while let last = bytes.byte(ifAt: next), last & 1 == 0, next < offset + 3 { next += 1 }
    next += 1
    guard let control = bytes.byte(ifAt: next) else { return .skipped(.truncatedLinkHeader) }
    guard control == 0x03 else {
      // Cisco's way has an EtherType in this place.
      guard let type = bytes.bigEndian16(ifAt: next) else {
        return .skipped(.truncatedLinkHeader)
      }
      return type < EtherType.minimum ? .skipped(.notIP) : .type(type, at: next + 2)
    }
    next += 1
    // A byte of padding puts what follows on an even address.
    if bytes.byte(ifAt: next) == 0 { next += 1 }
    switch bytes.byte(ifAt: next) {
    case 0xCC: return .type(EtherType.ipv4, at: next + 1)
    case 0x8E: return .type(EtherType.ipv6, at: next + 1)
    case 0x80: return subnetworkAccess(bytes, at: next + 1)
    case nil: return .skipped(.truncatedLinkHeader)
    default: return .skipped(.notIP)
    }
  }

  /// A SNAP header without LLC: an organization and its type.
  private static func subnetworkAccess(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let organization = bytes.bigEndian16(ifAt: offset),
      let rest = bytes.byte(ifAt: offset + 2), let type = bytes.bigEndian16(ifAt: offset + 3)
    else { return .skipped(.truncatedLinkHeader) }
    switch (organization, rest) {
    case (0, 0): return .type(type, at: offset + 5)
    case (0x0080, 0xC2) where type == 1 || type == 7:
      return .type(EtherType.bridged, at: offset + 5)
    default: return .skipped(.notIP)
    }
  }
}
