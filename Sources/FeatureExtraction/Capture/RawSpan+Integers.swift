extension RawSpan {
  /// The 16-bit integer in network byte order at `offset`. Traps outside the span: check first.
  @inline(__always)
  func bigEndian16(_ offset: Int) -> UInt16 {
    // Safe: the offset is checked by the span; every bit pattern is an integer.
    unsafe UInt16(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self))
  }

  /// The 32-bit integer in network byte order at `offset`. Traps outside the span: check first.
  @inline(__always)
  func bigEndian32(_ offset: Int) -> UInt32 {
    // Safe: as above.
    unsafe UInt32(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  /// The 64-bit integer in network byte order at `offset`. Traps outside the span: check first.
  @inline(__always)
  func bigEndian64(_ offset: Int) -> UInt64 {
    // Safe: as above.
    unsafe UInt64(bigEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The byte at `offset`. Traps outside the span: check first.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 {
    // Safe: as above.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 32-bit integer at `offset` in the byte order of a file. Traps outside: check first.
  @inline(__always)
  func integer32(_ offset: Int, isBigEndian: Bool) -> UInt32 {
    // Safe: as above.
    let value = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return isBigEndian ? UInt32(bigEndian: value) : UInt32(littleEndian: value)
  }

  /// The 16-bit integer at `offset` in the byte order of a file. Traps outside: check first.
  @inline(__always)
  func integer16(_ offset: Int, isBigEndian: Bool) -> UInt16 {
    // Safe: as above.
    let value = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt16.self)
    return isBigEndian ? UInt16(bigEndian: value) : UInt16(littleEndian: value)
  }
}
