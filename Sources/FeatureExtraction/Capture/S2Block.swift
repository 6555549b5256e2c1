/// Decodes blocks of S2: the block form of Snappy (github.com/google/snappy, format_description.txt)
/// and the extension of S2 that a copy with offset 0 repeats the last offset
/// (github.com/klauspost/compress, s2/README.md).
package enum S2Block {
  /// The content of a block as far as the block is sound, and whether that is all of it. A content
  /// that would be longer than `limit` is not begun.
  /// - Complexity: in time and memory the content, which is never longer than the block says.
  package static func decode(_ block: [UInt8], limit: Int) -> (content: [UInt8], isWhole: Bool) {
    var reader = Reader(bytes: block)
    guard let length = reader.variableLength(), length <= limit else { return ([], false) }
    var content: [UInt8] = []
    var offset = 0
    while let tag = reader.byte() {
      let isSound =
        tag & 3 == 0
        ? copyLiteral(tag, &reader, to: &content, length)
        : copyAgain(tag, &reader, in: &content, length, offset: &offset)
      guard isSound else { return (content, false) }
    }
    return (content, content.count == length)
  }

  /// Bytes that follow as they are.
  private static func copyLiteral(
    _ tag: UInt8, _ reader: inout Reader, to content: inout [UInt8], _ length: Int
  ) -> Bool {
    var count = Int(tag >> 2)
    // Longer ones have their length in one to four bytes.
    if count >= 60 {
      guard let value = reader.integer(bytes: count - 59) else { return false }
      count = value
    }
    guard count < length - content.count else { return false }
    // Of a block that is cut, what is there.
    let literal = reader.next(atMost: count + 1)
    content += literal
    return literal.count == count + 1
  }

  /// Bytes that the content has already, `offset` before its end; they may overlap.
  private static func copyAgain(
    _ tag: UInt8, _ reader: inout Reader, in content: inout [UInt8], _ length: Int,
    offset: inout Int
  ) -> Bool {
    guard let count = copyLength(tag, &reader, offset: &offset) else { return false }
    guard offset > 0, offset <= content.count, count <= length - content.count else {
      return false
    }
    for _ in 0..<count { content.append(content[content.count - offset]) }
    return true
  }

  /// How much is copied; sets the offset, unless it is repeated.
  private static func copyLength(
    _ tag: UInt8, _ reader: inout Reader, offset: inout Int
  ) -> Int? {
    guard tag & 3 == 1 else {
      guard let value = reader.integer(bytes: tag & 3 == 2 ? 2 : 4) else { return nil }
      offset = value
      return Int(tag >> 2) + 1
    }
    guard let low = reader.byte() else { return nil }
    let length = Int(tag >> 2 & 7)
    let value = Int(tag & 0xE0) << 3 | Int(low)
    guard value == 0 else {
      offset = value
      return length + 4
    }
    switch length {
    case 5: return reader.integer(bytes: 1).map { $0 + 8 }
    case 6: return reader.integer(bytes: 2).map { $0 + 256 + 4 }
    case 7: return reader.integer(bytes: 3).map { $0 + 65_536 + 4 }
    default: return length + 4
    }
  }
}

/// Reads from the front of a block.
private struct Reader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func byte() -> UInt8? {
    guard position < bytes.count else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func next(atMost count: Int) -> ArraySlice<UInt8> {
    let start = position
    position = min(start + count, bytes.count)
    return bytes[start..<position]
  }

  /// An integer with its lowest byte first.
  mutating func integer(bytes count: Int) -> Int? {
    let bytes = next(atMost: count)
    return bytes.count == count ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : nil
  }

  /// Seven bits a byte, the lowest first, at most 32 in all.
  mutating func variableLength() -> Int? {
    var value = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard let byte = byte() else { return nil }
      value |= Int(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
}
