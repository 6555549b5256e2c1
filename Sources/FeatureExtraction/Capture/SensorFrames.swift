import FeatureTables

/// Takes the frames off a file of a PacketStreamer sensor: each is the magic, the length of an S2
/// block in 32 bits with the lowest first, and the block, which holds records.
struct SensorFrames: ~Copyable {
  /// Stored bytes.
  private var buffer: SlidingBuffer
  /// Where the first frame begins in the file.
  private let start: UInt64
  /// What the last block held; from `recordsStart` on it is still to be handed out.
  private var records: [UInt8] = []
  private var recordsStart = 0

  private static let headerLength = 8
  /// No block is longer, compressed or not; the blocks of PacketStreamer have 65 KiB unless set
  /// otherwise.
  static let maximumBlockLength = 4 << 20

  /// - Parameter bytes: those of the frames that were read already.
  init(at start: UInt64, begunWith bytes: [UInt8]) {
    self.start = start
    buffer = SlidingBuffer(size: 1 << 17)
    buffer.append(bytes)
  }

  /// Reads records as `ByteSource` does.
  /// - Throws: `DataError` of kind `badData` where no whole frame follows.
  mutating func read(
    into output: inout [UInt8], at offset: Int, from source: inout ByteSource
  ) throws(DataError) -> Int {
    while recordsStart == records.count {
      guard try nextFrame(from: &source) else { return 0 }
    }
    let count = min(output.count - offset, records.count - recordsStart)
    for index in 0..<count { output[offset + index] = records[recordsStart + index] }
    recordsStart += count
    return count
  }

  /// Decodes the next frame into `records`; false after the last.
  private mutating func nextFrame(from source: inout ByteSource) throws(DataError) -> Bool {
    guard try holds(SensorFrames.headerLength, from: &source) else {
      guard buffer.available == 0 else { throw damaged("is cut", in: source.name) }
      return false
    }
    guard buffer.integer32(0, isBigEndian: true) == PacketStreamer.magicInteger else {
      throw damaged("does not begin", in: source.name)
    }
    let length = Int(buffer.integer32(4, isBigEndian: false))
    guard length <= SensorFrames.maximumBlockLength else {
      throw damaged("would be \(length) bytes long", in: source.name)
    }
    guard try holds(SensorFrames.headerLength + length, from: &source) else {
      throw damaged("is cut", in: source.name)
    }
    let blockStart = buffer.position + SensorFrames.headerLength
    let block = buffer.copy(of: blockStart..<blockStart + length)
    guard let content = S2Block.decode(block, limit: SensorFrames.maximumBlockLength) else {
      throw damaged("is no sound S2 block", in: source.name)
    }
    (records, recordsStart) = (content, 0)
    buffer.advance(SensorFrames.headerLength + length)
    return true
  }

  private mutating func holds(
    _ count: Int, from source: inout ByteSource
  ) throws(DataError) -> Bool {
    if buffer.available >= count { return true }
    return try buffer.refill(to: count) { bytes, end throws(DataError) in
      try source.read(into: &bytes, at: end)
    }
  }

  private func damaged(_ problem: String, in name: String) -> DataError {
    DataError(
      file: name, problem: "the frame at byte \(start + buffer.offset) \(problem)", remedy: "")
  }
}
