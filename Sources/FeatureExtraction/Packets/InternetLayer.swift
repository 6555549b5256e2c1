/// What an IP header says: who talks to whom, by which protocol, and where that begins.
struct InternetLayer {
  let source, destination: IPAddress
  /// The last of the chain: what carries the payload.
  let protocolNumber: UInt8
  /// Where the transport header begins; nil in fragments after the first, and where the header
  /// chain was not captured to its end.
  let transport: Int?

  enum Result {
    case decoded(InternetLayer)
    case skipped(SkipReason)
  }

  /// An IPv4 header (RFC 791), options included.
  @inline(__always)
  static func version4(_ bytes: RawSpan, at offset: Int) -> Result {
    guard bytes.byteCount >= offset + 20 else { return .skipped(.truncatedIPHeader) }
    let first = bytes.byte(offset)
    let headerLength = Int(first & 15) * 4
    guard first >> 4 == 4, headerLength >= 20 else { return .skipped(.malformedIPHeader) }
    let isLaterFragment = bytes.bigEndian16(offset + 6) & 0x1FFF != 0
    let transport = offset + headerLength
    return .decoded(
      InternetLayer(
        source: IPAddress(version4: bytes.bigEndian32(offset + 12)),
        destination: IPAddress(version4: bytes.bigEndian32(offset + 16)),
        protocolNumber: bytes.byte(offset + 9),
        transport: isLaterFragment || transport > bytes.byteCount ? nil : transport))
  }

  /// An IPv6 header (RFC 8200) with its extension headers.
  static func version6(_ bytes: RawSpan, at offset: Int) -> Result {
    guard bytes.byteCount >= offset + 40 else { return .skipped(.truncatedIPHeader) }
    guard bytes.byte(offset) >> 4 == 6 else { return .skipped(.malformedIPHeader) }
    let chain = lastHeader(bytes, first: bytes.byte(offset + 6), at: offset + 40)
    return .decoded(
      InternetLayer(
        source: address6(bytes, at: offset + 8), destination: address6(bytes, at: offset + 24),
        protocolNumber: chain.protocolNumber, transport: chain.transport))
  }

  private static func address6(_ bytes: RawSpan, at offset: Int) -> IPAddress {
    IPAddress(
      high: bytes.bigEndian64(offset), low: bytes.bigEndian64(offset + 8), isVersion4: false)
  }

  /// Follows the extension headers. Each is at least 8 bytes long, which bounds the steps.
  private static func lastHeader(
    _ bytes: RawSpan, first: UInt8, at start: Int
  ) -> (protocolNumber: UInt8, transport: Int?) {
    var next = first
    var offset = start
    while true {
      let length: Int
      switch next {
      case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.destinationOptions,
        IPProtocol.shim6:
        guard bytes.byteCount >= offset + 8 else { return (next, nil) }
        length = (Int(bytes.byte(offset + 1)) + 1) * 8
      case IPProtocol.authentication:
        guard bytes.byteCount >= offset + 8 else { return (next, nil) }
        length = (Int(bytes.byte(offset + 1)) + 2) * 4
      case IPProtocol.fragment:
        guard bytes.byteCount >= offset + 8 else { return (next, nil) }
        let isLaterFragment = bytes.bigEndian16(offset + 2) >> 3 != 0
        if isLaterFragment { return (bytes.byte(offset), nil) }
        length = 8
      default:
        return (next, offset > bytes.byteCount ? nil : offset)
      }
      next = bytes.byte(offset)
      offset += length
    }
  }
}
