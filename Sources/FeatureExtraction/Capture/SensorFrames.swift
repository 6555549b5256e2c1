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
  /// What is thrown once the records before it were handed out.
  private var damage: DataError?

  private static let headerLength = 8
  /// No block is longer, compressed or not; the blocks of PacketStreamer have 65 KiB unless set
  /// otherwise.
  static let maximumBlockLength = 4 << 20

  /// - Parameter bytes: those of the frames that were read already.
  init(at start: UInt64, begunWith bytes: [UInt8]) {
    self.start = start
    buffer = SlidingBuffer(fullSize: 1 << 17)
    buffer.append(bytes)
  }

  /// Reads records as `ByteSource` does.
  /// - Throws: `DataError` of kind `badData` where no whole frame follows. What is sound of a frame
  ///   was handed out then.
  mutating func read(
    into output: inout [UInt8], at offset: Int, from source: inout ByteSource
  ) throws(DataError) -> Int {
    while recordsStart == records.count {
      if let damage { throw damage }
      guard try nextFrame(from: &source) else { return 0 }
    }
    let count = min(output.count - offset, records.count - recordsStart)
    output.replaceSubrange(
      offset..<offset + count, with: records[recordsStart..<recordsStart + count])
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
      throw damaged("does not begin with the magic", in: source.name)
    }
    let length = Int(buffer.integer32(4, isBigEndian: false))
    guard length <= SensorFrames.maximumBlockLength else {
      throw damaged("would be \(length) bytes long", in: source.name)
    }
    let isThere = try holds(SensorFrames.headerLength + length, from: &source)
    let blockStart = buffer.position + SensorFrames.headerLength
    let blockEnd = min(blockStart + length, buffer.position + buffer.available)
    let (content, isWhole) = S2Block.decode(
      buffer.copy(of: blockStart..<blockEnd), limit: SensorFrames.maximumBlockLength)
    if !isThere || !isWhole {
      damage = damaged(isThere ? "is no sound S2 block" : "is cut", in: source.name)
    }
    (records, recordsStart) = (content, 0)
    buffer.advance(blockEnd - buffer.position)
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
