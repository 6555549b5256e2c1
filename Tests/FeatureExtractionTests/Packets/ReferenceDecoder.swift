import FeatureExtraction
import Foundation

/// The packets of a capture, decoded by plain indexing into arrays, and nil for those that are no
/// flow's. Shares nothing with the decoder of the product.
func referencePackets(of path: String) throws -> [ReferencePacket?] {
  var reader = try CaptureReader(path: path)
  var packets: [ReferencePacket?] = []
  while let record = try reader.next() {
    let bytes = reader.withBytes(of: record) { span in
      (0..<span.byteCount).map { unsafe span.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
    var decoder = ReferenceDecoder(bytes: bytes)
    packets.append(
      decoder.packet(
        linkType: record.linkType.rawValue, time: record.time,
        size: Double(record.originalLength)))
  }
  return packets
}

struct ReferenceDecoder {
  let bytes: [UInt8]
  /// Where the IP packet ends by its length: what follows is padding.
  private var end = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  func number(_ offset: Int, _ count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    return bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func packet(linkType: UInt16, time: Int64, size: Double) -> ReferencePacket? {
    guard let (version, start) = network(linkType), let first = number(start, 1),
      first >> 4 == version
    else { return nil }
    end = bytes.count
    if let length = number(start + (version == 4 ? 2 : 4), 2), length > 0 {
      end = min(end, start + length + (version == 4 ? 0 : 40))
    }
    return version == 4
      ? version4(start, time: time, size: size) : version6(start, time: time, size: size)
  }

  private func version4(_ start: Int, time: Int64, size: Double) -> ReferencePacket? {
    let headerLength = Int(bytes[start] & 15) * 4
    guard bytes.count >= start + 20, headerLength >= 20 else { return nil }
    func text(_ offset: Int) -> String {
      bytes[offset..<offset + 4].map(String.init).joined(separator: ".")
    }
    let isLater = (number(start + 6, 2) ?? 0) % 8_192 != 0
    return transport(
      Int(bytes[start + 9]), isLater ? nil : start + headerLength, text(start + 12),
      text(start + 16), time: time, size: size)
  }

  private func version6(_ start: Int, time: Int64, size: Double) -> ReferencePacket? {
    guard bytes.count >= start + 40 else { return nil }
    func text(_ offset: Int) -> String {
      var storage = in6_addr()
      unsafe withUnsafeMutableBytes(of: &storage) {
        unsafe $0.copyBytes(from: bytes[offset..<offset + 16])
      }
      var output = [CChar](repeating: 0, count: 64)
      unsafe inet_ntop(AF_INET6, &storage, &output, 64)
      return String(
        decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    var next = Int(bytes[start + 6])
    var offset: Int? = start + 40
    while [0, 43, 44, 51, 60, 135, 139, 140].contains(next), let here = offset {
      guard here + 8 <= bytes.count else {
        offset = nil
        break
      }
      let isLater = next == 44 && (number(here + 2, 2) ?? 0) >= 8
      let length =
        next == 44
        ? 8 : next == 51 ? (Int(bytes[here + 1]) + 2) * 4 : (Int(bytes[here + 1]) + 1) * 8
      next = Int(bytes[here])
      offset = isLater ? nil : here + length
    }
    return transport(next, offset, text(start + 8), text(start + 24), time: time, size: size)
  }

  private func transport(
    _ protocolNumber: Int, _ offset: Int?, _ source: String, _ destination: String, time: Int64,
    size: Double
  ) -> ReferencePacket {
    let needed = [6: 14, 17: 8, 132: 12][protocolNumber]
    var (ports, flags) = ((0, 0), UInt8(0))
    if let offset, let needed, offset + needed <= end {
      ports = (number(offset, 2)!, number(offset + 2, 2)!)
      if protocolNumber == 6 { flags = bytes[offset + 13] }
    }
    return ReferencePacket(
      time: time, source: source, destination: destination, sourcePort: ports.0,
      destinationPort: ports.1, protocolNumber: protocolNumber, size: size, flags: flags)
  }
}
