/// What an IP header says: who talks to whom, by which protocol, and where that begins.
struct InternetLayer {
  let source, destination: IPAddress
  /// The last of the chain: what carries the payload.
  let protocolNumber: UInt8
  /// Where the header begins.
  let start: Int
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
  /// What the fragments of one packet have in common; 0 in an IPv6 packet that is none.
  let identification: UInt32

  enum Result {
    case decoded(InternetLayer)
    case skipped(SkipReason)
  }

  /// Where the bytes of the packet end in a span of `count` bytes: what a length field leaves out
  /// is padding of the link layer.
  @inline(__always)
  func end(in count: Int) -> Int {
    length == 0 ? count : min(count, start + length)
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
        protocolNumber: bytes.byte(offset + 9), start: offset,
        transport: isLaterFragment || transport > bytes.byteCount ? nil : transport,
        length: Int(bytes.bigEndian16(offset + 2)), headerLength: headerLength,
        timeToLive: bytes.byte(offset + 8), traits: traits,
        identification: UInt32(bytes.bigEndian16(offset + 4))))
  }

  /// An IPv6 header (RFC 8200) with its extension headers.
  @inline(__always)
  static func version6(_ bytes: RawSpan, at offset: Int) -> Result {
    guard bytes.byteCount >= offset + 40 else { return .skipped(.truncatedIPHeader) }
    guard bytes.byte(offset) >> 4 == 6 else { return .skipped(.malformedIPHeader) }
    let headers = ExtensionHeaders(next: bytes.byte(offset + 6), at: offset + 40)
    return headers.isExtended
      ? extended6(bytes, at: offset, headers) : .decoded(layer6(bytes, at: offset, headers))
  }

  @inline(never)
  private static func extended6(
    _ bytes: RawSpan, at offset: Int, _ headers: ExtensionHeaders
  ) -> Result {
    .decoded(layer6(bytes, at: offset, headers.followed(in: bytes)))
  }

  @inline(__always)
  private static func layer6(
    _ bytes: RawSpan, at offset: Int, _ headers: ExtensionHeaders
  ) -> InternetLayer {
    let payloadLength = Int(bytes.bigEndian16(offset + 4))
    return InternetLayer(
      source: address6(bytes, at: offset + 8), destination: address6(bytes, at: offset + 24),
      protocolNumber: headers.next, start: offset,
      transport: headers.isWhole && headers.end <= bytes.byteCount ? headers.end : nil,
      length: payloadLength == 0 ? 0 : payloadLength + 40,
      headerLength: headers.end - offset, timeToLive: bytes.byte(offset + 7),
      traits: headers.traits, identification: headers.identification)
  }

  @inline(__always)
  private static func address6(_ bytes: RawSpan, at offset: Int) -> IPAddress {
    IPAddress(
      high: bytes.bigEndian64(offset), low: bytes.bigEndian64(offset + 8), isVersion4: false)
  }
}
