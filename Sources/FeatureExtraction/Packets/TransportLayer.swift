/// What the header behind IP says: ports, flags, or type and code of a control message.
///
/// A header of which fewer bytes were captured than needed (14 of TCP, 8 of UDP, 12
/// of SCTP) says nothing: ports 0, no flags.
struct TransportLayer {
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0
  var flags: TCPFlags = []
  var controlMessage: UInt16 = 0

  init() {}

  @inline(__always)
  init(_ bytes: RawSpan, protocolNumber: UInt8, at offset: Int) {
    let captured = bytes.byteCount - offset
    switch protocolNumber {
    case IPProtocol.tcp where captured >= 14:
      flags = TCPFlags(rawValue: bytes.byte(offset + 13))
    case IPProtocol.udp where captured >= 8, IPProtocol.sctp where captured >= 12:
      break
    case IPProtocol.icmp where captured >= 2, IPProtocol.icmp6 where captured >= 2:
      controlMessage = bytes.bigEndian16(offset)
      return
    default:
      return
    }
    sourcePort = bytes.bigEndian16(offset)
    destinationPort = bytes.bigEndian16(offset + 2)
  }
}
