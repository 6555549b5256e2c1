/// Finds the IP header behind whatever the link type puts before it.
enum LinkLayer {
  enum Payload {
    /// An IPv4 or IPv6 header should begin at the offset.
    case version4(at: Int)
    case version6(at: Int)
    case skipped(SkipReason)
  }

  /// The IP header of a packet.
  static func payload(of bytes: RawSpan, linkType: LinkType) -> Payload {
    resolved(frame(bytes, linkType: linkType, at: 0), in: bytes)
  }

  /// What the link header that begins at `offset` says.
  static func frame(
    _ bytes: RawSpan, linkType: LinkType, at offset: Int
  ) -> LinkPayload {
    switch linkType {
    case .ethernet: .ethernet(bytes, at: offset)
    case .raw, .rawBSD, .rawOpenBSD, .ipv4, .ipv6: .internet(bytes, at: offset)
    case .linuxCooked: .cooked(bytes, at: offset)
    case .linuxCooked2: .cooked2(bytes, at: offset)
    case .null, .loop: .loopback(bytes, at: offset)
    case .ppp, .pppSerial: .pointToPoint(bytes, at: offset)
    case .pppWithDirection: .pointToPoint(bytes, at: offset + 1)
    case .pppDirection: .pointToPointProtocol(bytes, at: offset + 2)
    case .pppEthernet: .pointToPointOverEthernet(bytes, at: offset)
    case .ciscoHDLC: .ciscoHDLC(bytes, at: offset)
    case .ciscoHDLCWithDirection: .ciscoHDLC(bytes, at: offset + 1)
    case .frameRelay: .frameRelay(bytes, at: offset)
    case .frameRelayWithDirection: .frameRelay(bytes, at: offset + 1)
    case .wireless: .wireless(bytes, at: offset)
    case .wirelessRadiotap: .radiotap(bytes, at: offset)
    case .wirelessPrism: .prism(bytes, at: offset)
    case .wirelessAVS: .wlanControl(bytes, at: offset)
    default: rare(bytes, linkType: linkType, at: offset)
    }
  }

  private static func rare(
    _ bytes: RawSpan, linkType: LinkType, at offset: Int
  ) -> LinkPayload {
    switch linkType {
    case .tokenRing: .tokenRing(bytes, at: offset)
    case .fddi: .logicalLink(bytes, at: offset + 13)
    case .atmRFC1483: .logicalLink(bytes, at: offset)
    case .linuxATM: .logicalLinkOrInternet(bytes, at: offset)
    case .slip: .internet(bytes, at: offset + 16)
    case .solarisIPNET: .internet(bytes, at: offset + 24)
    case .appleFireWire: .typed(bytes, typeAt: offset + 16)
    case .infiniBand: .typed(bytes, typeAt: offset + 40, nextAt: offset + 44)
    case .ethernetBroadcomTag, .ethernetBroadcomPrefix, .ethernetMarvellTag:
      .typed(bytes, typeAt: offset + 16)
    case .ethernetMarvellTypedTag: .typed(bytes, typeAt: offset + 20)
    case .packetFilterLog: .packetFilterLog(bytes, at: offset)
    case .netfilterLog: .netfilterLog(bytes, at: offset)
    case .packetTap, .perPacketInformation: wrapped(bytes, linkType: linkType, at: offset)
    default: .skipped(.unsupportedLinkType)
    }
  }

  /// A header in the order of bytes of Intel that gives its length and the link type behind it.
  private static func wrapped(
    _ bytes: RawSpan, linkType: LinkType, at offset: Int
  ) -> LinkPayload {
    // Such a header in another of its kind would have no end.
    guard offset == 0 else { return .skipped(.malformedLinkHeader) }
    guard bytes.byteCount >= 12 else { return .skipped(.truncatedLinkHeader) }
    let isTap = linkType == .packetTap
    let length =
      isTap ? Int(bytes.bigEndian32(0).byteSwapped) : Int(bytes.bigEndian16(2).byteSwapped)
    let inner = bytes.bigEndian32(isTap ? 8 : 4).byteSwapped
    guard length >= 8, let number = UInt16(exactly: inner) else {
      return .skipped(.malformedLinkHeader)
    }
    return frame(bytes, linkType: LinkType(rawValue: number), at: length)
  }

  /// Steps over what may stand between a link header and IP: tags, labels, PPPoE, and Ethernet
  /// inside Ethernet. Each step goes forward, which bounds them.
  static func resolved(_ payload: LinkPayload, in bytes: RawSpan) -> Payload {
    var payload = payload
    while true {
      guard case .type(let type, let offset) = payload else { break }
      switch type {
      case EtherType.ipv4: return .version4(at: offset)
      case EtherType.ipv6: return .version6(at: offset)
      case EtherType.mpls, EtherType.mplsMulticast: payload = .labeled(bytes, at: offset)
      case EtherType.pppoeSession: payload = .pointToPointOverEthernet(bytes, at: offset)
      case EtherType.pointToPoint: payload = .pointToPoint(bytes, at: offset)
      case EtherType.bridged: payload = .ethernet(bytes, at: offset)
      case EtherType.providerBackbone: payload = .ethernet(bytes, at: offset + 4)
      case EtherType.serviceHeader: payload = .serviceHeader(bytes, at: offset)
      case EtherType.fabricPath: payload = .ethernet(bytes, at: offset + 2)
      case EtherType.macSecurity: return .skipped(.encryptedLink)
      default:
        guard let length = EtherType.lengthOfTag(type) else { return .skipped(.notIP) }
        payload = .typed(bytes, typeAt: offset + length)
      }
    }
    guard case .skipped(let reason) = payload else { return .skipped(.notIP) }
    return .skipped(reason)
  }
}
