/// What is rare: tunnels and fragments.
extension PacketDecoder {
  /// IP headers inside others that are followed; what lies deeper is metered as the packet at this
  /// depth.
  static let maximumDepth = 8

  /// Goes on from the outermost IP header of a packet to the innermost that can be reached, and
  /// gives fragments the key of their first. The VLANs of a key are those of the outermost frame.
  @inline(never)
  mutating func decodeInside(
    _ header: PacketHeader, _ internet: InternetLayer, _ bytes: RawSpan, _ record: PacketRecord
  ) -> Result {
    var packet = header
    var internet = internet
    var firsts: [FragmentedPacket] = []
    let tags = header.key.tags
    let link = header.traits.intersection([.isEthernet, .isTagged]).union(.isTunneled)
    for depth in 0...PacketDecoder.maximumDepth {
      if joinsFragments, internet.traits.contains(.isFragment) {
        if internet.traits.contains(.isLaterFragment) {
          // A packet that was fragmented before it was put into a tunnel, whose packet again is
          // a first fragment: those that follow that one follow this.
          for first in firsts { fragments.note(first, packet) }
          return fragments.join(FragmentedPacket(internet, tags), packet)
        }
        firsts.append(FragmentedPacket(internet, tags))
      }
      guard opensTunnels, depth < PacketDecoder.maximumDepth, Tunnel.mayBe(internet, bytes) else {
        break
      }
      // What a length field leaves out is no part of what is inside.
      let visible = bytes.extracting(first: internet.end(in: bytes.byteCount))
      guard let payload = Tunnel.payload(visible, internet, packet),
        case .decoded(let inner) = PacketDecoder.internet(visible, payload)
      else { break }
      packet = PacketHeader.digest(visible, inner, record, link: link, tags: tags)
      internet = inner
    }
    for first in firsts { fragments.note(first, packet) }
    return .metered(packet)
  }
}
