/// Packets inside packets: which headers between two IP headers are known, and where the inner
/// one begins.
enum Tunnel {
  /// Whether protocol and ports are those of a tunnel.
  @inline(__always)
  static func mayBe(_ internet: InternetLayer, _ bytes: RawSpan) -> Bool {
    switch internet.protocolNumber {
    case IPProtocol.tcp: false
    case IPProtocol.udp:
      if let start = internet.transport, start + 4 <= bytes.byteCount {
        DatagramTunnel.isPort(bytes.bigEndian16(start))
          || DatagramTunnel.isPort(bytes.bigEndian16(start + 2))
      } else {
        false
      }
    case IPProtocol.ipv4, IPProtocol.ipv6, IPProtocol.genericRouting, IPProtocol.etherIP,
      IPProtocol.mplsInIP:
      true
    default: false
    }
  }

  /// Where the packet inside begins; nil where there is none to be seen.
  static func payload(
    _ bytes: RawSpan, _ internet: InternetLayer, _ header: PacketHeader
  ) -> LinkLayer.Payload? {
    guard let start = internet.transport else { return nil }
    let inside: LinkPayload?
    switch internet.protocolNumber {
    case IPProtocol.ipv4, IPProtocol.ipv6: inside = .internet(bytes, at: start)
    case IPProtocol.genericRouting: inside = .genericRouting(bytes, at: start)
    // RFC 3378: a version and 12 reserved bits.
    case IPProtocol.etherIP: inside = .ethernet(bytes, at: start + 2)
    case IPProtocol.mplsInIP: inside = .labeled(bytes, at: start)
    case IPProtocol.udp where header.headerLength > 0:
      inside = .datagram(
        bytes, from: header.sourcePort, to: header.destinationPort, at: start + 8)
    default: inside = nil
    }
    return inside.map { LinkLayer.resolved($0, in: bytes) }
  }
}
