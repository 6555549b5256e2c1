import FeatureTables

/// The part of a capture file that is in memory: what was not used of the last chunk, and the
/// next. Positions are valid until the next call of `holds` or `skip`.
struct CaptureWindow: ~Copyable {
  private var source: ByteSource
  private var bytes: [UInt8] = []
  private(set) var position = 0
  /// Where `bytes` begins in the decompressed file.
  private var base: UInt64 = 0
  private var isAtEnd = false
  /// Why decompression stopped early, if it did.
  private(set) var damage: String?

  /// - Throws: `DataError` of kind `noInput`.
  init(path: String) throws(DataError) {
    source = try ByteSource(path: path)
  }

  var name: String { source.name }
  /// The position in the decompressed file.
  var offset: UInt64 { base + UInt64(position) }
  var available: Int { bytes.count - position }

  /// Whether `count` bytes lie in memory from `position` on, after reading as needed.
  /// - Throws: `DataError` of kind `inputOutput`. A damaged compressed stream counts as the end.
  @inline(__always)
  mutating func holds(_ count: Int) throws(DataError) -> Bool {
    if bytes.count &- position >= count { return true }
    return try refill(to: count)
  }

  /// Hands bytes that are in memory to `body`; `range` counts like `position`.
  @inline(__always)
  func withBytes<Result>(_ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
    // Safe: bytes have no padding, and the range is checked by the span.
    unsafe body(bytes.span.bytes.extracting(range))
  }

  /// The 32-bit integer `offset` bytes ahead, in the byte order of the file; `holds` goes before.
  @inline(__always)
  func integer32(_ offset: Int, isBigEndian: Bool) -> UInt32 {
    // Safe: as above.
    unsafe bytes.span.bytes.integer32(position &+ offset, isBigEndian: isBigEndian)
  }

  /// Steps over `count` bytes that are in memory.
  @inline(__always)
  mutating func advance(_ count: Int) { position += count }

  /// Steps over `count` bytes, in memory or not; false if the file ends before.
  mutating func skip(_ count: UInt64) throws(DataError) -> Bool {
    var remaining = count
    while remaining > UInt64(available) {
      remaining -= UInt64(available)
      position = bytes.count
      guard try refill(to: 1) else { return false }
    }
    position += Int(remaining)
    return true
  }

  /// The first bytes of the file, at most `count`, before anything is stepped over.
  mutating func firstBytes(_ count: Int) throws(DataError) -> [UInt8] {
    _ = try holds(count)
    return Array(bytes.prefix(count))
  }

  /// Reads what is left, so that the digest is that of the whole file, and gives the digest.
  mutating func storedDigest() throws(DataError) -> String {
    while try nextChunk() != nil {}
    return source.storedDigest
  }

  private mutating func refill(to count: Int) throws(DataError) -> Bool {
    while available < count, let chunk = try nextChunk() {
      base += UInt64(position)
      if available == 0 {
        bytes = chunk
      } else {
        bytes.removeSubrange(..<position)
        bytes.append(contentsOf: chunk)
      }
      position = 0
    }
    return available >= count
  }

  private mutating func nextChunk() throws(DataError) -> [UInt8]? {
    guard !isAtEnd else { return nil }
    do {
      if let chunk = try source.next() { return chunk }
    } catch  where error.kind == .badData {
      damage = error.problem
    }
    isAtEnd = true
    return nil
  }
}

extension CaptureWindow {
  /// The ending where the file has no more whole record.
  /// - Parameter start: where the record that is not whole begins; by default the position.
  func endOfFile(recordAt start: UInt64? = nil) -> CaptureEnding {
    let start = start ?? offset
    if let damage { return CaptureEnding(state: .damaged, byte: start, reason: damage) }
    let end = offset + UInt64(available)
    guard end > start else { return .complete }
    return CaptureEnding(
      state: .cut, byte: start, reason: "the last record is cut after \(end - start) bytes")
  }

  func damaged(_ reason: String) -> CaptureEnding {
    CaptureEnding(state: .damaged, byte: offset, reason: reason)
  }
}
