import FeatureExtraction

/// Any bytes as a packet of every link type, several times over, so that fragments meet their
/// first; the first byte chooses what becomes of tunnels, fragments and VLANs.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPackets(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // Safe: libFuzzer passes a buffer of that length.
  let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first else { return 0 }
  let packet = Array(bytes.dropFirst())
  var decoder = PacketDecoder(
    tunnels: choice & 1 == 0 ? .outer : .inner, fragments: choice & 2 == 0 ? .separate : .join,
    vlan: choice & 4 == 0 ? .ignore : .key)
  for linkType: UInt16 in 0..<300 {
    let record = PacketRecord(
      time: Int64(linkType), originalLength: UInt32(packet.count),
      linkType: LinkType(rawValue: linkType), start: 0, capturedLength: packet.count)
    // Safe: bytes have no padding.
    _ = unsafe decoder.decode(packet.span.bytes, record)
    if decoder.hasReleased { _ = decoder.takeReleased() }
  }
  decoder.endOfInput()
  _ = decoder.takeReleased()
  return 0
}
