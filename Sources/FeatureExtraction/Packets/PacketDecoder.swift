/// From the bytes of packets to their digests, in the order of capture. One decoder serves a
/// whole run: fragments look for their first across the captures of it.
package struct PacketDecoder: Sendable {
  package enum Result: Sendable {
    case metered(PacketHeader)
    case skipped(SkipReason)
    /// A fragment that waits for the first of its packet: it comes out of `takeReleased`.
    case held
  }

  let opensTunnels, joinsFragments: Bool
  private let readsTags: Bool
  /// Neither: the IP header that is found first says it all.
  private let isPlain: Bool
  var fragments = FragmentTable()

  package init(
    tunnels: TunnelMode, fragments: FragmentMode, vlan: VLANMode = .ignore
  ) {
    opensTunnels = tunnels == .inner
    joinsFragments = fragments == .join
    readsTags = vlan == .key
    isPlain = !opensTunnels && !joinsFragments
  }

  /// Whether packets were released that are to be metered before the one decoded last; asked
  /// after each `decode` and after `endOfInput`.
  @inline(__always)
  package var hasReleased: Bool { !fragments.released.isEmpty }

  /// The released packets in the order in which they were captured.
  package mutating func takeReleased() -> [PacketHeader] { fragments.takeReleased() }

  /// Releases all packets that are still held.
  package mutating func endOfInput() { fragments.releaseAll() }

  /// Decodes the captured bytes of one packet, whatever they are.
  @inline(__always)
  package mutating func decode(_ bytes: RawSpan, _ record: PacketRecord) -> Result {
    if record.time > fragments.deadline { fragments.expire(at: record.time) }
    // Nearly all packets are these. The rest goes out of line and begins again: to hand over what
    // is known would cost all packets a third of their time, and so would a digest before it.
    if record.linkType == .ethernet, bytes.byteCount >= 34,
      case .decoded(let internet) = PacketDecoder.untagged(bytes),
      isPlain || !mayBeInside(internet, bytes)
    {
      return .metered(PacketHeader.digest(bytes, internet, record, link: .isEthernet))
    }
    return decodeAny(bytes, record)
  }

  /// Whether there is more to know: a packet inside, or the first fragment of the same packet.
  @inline(always)
  private func mayBeInside(_ internet: InternetLayer, _ bytes: RawSpan) -> Bool {
    joinsFragments && internet.traits.contains(.isFragment)
      || opensTunnels && Tunnel.mayBe(internet, bytes)
  }

  /// The IP header of an Ethernet frame without tags.
  @inline(__always)
  private static func untagged(_ bytes: RawSpan) -> InternetLayer.Result {
    switch bytes.bigEndian16(12) {
    case EtherType.ipv4: InternetLayer.version4(bytes, at: 14)
    case EtherType.ipv6: InternetLayer.version6(bytes, at: 14)
    default: .skipped(.notIP)
    }
  }

  /// Decodes a packet of any kind.
  @inline(never)
  private mutating func decodeAny(_ bytes: RawSpan, _ record: PacketRecord) -> Result {
    let payload = LinkLayer.payload(of: bytes, linkType: record.linkType)
    let internet: InternetLayer
    switch PacketDecoder.internet(bytes, payload) {
    case .decoded(let layer): internet = layer
    case .skipped(let reason):
      return .skipped(PacketDecoder.reason(reason, bytes, record))
    }
    // Where the link header says nothing about IP, what passes for IP may be something else.
    if record.linkType.isRawInternet, internet.length > Int(record.originalLength),
      LinkLayer.fitsAnother(
        bytes, declared: record.linkType, originalLength: record.originalLength)
    {
      return .skipped(.linkTypeMismatch)
    }
    let link = PacketDecoder.linkTraits(bytes, record)
    let tags = readsTags ? LinkLayer.tags(of: bytes, linkType: record.linkType) : VLANTags()
    let header = PacketHeader.digest(bytes, internet, record, link: link, tags: tags)
    return mayBeInside(internet, bytes)
      ? decodeInside(header, internet, bytes, record) : .metered(header)
  }

  /// The IP header that a link layer or a tunnel leads to.
  @inline(never)
  static func internet(_ bytes: RawSpan, _ payload: LinkLayer.Payload) -> InternetLayer.Result {
    switch payload {
    case .version4(let offset): InternetLayer.version4(bytes, at: offset)
    case .version6(let offset): InternetLayer.version6(bytes, at: offset)
    case .skipped(let reason): .skipped(reason)
    }
  }

  /// Why a packet is skipped: for the reason at hand, or since its link type is another.
  private static func reason(
    _ reason: SkipReason, _ bytes: RawSpan, _ record: PacketRecord
  ) -> SkipReason {
    switch reason {
    case .notIP, .truncatedLinkHeader, .malformedLinkHeader, .truncatedIPHeader,
      .malformedIPHeader:
      LinkLayer.fitsAnother(
        bytes, declared: record.linkType, originalLength: record.originalLength)
        ? .linkTypeMismatch : reason
    default: reason
    }
  }

  private static func linkTraits(_ bytes: RawSpan, _ record: PacketRecord) -> PacketTraits {
    guard record.linkType == .ethernet else { return [] }
    let isTagged = bytes.bigEndian16(ifAt: 12).map(EtherType.isTag) ?? false
    return isTagged ? [.isEthernet, .isTagged] : .isEthernet
  }
}

extension LinkType {
  /// Whether packets begin with IP right away.
  fileprivate var isRawInternet: Bool {
    self == .raw || self == .rawBSD || self == .rawOpenBSD || self == .ipv4 || self == .ipv6
  }
}
