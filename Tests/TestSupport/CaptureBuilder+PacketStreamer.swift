/// The forms of PacketStreamer, as DESIGN describes them byte by byte.
extension CaptureBuilder {
  /// In front of frames, and in place of a pcap header in a Kafka stream.
  public static let packetStreamerMagic: [UInt8] = [0xDE, 0xEF, 0xEC, 0xE0]

  /// What a Kafka topic holds, all values together.
  /// - Parameter seams: offsets in the records where the magic comes again, in rising order.
  public func kafkaStream(seams: [Int] = []) -> [UInt8] {
    let records = Array(pcap().dropFirst(24))
    var stream = CaptureBuilder.packetStreamerMagic
    var done = 0
    for seam in seams where seam <= records.count {
      stream += records[done..<seam] + CaptureBuilder.packetStreamerMagic
      done = seam
    }
    return stream + records[done...]
  }

  /// A file of a sensor.
  /// - Parameters:
  ///   - recordsPerFrame: how many packets a frame holds.
  ///   - compress: makes the block of a frame; by default one without any copy.
  public func sensorFile(
    recordsPerFrame: Int = 3, compress: ([UInt8]) -> [UInt8] = CaptureBuilder.literalBlock
  ) -> [UInt8] {
    let header = Array(pcap().prefix(24))
    var file = header
    for start in stride(from: 0, to: packets.count, by: recordsPerFrame) {
      let part = Array(packets[start..<min(start + recordsPerFrame, packets.count)])
      let records = CaptureBuilder(part, linkType: linkType).pcap().dropFirst(24)
      file += CaptureBuilder.frame(compress(Array(records)))
    }
    return file
  }

  /// A frame around a block.
  public static func frame(_ block: [UInt8]) -> [UInt8] {
    var frame = ByteBuilder(bigEndian: false)
    frame.bytes = packetStreamerMagic
    frame.add32(UInt32(block.count))
    return frame.bytes + block
  }

  /// A Snappy block of one literal.
  public static func literalBlock(_ content: [UInt8]) -> [UInt8] {
    var block = ByteBuilder(bigEndian: false)
    block.bytes = variableLength(content.count)
    guard !content.isEmpty else { return block.bytes }
    block.bytes.append(62 << 2)
    block.add32(UInt32(content.count - 1))
    block.bytes.removeLast()
    return block.bytes + content
  }

  /// Seven bits a byte, the lowest first.
  public static func variableLength(_ value: Int) -> [UInt8] {
    value < 0x80
      ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80)] + variableLength(value >> 7)
  }
}
