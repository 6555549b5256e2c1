extension RawSpan {
  /// The byte at `offset`; nil where it was not captured.
  func byte(ifAt offset: Int) -> UInt8? {
    offset < byteCount ? byte(offset) : nil
  }

  /// The 16-bit integer in network byte order at `offset`; nil where it was not captured.
  func bigEndian16(ifAt offset: Int) -> UInt16? {
    offset + 2 <= byteCount ? bigEndian16(offset) : nil
  }

  /// The 32-bit integer in network byte order at `offset`; nil where it was not captured.
  func bigEndian32(ifAt offset: Int) -> UInt32? {
    offset + 4 <= byteCount ? bigEndian32(offset) : nil
  }
}
