/// What an IP header says: who talks to whom, by which protocol, and where that begins.
struct InternetLayer {
  let source, destination: IPAddress
  /// The last of the chain: what carries the payload.
  let protocolNumber: UInt8
  /// Where the transport header begins; nil in fragments after the first, and where the header
  /// chain was not captured to its end.
  let transport: Int?
  /// Bytes of the packet by its length field, this header included; 0 where the field is 0.
  let length: Int
  /// Bytes of this header with its options or extension headers, as far as they are known.
  let headerLength: Int
  let timeToLive: UInt8
  /// What the header says of fragments.
  let traits: PacketTraits

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
    let fragment = bytes.bigEndian16(offset + 6)
    let isLaterFragment = fragment & 0x1FFF != 0
    var traits: PacketTraits = fragment & 0x4000 != 0 ? .dontFragment : []
    if fragment & 0x3FFF != 0 { traits.insert(.isFragment) }
    if isLaterFragment { traits.insert(.isLaterFragment) }
    let transport = offset + headerLength
    return .decoded(
      InternetLayer(
        source: IPAddress(version4: bytes.bigEndian32(offset + 12)),
        destination: IPAddress(version4: bytes.bigEndian32(offset + 16)),
        protocolNumber: bytes.byte(offset + 9),
        transport: isLaterFragment || transport > bytes.byteCount ? nil : transport,
        length: Int(bytes.bigEndian16(offset + 2)), headerLength: headerLength,
        timeToLive: bytes.byte(offset + 8), traits: traits))
  }

  /// An IPv6 header (RFC 8200) with its extension headers.
  static func version6(_ bytes: RawSpan, at offset: Int) -> Result {
    guard bytes.byteCount >= offset + 40 else { return .skipped(.truncatedIPHeader) }
    guard bytes.byte(offset) >> 4 == 6 else { return .skipped(.malformedIPHeader) }
    let payloadLength = Int(bytes.bigEndian16(offset + 4))
    let chain = lastHeader(bytes, first: bytes.byte(offset + 6), at: offset + 40)
    return .decoded(
      InternetLayer(
        source: address6(bytes, at: offset + 8), destination: address6(bytes, at: offset + 24),
        protocolNumber: chain.protocolNumber, transport: chain.transport,
        length: payloadLength == 0 ? 0 : payloadLength + 40,
        headerLength: chain.end - offset, timeToLive: bytes.byte(offset + 7),
        traits: chain.traits))
  }

  private static func address6(_ bytes: RawSpan, at offset: Int) -> IPAddress {
    IPAddress(
      high: bytes.bigEndian64(offset), low: bytes.bigEndian64(offset + 8), isVersion4: false)
  }

  private struct Chain {
    let protocolNumber: UInt8
    let transport: Int?
    /// Where the last header that was read ends.
    let end: Int
    let traits: PacketTraits
  }

  /// Follows the extension headers. Each is at least 8 bytes long, which bounds the steps.
  private static func lastHeader(_ bytes: RawSpan, first: UInt8, at start: Int) -> Chain {
    var next = first
    var offset = start
    var traits: PacketTraits = []
    while true {
      let length: Int
      switch next {
      case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.destinationOptions,
        IPProtocol.shim6, IPProtocol.authentication, IPProtocol.fragment:
        guard bytes.byteCount >= offset + 8 else {
          return Chain(protocolNumber: next, transport: nil, end: offset, traits: traits)
        }
        length = extensionLength(bytes, kind: next, at: offset)
      default:
        let transport = offset > bytes.byteCount ? nil : offset
        return Chain(protocolNumber: next, transport: transport, end: offset, traits: traits)
      }
      if next == IPProtocol.fragment, bytes.bigEndian16(offset + 2) & 0xFFF9 != 0 {
        traits.insert(.isFragment)
        if bytes.bigEndian16(offset + 2) >> 3 != 0 {
          traits.insert(.isLaterFragment)
          return Chain(
            protocolNumber: bytes.byte(offset), transport: nil, end: offset + length,
            traits: traits)
        }
      }
      next = bytes.byte(offset)
      offset += length
    }
  }

  private static func extensionLength(_ bytes: RawSpan, kind: UInt8, at offset: Int) -> Int {
    switch kind {
    case IPProtocol.fragment: 8
    case IPProtocol.authentication: (Int(bytes.byte(offset + 1)) + 2) * 4
    default: (Int(bytes.byte(offset + 1)) + 1) * 8
    }
  }
}
