/// From the bytes of packets to their digests, in the order of capture. One decoder serves a
/// whole run: fragments look for their first across the captures of it.
package struct PacketDecoder: Sendable {
  package enum Result {
    case metered(PacketHeader)
    case skipped(SkipReason)
    /// A fragment that waits for the first of its packet: it comes out of `takeReleased`.
    case held
  }

  /// Packets that were held and are now to be metered, before the one decoded last.
  private var released: [PacketHeader] = []

  package init(tunnels: TunnelMode, fragments: FragmentMode) {}

  /// Whether a packet was released; asked after each `decode` and after `endOfInput`.
  @inline(__always)
  package var hasReleased: Bool { !released.isEmpty }

  /// The released packets in the order in which they were captured.
  package mutating func takeReleased() -> [PacketHeader] {
    defer { released.removeAll() }
    return released
  }

  /// Releases all packets that are still held.
  package mutating func endOfInput() {}

  /// Decodes the captured bytes of one packet, whatever they are.
  @inline(__always)
  package mutating func decode(_ bytes: RawSpan, _ record: PacketRecord) -> Result {
    let start: Int
    let result: InternetLayer.Result
    switch LinkLayer.payload(of: bytes, linkType: record.linkType) {
    case .version4(let offset):
      (start, result) = (offset, InternetLayer.version4(bytes, at: offset))
    case .version6(let offset):
      (start, result) = (offset, InternetLayer.version6(bytes, at: offset))
    case .skipped(let reason): return .skipped(reason)
    }
    switch result {
    case .decoded(let internet): return .metered(Self.digest(bytes, internet, at: start, record))
    case .skipped(let reason): return .skipped(reason)
    }
  }

  /// - Parameter start: where the IP header begins.
  @inline(__always)
  private static func digest(
    _ bytes: RawSpan, _ internet: InternetLayer, at start: Int, _ record: PacketRecord
  ) -> PacketHeader {
    let transport =
      internet.transport.map {
        TransportLayer(bytes, protocolNumber: internet.protocolNumber, at: $0)
      } ?? TransportLayer()
    let (key, sourceIsLower) = FlowKey.ordered(
      source: internet.source, sourcePort: transport.sourcePort,
      destination: internet.destination, destinationPort: transport.destinationPort,
      protocolNumber: internet.protocolNumber)
    var traits = internet.traits
    if sourceIsLower { traits.insert(.isFromLower) }
    if record.linkType == .ethernet {
      traits.insert(.isEthernet)
      // Untagged, IP begins behind two addresses and the type.
      if start > 14 { traits.insert(.isTagged) }
    }
    let length =
      internet.length > 0 ? internet.length : max(0, Int(record.originalLength) - start)
    let headers = internet.headerLength + Int(transport.headerLength)
    let carriesPayload = transport.headerLength > 0
    return PacketHeader(
      key: key, time: record.time, frameLength: record.originalLength,
      internetLength: UInt32(truncatingIfNeeded: length),
      payloadLength: carriesPayload ? UInt32(truncatingIfNeeded: max(0, length - headers)) : 0,
      capturedPayload: carriesPayload
        ? UInt32(truncatingIfNeeded: max(0, bytes.byteCount - start - headers)) : 0,
      sequence: transport.sequence, window: transport.window,
      controlMessage: transport.controlMessage, headerLength: transport.headerLength,
      timeToLive: internet.timeToLive, flags: transport.flags, traits: traits)
  }
}
