import FeatureTables

/// A buffer that is used again and again: what is unread moves to its front when more is read.
///
/// It begins small, which serves many small files, and grows to its full size once reading fills it;
/// beyond that only for a record that needs more, and only as far as bytes come.
struct SlidingBuffer: ~Copyable {
  private var bytes: [UInt8]
  /// Where the unread bytes begin; valid until the next `refill`.
  private(set) var position = 0
  private var end = 0
  /// Bytes that were stepped over and moved out.
  private var passed: UInt64 = 0

  private let fullSize: Int
  private static let firstSize = 1 << 16

  /// - Parameter fullSize: how much is read at once from a large file.
  init(fullSize: Int) {
    self.fullSize = fullSize
    bytes = [UInt8](repeating: 0, count: min(fullSize, SlidingBuffer.firstSize))
  }

  /// Bytes that are unread.
  @inline(__always)
  var available: Int { end &- position }
  /// The position, counted from the first byte that was ever read.
  var offset: UInt64 { passed + UInt64(position) }

  /// Steps over `count` bytes of those that are unread.
  @inline(__always)
  mutating func advance(_ count: Int) { position += count }

  /// Hands bytes to `body`; `range` counts like `position`.
  @inline(__always)
  func withBytes<Result>(_ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
    // Safe: bytes have no padding, and the range is checked by the span.
    unsafe body(bytes.span.bytes.extracting(range))
  }

  /// Bytes in an array of their own; `range` counts like `position`.
  func copy(of range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  /// The 32-bit integer `offset` bytes ahead, which must be there.
  @inline(__always)
  func integer32(_ offset: Int, isBigEndian: Bool) -> UInt32 {
    // Safe: as above.
    unsafe bytes.span.bytes.integer32(position &+ offset, isBigEndian: isBigEndian)
  }

  /// Reads until `count` bytes are unread.
  /// - Parameter read: reads over what lies in an array from an index on, and gives the number of
  ///   bytes, which is 0 at the end only.
  /// - Returns: false at the end.
  mutating func refill(
    to count: Int, _ read: (inout [UInt8], Int) throws(DataError) -> Int
  ) throws(DataError) -> Bool {
    let wasFilled = end == bytes.count
    moveToFront()
    if wasFilled, bytes.count < fullSize { grow(to: min(4 * bytes.count, fullSize)) }
    while available < count {
      if end == bytes.count { grow(to: min(count, 2 * end)) }
      let more = try read(&bytes, end)
      guard more > 0 else { return false }
      end += more
    }
    return true
  }

  /// Adds bytes to those that are unread.
  mutating func append(_ more: [UInt8]) {
    grow(to: max(bytes.count, end + more.count))
    bytes.replaceSubrange(end..<end + more.count, with: more)
    end += more.count
  }

  /// Forgets the bytes that are unread.
  mutating func discardUnread() { end = position }

  /// Takes `count` bytes out that lie `offset` bytes ahead.
  mutating func remove(_ count: Int, at offset: Int) {
    precondition(offset + count <= available)
    // What lies before is the shorter part as a rule.
    for index in stride(from: position + offset - 1, through: position, by: -1) {
      bytes[index + count] = bytes[index]
    }
    position += count
  }

  private mutating func moveToFront() {
    guard position > 0 else { return }
    let unread = position..<end
    unsafe bytes.withUnsafeMutableBytes { buffer in
      // Safe: the slice is checked; the copy allows for overlap.
      unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
    }
    passed += UInt64(position)
    (position, end) = (0, unread.count)
  }

  private mutating func grow(to size: Int) {
    bytes.append(contentsOf: repeatElement(0, count: size - bytes.count))
  }
}
