/// Ports of tunnels over UDP.
enum DatagramTunnel {
  static let gtpUser: UInt16 = 2152
  static let genericRouting: UInt16 = 4754
  static let vxlan: UInt16 = 4789
  static let vxlanGeneric: UInt16 = 4790
  static let capwapData: UInt16 = 5247
  static let geneve: UInt16 = 6081
  static let mpls: UInt16 = 6635
  /// That of Linux, from before VXLAN was given one.
  static let vxlanLinux: UInt16 = 8472
  static let tzsp: UInt16 = 37_008

  static func isPort(_ port: UInt16) -> Bool {
    switch port {
    case gtpUser, genericRouting, vxlan, vxlanGeneric, capwapData, geneve, mpls, vxlanLinux, tzsp:
      true
    default: false
    }
  }
}

extension LinkPayload {
  /// What a datagram carries whose payload begins at `offset`; nil where it is no tunnel.
  static func datagram(
    _ bytes: RawSpan, from sourcePort: UInt16, to destinationPort: UInt16, at offset: Int
  ) -> LinkPayload? {
    for port in [destinationPort, sourcePort] {
      switch port {
      case DatagramTunnel.vxlan, DatagramTunnel.vxlanLinux: return vxlan(bytes, at: offset)
      case DatagramTunnel.vxlanGeneric: return vxlanGeneric(bytes, at: offset)
      case DatagramTunnel.geneve: return geneve(bytes, at: offset)
      case DatagramTunnel.gtpUser: return gtpUser(bytes, at: offset)
      case DatagramTunnel.capwapData: return capwap(bytes, at: offset)
      case DatagramTunnel.tzsp: return tzsp(bytes, at: offset)
      case DatagramTunnel.genericRouting: return genericRouting(bytes, at: offset)
      case DatagramTunnel.mpls: return labeled(bytes, at: offset)
      default: continue
      }
    }
    return nil
  }

  /// RFC 7348: the flag says that there is a network identifier; Ethernet follows.
  private static func vxlan(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    guard let flags = bytes.byte(ifAt: offset), flags & 0x08 != 0 else { return nil }
    return .type(EtherType.bridged, at: offset + 8)
  }

  /// VXLAN-GPE (draft-ietf-nvo3-vxlan-gpe): the header names what follows.
  private static func vxlanGeneric(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    guard let flags = bytes.byte(ifAt: offset) else { return nil }
    guard flags & 0x04 != 0 else { return vxlan(bytes, at: offset) }
    return bytes.byte(ifAt: offset + 3).map { numbered($0, at: offset + 8) }
  }

  /// RFC 8926: options by the length in the header, then what the EtherType says.
  private static func geneve(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    guard let first = bytes.byte(ifAt: offset), first >> 6 == 0,
      let type = bytes.bigEndian16(ifAt: offset + 2)
    else { return nil }
    return .type(type, at: offset + 8 + Int(first & 0x3F) * 4)
  }

  /// GTP-U (3GPP TS 29.281, section 5): user data behind optional fields and extension headers.
  private static func gtpUser(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    guard let flags = bytes.byte(ifAt: offset), flags >> 5 == 1, flags & 0x10 != 0,
      bytes.byte(ifAt: offset + 1) == 0xFF
    else { return nil }
    var next = offset + 8
    // Any of the three flags brings all three fields.
    guard flags & 7 != 0 else { return internet(bytes, at: next) }
    guard var kind = bytes.byte(ifAt: next + 3) else { return nil }
    if flags & 4 == 0 { kind = 0 }
    next += 4
    while kind != 0 {
      guard let words = bytes.byte(ifAt: next), words > 0,
        let following = bytes.byte(ifAt: next + Int(words) * 4 - 1)
      else { return nil }
      next += Int(words) * 4
      kind = following
    }
    return internet(bytes, at: next)
  }

  /// CAPWAP data (RFC 5415, section 4.3): frames of wireless clients, as Ethernet or as 802.11.
  private static func capwap(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    // Version 0 in the clear, and no sign of life.
    guard let word = bytes.bigEndian32(ifAt: offset), word >> 24 == 0, word & 0x08 == 0,
      let position = bytes.bigEndian16(ifAt: offset + 6)
    else { return nil }
    // A fragment after the first.
    if word & 0x80 != 0, position >> 3 != 0 { return nil }
    let next = offset + Int(word >> 19 & 0x1F) * 4
    return word & 0x100 == 0
      ? ethernet(bytes, at: next) : wireless(bytes, at: next, mayBeSwapped: true)
  }

  /// TaZmen sniffer protocol: a header, tagged fields up to one that ends them, then the frame.
  private static func tzsp(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    // Version 1, a received packet, which is Ethernet.
    guard bytes.bigEndian32(ifAt: offset) == 0x0100_0001 else { return nil }
    var next = offset + 4
    while let tag = bytes.byte(ifAt: next) {
      switch tag {
      case 1: return .type(EtherType.bridged, at: next + 1)
      case 0: next += 1
      default:
        guard let length = bytes.byte(ifAt: next + 1) else { return nil }
        next += 2 + Int(length)
      }
    }
    return nil
  }
}
