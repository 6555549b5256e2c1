/// What a layer below IP says of the bytes behind it.
enum LinkPayload {
  /// A number of the registry of EtherTypes, and where what it names begins.
  case type(UInt16, at: Int)
  case skipped(SkipReason)
}

/// EtherTypes (IEEE Std 802) that are stepped over or that carry IP.
enum EtherType {
  static let ipv4: UInt16 = 0x0800
  static let ipv6: UInt16 = 0x86DD
  static let mpls: UInt16 = 0x8847
  static let mplsMulticast: UInt16 = 0x8848
  static let pppoeSession: UInt16 = 0x8864
  static let pointToPoint: UInt16 = 0x880B
  /// Ethernet inside GRE.
  static let bridged: UInt16 = 0x6558
  /// IEEE 802.1BR and Cisco VN-Tag.
  static let bridgePortTag: UInt16 = 0x893F
  static let virtualNetworkTag: UInt16 = 0x8926
  /// IEEE 802.1ah, MAC in MAC.
  static let providerBackbone: UInt16 = 0x88E7
  static let fabricPath: UInt16 = 0x8903
  static let ciscoMetadata: UInt16 = 0x8909
  static let serviceHeader: UInt16 = 0x894F
  /// IEEE 802.1AE: what follows is encrypted as a rule.
  static let macSecurity: UInt16 = 0x88E5
  /// Below this number a type is the length of an LLC frame (IEEE 802.3, clause 3.2.6).
  static let minimum: UInt16 = 0x0600

  /// 802.1Q, 802.1ad, and the numbers that were in use for stacked tags before it.
  static func isTag(_ type: UInt16) -> Bool {
    type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200
  }

  /// Bytes between the number of a tag and that of what is tagged; nil for what is no tag.
  static func lengthOfTag(_ type: UInt16) -> Int? {
    switch type {
    case _ where isTag(type): 2
    case virtualNetworkTag: 4
    case bridgePortTag, ciscoMetadata: 6
    default: nil
    }
  }
}

extension LinkPayload {
  /// An Ethernet frame that begins at `offset`.
  static func ethernet(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    typed(bytes, typeAt: offset + 12)
  }

  /// What the EtherType or the length at `offset` says of the bytes behind it.
  /// - Parameter nextAt: where they begin; nil for right behind it.
  static func typed(
    _ bytes: RawSpan, typeAt offset: Int, nextAt: Int? = nil
  ) -> LinkPayload {
    guard let type = bytes.bigEndian16(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    let next = nextAt ?? offset + 2
    return type < EtherType.minimum ? logicalLink(bytes, at: next) : .type(type, at: next)
  }

  /// An LLC header, with SNAP or with the service access point of IP (IEEE 802.2, RFC 1042).
  static func logicalLink(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let accessPoints = bytes.bigEndian16(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    switch accessPoints {
    case 0xAAAA:
      guard let organization = bytes.bigEndian32(ifAt: offset + 2),
        let type = bytes.bigEndian16(ifAt: offset + 6)
      else { return .skipped(.truncatedLinkHeader) }
      switch organization {
      // RFC 1042, and 802.1H for what bridges from Ethernet.
      case 0x0300_0000, 0x0300_00F8: return .type(type, at: offset + 8)
      // RFC 2427: a bridged Ethernet frame, with its checksum or without.
      case 0x0300_80C2 where type == 1 || type == 7:
        return .type(EtherType.bridged, at: offset + 8)
      default: return .skipped(.notIP)
      }
    case 0x0606: return .type(EtherType.ipv4, at: offset + 3)
    default: return .skipped(.notIP)
    }
  }

  /// A network service header (RFC 8300), which tells its length and names what follows.
  static func serviceHeader(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let words = bytes.byte(ifAt: offset + 1), let kind = bytes.byte(ifAt: offset + 3) else {
      return .skipped(.truncatedLinkHeader)
    }
    guard words & 0x3F >= 2 else { return .skipped(.malformedLinkHeader) }
    return numbered(kind, at: offset + Int(words & 0x3F) * 4)
  }

  /// The numbers of protocols that network service headers and VXLAN-GPE share.
  static func numbered(_ kind: UInt8, at offset: Int) -> LinkPayload {
    switch kind {
    case 1: .type(EtherType.ipv4, at: offset)
    case 2: .type(EtherType.ipv6, at: offset)
    case 3: .type(EtherType.bridged, at: offset)
    case 4: .type(EtherType.serviceHeader, at: offset)
    case 5: .type(EtherType.mpls, at: offset)
    default: .skipped(.notIP)
    }
  }

  /// A token ring frame (IEEE 802.5): addresses, a route where the source says so, and LLC.
  static func tokenRing(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let source = bytes.byte(ifAt: offset + 8), let route = bytes.byte(ifAt: offset + 14)
    else { return .skipped(.truncatedLinkHeader) }
    return logicalLink(bytes, at: offset + 14 + (source & 0x80 == 0 ? 0 : Int(route & 0x1F)))
  }

  /// IP whose version is that of the first nibble.
  static func internet(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let first = bytes.byte(ifAt: offset) else { return .skipped(.truncatedLinkHeader) }
    switch first >> 4 {
    case 4: return .type(EtherType.ipv4, at: offset)
    case 6: return .type(EtherType.ipv6, at: offset)
    default: return .skipped(.notIP)
    }
  }
}
