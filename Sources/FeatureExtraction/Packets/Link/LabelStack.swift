/// MPLS (RFC 3032): labels, and behind the last one whatever the ends of the path agreed on.
extension LinkPayload {
  /// Steps over the labels. What follows is not named; it is taken for IP where it begins like
  /// IP, and else for Ethernet of a pseudowire (RFC 4448) where that carries IP.
  static func labeled(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    var next = offset
    while true {
      guard let label = bytes.bigEndian32(ifAt: next) else {
        return .skipped(.truncatedLinkHeader)
      }
      next += 4
      if label & 0x100 != 0 { break }
    }
    guard let first = bytes.byte(ifAt: next) else { return .skipped(.truncatedLinkHeader) }
    // An IPv4 header without options; as an Ethernet address it would be one of a group.
    if first == 0x45 { return internet(bytes, at: next) }
    // The control word of a pseudowire begins with four zeros, and so may an address.
    if first >> 4 == 0, carriesInternet(bytes, at: next + 4) {
      return ethernet(bytes, at: next + 4)
    }
    return carriesInternet(bytes, at: next)
      ? ethernet(bytes, at: next) : internet(bytes, at: next)
  }

  /// Whether the type of an Ethernet frame at `offset` is one that may lead to IP.
  private static func carriesInternet(_ bytes: RawSpan, at offset: Int) -> Bool {
    guard case .type(let type, let next) = ethernet(bytes, at: offset) else { return false }
    switch type {
    case EtherType.ipv4: return bytes.byte(ifAt: next).map { $0 >> 4 == 4 } ?? true
    case EtherType.ipv6: return bytes.byte(ifAt: next).map { $0 >> 4 == 6 } ?? true
    case EtherType.mpls, EtherType.mplsMulticast, EtherType.pppoeSession: return true
    default: return EtherType.isTag(type)
    }
  }
}
