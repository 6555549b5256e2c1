extension PacketHeader {
  /// The digest of a packet.
  /// - Parameters:
  ///   - bytes: what was captured of the frame.
  ///   - internet: the IP header that counts.
  ///   - link: what is to be said about the link layer.
  ///   - tags: the VLANs that are part of the key.
  @inline(always)
  static func digest(
    _ bytes: RawSpan, _ internet: InternetLayer, _ record: PacketRecord, link: PacketTraits,
    tags: VLANTags = VLANTags()
  ) -> PacketHeader {
    var transport = TransportLayer()
    if let offset = internet.transport {
      transport = TransportLayer(
        bytes, protocolNumber: internet.protocolNumber, at: offset,
        end: internet.end(in: bytes.byteCount))
    }
    let (key, sourceIsLower) = FlowKey.ordered(
      source: internet.source, sourcePort: transport.sourcePort,
      destination: internet.destination, destinationPort: transport.destinationPort,
      protocolNumber: internet.protocolNumber, tags: tags)
    let length =
      internet.length > 0
      ? internet.length : max(0, Int(record.originalLength) - internet.start)
    let headers = internet.headerLength + Int(transport.headerLength)
    let carriesPayload = transport.headerLength > 0
    let captured = bytes.byteCount - internet.start - headers
    return PacketHeader(
      key: key, time: record.time, frameLength: record.originalLength,
      internetLength: UInt32(truncatingIfNeeded: length),
      payloadLength: carriesPayload ? UInt32(truncatingIfNeeded: max(0, length - headers)) : 0,
      capturedPayload: carriesPayload ? UInt32(truncatingIfNeeded: max(0, captured)) : 0,
      sequence: transport.sequence, window: transport.window,
      controlMessage: transport.controlMessage, headerLength: transport.headerLength,
      timeToLive: internet.timeToLive, flags: transport.flags,
      traits: internet.traits.union(link).union(sourceIsLower ? .isFromLower : []))
  }

  /// The port of the sender.
  var sourcePort: UInt16 { isFromLower ? key.lowerPort : key.upperPort }

  /// The port of the receiver.
  var destinationPort: UInt16 { isFromLower ? key.upperPort : key.lowerPort }
}
