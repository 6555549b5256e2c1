import FeatureExtraction

extension PacketDecoder {
  /// Decodes the first `length` bytes of a frame.
  mutating func decode(
    _ frame: [UInt8], prefix length: Int? = nil, linkType: UInt16 = 1, at time: Int64 = 5,
    originalLength: Int? = nil
  ) -> Result {
    let bytes = Array(frame.prefix(length ?? frame.count))
    let record = PacketRecord(
      time: time, originalLength: UInt32(originalLength ?? frame.count),
      linkType: LinkType(rawValue: linkType), start: 0, capturedLength: bytes.count)
    // Safe: bytes have no padding.
    return unsafe decode(bytes.span.bytes, record)
  }
}

/// Decodes the first `length` bytes of a frame by a decoder of its own.
func decode(
  _ frame: [UInt8], prefix length: Int? = nil, linkType: UInt16 = 1,
  tunnels: TunnelMode = .outer, originalLength: Int? = nil
) -> PacketDecoder.Result {
  var decoder = PacketDecoder(tunnels: tunnels, fragments: .separate)
  return decoder.decode(
    frame, prefix: length, linkType: linkType, originalLength: originalLength)
}

extension PacketDecoder.Result {
  /// The digest; nil where the packet was not metered.
  var header: PacketHeader? {
    guard case .metered(let header) = self else { return nil }
    return header
  }
}

/// `protocol lowerPort-upperPort flags`, or the reason for which there is none.
func summary(_ result: PacketDecoder.Result) -> String {
  switch result {
  case .metered(let header): summary(header)
  case .skipped(let reason): reason.rawValue
  case .held: "held"
  }
}

func summary(_ header: PacketHeader) -> String {
  let key = header.key
  return "\(key.protocolNumber) \(key.lowerPort)-\(key.upperPort) \(header.flags.rawValue)"
}
