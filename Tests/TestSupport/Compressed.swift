/// Compressed streams made by hand, so that they can lie about themselves.
public enum Compressed {
  /// A gzip member of stored blocks (RFC 1951 and 1952).
  public static func gzip(_ content: [UInt8], blockSize: Int = 1_000) -> [UInt8] {
    var member = ByteBuilder(bigEndian: false)
    member.bytes = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var start = 0
    repeat {
      let block = content[start..<min(start + blockSize, content.count)]
      start += block.count
      member.bytes.append(start == content.count ? 1 : 0)
      member.add16(UInt16(block.count))
      member.add16(~UInt16(block.count))
      member.bytes += block
    } while start < content.count
    member.add32(checksum(content))
    member.add32(UInt32(truncatingIfNeeded: content.count))
    return member.bytes
  }

  /// A gzip member of `8 * (1 + 258 * 8 * count)` zeros or so that takes about a thousandth of
  /// that, with a wrong checksum at its end.
  /// - Parameter count: of groups of 13 bytes, each a sequence of eight copies of 258 bytes.
  public static func gzipBomb(count: Int) -> [UInt8] {
    // A block with fixed codes: 3 bits of header, then the literal 0 with 8 bits.
    var bits: [UInt8] = [1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0]
    // Length 258 is symbol 285, 8 bits 11000101; distance 1 is symbol 0, 5 bits.
    let copy: [UInt8] = [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]
    while bits.count % 8 != 0 { bits += copy }
    let group = Array(repeatElement(copy, count: 8).joined())
    let head = packed(bits)
    let body = packed(group)
    var bomb: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + head
    for _ in 0..<count { bomb += body }
    // The end of the block is symbol 256, 7 bits of zero.
    return bomb + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  }

  /// A zstd frame of raw blocks (RFC 8878).
  /// - Parameters:
  ///   - contentSize: what the header says of it; nil for nothing.
  ///   - windowExponent: the window is 2 to the power of 10 more.
  public static func zstd(
    _ content: [UInt8], blockSize: Int = 1_000, contentSize: UInt64? = nil,
    windowExponent: UInt8 = 7
  ) -> [UInt8] {
    var frame = zstdHeader(contentSize: contentSize, windowExponent: windowExponent)
    var start = 0
    repeat {
      let block = content[start..<min(start + blockSize, content.count)]
      start += block.count
      frame += blockHeader(size: block.count, type: 0, isLast: start == content.count) + block
    } while start < content.count
    return frame
  }

  /// A zstd frame of `count` blocks of 128 KiB of one byte each, in four bytes a block.
  public static func zstdBomb(_ byte: UInt8, count: Int) -> [UInt8] {
    var frame = zstdHeader(contentSize: nil, windowExponent: 7)
    for index in 0..<count {
      frame += blockHeader(size: 1 << 17, type: 1, isLast: index == count - 1) + [byte]
    }
    return frame
  }

  /// A frame that holds nothing for a reader.
  public static func zstdSkippable(_ content: [UInt8]) -> [UInt8] {
    var frame = ByteBuilder(bigEndian: false)
    frame.bytes = [0x5A, 0x2A, 0x4D, 0x18]
    frame.add32(UInt32(content.count))
    return frame.bytes + content
  }

  private static func zstdHeader(contentSize: UInt64?, windowExponent: UInt8) -> [UInt8] {
    var header = ByteBuilder(bigEndian: false)
    header.bytes = [0x28, 0xB5, 0x2F, 0xFD, contentSize == nil ? 0 : 0xC0, windowExponent << 3]
    if let contentSize { header.add64(contentSize) }
    return header.bytes
  }

  private static func blockHeader(size: Int, type: Int, isLast: Bool) -> [UInt8] {
    let value = size << 3 | type << 1 | (isLast ? 1 : 0)
    return [UInt8(value & 255), UInt8(value >> 8 & 255), UInt8(value >> 16)]
  }

  /// Bits into bytes, the lowest first.
  private static func packed(_ bits: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) }
    }
  }

  /// CRC-32 of IEEE 802.3, bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value = ~UInt32(0)
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}
