/// What the header behind IP says: ports, flags, or type and code of a control message.
///
/// A header of which fewer bytes were captured, or are in the packet by its IP length, than
/// needed (14 of TCP, 8 of UDP, 12 of SCTP) says nothing: ports 0, no flags, no length.
struct TransportLayer {
  var sourcePort: UInt16 = 0
  var destinationPort: UInt16 = 0
  var flags: TCPFlags = []
  var controlMessage: UInt16 = 0
  var sequence: UInt32 = 0
  var window: UInt16 = 0
  /// Bytes of the header; 0 where it says nothing and for other protocols.
  var headerLength: UInt8 = 0

  init() {}

  /// - Parameter end: where the packet ends by its IP length, or what was captured of it.
  @inline(__always)
  init(_ bytes: RawSpan, protocolNumber: UInt8, at offset: Int, end: Int) {
    let available = end - offset
    switch protocolNumber {
    case IPProtocol.tcp where available >= 14:
      flags = TCPFlags(rawValue: bytes.byte(offset + 13))
      headerLength = max(20, (bytes.byte(offset + 12) >> 4) * 4)
      sequence = bytes.bigEndian32(offset + 4)
      if available >= 16 { window = bytes.bigEndian16(offset + 14) }
    case IPProtocol.udp where available >= 8:
      headerLength = 8
    case IPProtocol.sctp where available >= 12:
      headerLength = 12
    case IPProtocol.icmp where available >= 2, IPProtocol.icmp6 where available >= 2:
      controlMessage = bytes.bigEndian16(offset)
      return
    default:
      return
    }
    sourcePort = bytes.bigEndian16(offset)
    destinationPort = bytes.bigEndian16(offset + 2)
  }
}
