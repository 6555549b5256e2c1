/// From the bytes of a packet to its digest.
package enum PacketDecoder {
  package enum Result {
    case metered(PacketHeader)
    case skipped(SkipReason)
  }

  /// Decodes the captured bytes of one packet, whatever they are.
  @inline(__always)
  package static func decode(_ bytes: RawSpan, _ record: PacketRecord) -> Result {
    let result: InternetLayer.Result
    switch LinkLayer.payload(of: bytes, linkType: record.linkType) {
    case .version4(let offset): result = InternetLayer.version4(bytes, at: offset)
    case .version6(let offset): result = InternetLayer.version6(bytes, at: offset)
    case .skipped(let reason): return .skipped(reason)
    }
    switch result {
    case .decoded(let internet): return .metered(digest(bytes, internet, record))
    case .skipped(let reason): return .skipped(reason)
    }
  }

  @inline(__always)
  private static func digest(
    _ bytes: RawSpan, _ internet: InternetLayer, _ record: PacketRecord
  ) -> PacketHeader {
    let transport =
      internet.transport.map {
        TransportLayer(bytes, protocolNumber: internet.protocolNumber, at: $0)
      } ?? TransportLayer()
    let (key, sourceIsLower) = FlowKey.ordered(
      source: internet.source, sourcePort: transport.sourcePort,
      destination: internet.destination, destinationPort: transport.destinationPort,
      protocolNumber: internet.protocolNumber)
    return PacketHeader(
      key: key, time: record.time, frameLength: record.originalLength,
      controlMessage: transport.controlMessage, flags: transport.flags,
      isFromLower: sourceIsLower)
  }
}
