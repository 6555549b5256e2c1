import FeatureTables

/// The part of a capture that is in memory, and how the capture ended once it has.
///
/// Positions are valid until the next call of `holds` or `skip`.
struct CaptureWindow: ~Copyable {
  private var source: ByteSource
  private var buffer: SlidingBuffer
  /// Takes frames off, where the capture comes in such.
  private var frames: SensorFrames?
  private var isAtEnd = false
  /// Why decompression stopped early, if it did.
  private(set) var damage: String?
  /// How the capture ended; nil before that.
  private(set) var ending: CaptureEnding?
  /// As large as pays: what was read is still in the second-level cache when it is decoded.
  private static let size = 1 << 18

  init(_ source: consuming ByteSource) {
    self.source = source
    buffer = SlidingBuffer(fullSize: CaptureWindow.size)
  }

  var name: String { source.name }
  /// Where the unread bytes begin in memory.
  @inline(__always)
  var position: Int { buffer.position }
  /// Bytes that are in memory from there on.
  var available: Int { buffer.available }
  /// The position in the decompressed capture.
  var offset: UInt64 { buffer.offset }

  /// Whether `count` bytes lie in memory from `position` on, after reading as needed.
  /// - Throws: `DataError` of kind `inputOutput`. A damaged compressed stream counts as the end.
  @inline(__always)
  mutating func holds(_ count: Int) throws(DataError) -> Bool {
    if buffer.available >= count { return true }
    return try refill(to: count)
  }

  /// Hands bytes that are in memory to `body`; `range` counts like `position`.
  @inline(__always)
  func withBytes<Result>(_ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
    buffer.withBytes(range, body)
  }

  /// The 32-bit integer `offset` bytes ahead, in the byte order of the file; `holds` goes before.
  @inline(__always)
  func integer32(_ offset: Int, isBigEndian: Bool) -> UInt32 {
    buffer.integer32(offset, isBigEndian: isBigEndian)
  }

  /// Steps over `count` bytes that are in memory.
  @inline(__always)
  mutating func advance(_ count: Int) { buffer.advance(count) }

  /// Steps over `count` bytes, in memory or not; false if the file ends before.
  mutating func skip(_ count: Int) throws(DataError) -> Bool {
    var remaining = count
    while remaining > buffer.available {
      remaining -= buffer.available
      buffer.advance(buffer.available)
      guard try refill(to: 1) else { return false }
    }
    buffer.advance(remaining)
    return true
  }

  /// Takes `count` bytes out of what is in memory, `offset` bytes ahead.
  mutating func remove(_ count: Int, at offset: Int) { buffer.remove(count, at: offset) }

  /// The bytes ahead, at most `count`.
  mutating func firstBytes(_ count: Int) throws(DataError) -> [UInt8] {
    let available = try holds(count) ? count : buffer.available
    return buffer.copy(of: position..<position + available)
  }

  /// From here on the capture comes in the frames of a sensor.
  mutating func beginFrames() {
    let unread = buffer.copy(of: position..<position + buffer.available)
    frames = SensorFrames(at: buffer.offset, begunWith: unread)
    buffer.discardUnread()
  }

  /// SHA-256 of the whole file as stored; reads what is left of it. Nil where it is not kept.
  mutating func storedDigest() throws(DataError) -> String? { try source.digestOfWholeFile() }

  private mutating func refill(to count: Int) throws(DataError) -> Bool {
    guard !isAtEnd else { return false }
    do {
      if try readMore(to: count) { return true }
    } catch  where error.kind == .badData {
      damage = error.problem
    }
    isAtEnd = true
    return false
  }

  private mutating func readMore(to count: Int) throws(DataError) -> Bool {
    try buffer.refill(to: count) { bytes, end throws(DataError) in
      if frames != nil { return try frames?.read(into: &bytes, at: end, from: &source) ?? 0 }
      return try source.read(into: &bytes, at: end)
    }
  }
}

extension CaptureWindow {
  /// Ends the capture where it has no more whole record. Gives nil, for the record that is none.
  /// - Parameter start: where the record that is not whole begins; by default the position.
  @discardableResult
  mutating func end(recordAt start: UInt64? = nil) -> PacketRecord? {
    let start = start ?? offset
    let length = offset + UInt64(buffer.available) - start
    if let damage {
      ending = CaptureEnding(state: .damaged, byte: start, reason: damage)
    } else if length > 0 {
      ending = CaptureEnding(
        state: .cut, byte: start, reason: "the last record is cut after \(length) bytes")
    } else {
      ending = .complete
    }
    return nil
  }

  /// Ends the capture at bytes that are no record. Gives nil, as above.
  /// - Parameter start: where they begin; by default the position.
  @discardableResult
  mutating func end(damaged reason: String, at start: UInt64? = nil) -> PacketRecord? {
    ending = CaptureEnding(state: .damaged, byte: start ?? offset, reason: reason)
    return nil
  }
}
