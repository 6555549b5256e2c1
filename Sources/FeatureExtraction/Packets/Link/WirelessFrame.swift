/// Data frames of IEEE 802.11 and the headers that capture drivers put before them.
extension LinkPayload {
  /// A radiotap header (radiotap.org), then a frame.
  static func radiotap(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard offset + 8 <= bytes.byteCount else { return .skipped(.truncatedLinkHeader) }
    let length = Int(bytes.bigEndian16(offset + 2).byteSwapped)
    guard length >= 8 else { return .skipped(.malformedLinkHeader) }
    let flags = radiotapFlags(bytes, at: offset, length: length)
    // The sender of the capture knows that the frame check failed.
    if flags & 0x40 != 0 { return .skipped(.damagedFrame) }
    return wireless(bytes, at: offset + length, isPadded: flags & 0x20 != 0)
  }

  /// The field "flags" of a radiotap header; 0 where there is none.
  private static func radiotapFlags(_ bytes: RawSpan, at offset: Int, length: Int) -> UInt8 {
    let end = min(bytes.byteCount, offset + length)
    var next = offset + 4
    let present = bytes.bigEndian32(next).byteSwapped
    var word = present
    next += 4
    // Bit 31: another word of the same kind follows.
    while word >> 31 == 1, next + 4 <= end {
      word = bytes.bigEndian32(next).byteSwapped
      next += 4
    }
    guard present & 2 != 0 else { return 0 }
    // Bit 0: a time stamp of 8 bytes comes first, aligned to the start of the header.
    if present & 1 != 0 { next = offset + (next - offset + 7) / 8 * 8 + 8 }
    return next < end ? bytes.byte(next) : 0
  }

  /// The fixed header of Prism cards, or one of AVS in its place, then a frame.
  static func prism(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let first = bytes.bigEndian32(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    return first & 0xFFFF_FFF0 == 0x8021_1000
      ? wlanControl(bytes, at: offset) : wireless(bytes, at: offset + 144)
  }

  /// A header of the AVS capture format, which tells its length, then a frame.
  static func wlanControl(_ bytes: RawSpan, at offset: Int) -> LinkPayload {
    guard let length = bytes.bigEndian32(ifAt: offset + 4) else {
      return .skipped(.truncatedLinkHeader)
    }
    return length < 8
      ? .skipped(.malformedLinkHeader) : wireless(bytes, at: offset + Int(length))
  }

  /// A frame (IEEE Std 802.11, clause 9.2): data frames that are whole and in the clear carry an
  /// LLC header.
  /// - Parameters:
  ///   - isPadded: whether the header is filled up to whole words.
  ///   - mayBeSwapped: whether the bytes of the control field may be in the wrong order, as access
  ///     points of Cisco have it.
  static func wireless(
    _ bytes: RawSpan, at offset: Int, isPadded: Bool = false, mayBeSwapped: Bool = false
  ) -> LinkPayload {
    guard var control = bytes.bigEndian16(ifAt: offset) else {
      return .skipped(.truncatedLinkHeader)
    }
    if mayBeSwapped, control >> 8 & 0x0F != 0x08 { control = control.byteSwapped }
    let (kind, flags) = (UInt8(control >> 8), UInt8(control & 0xFF))
    // Version 0, type 2 is data; of its subtypes those with this bit carry none.
    guard kind & 0x0F == 0x08, kind & 0x40 == 0 else { return .skipped(.notIP) }
    if flags & 0x40 != 0 { return .skipped(.encryptedLink) }
    var length = flags & 3 == 3 ? 30 : 24
    if kind & 0x80 != 0 {
      guard let quality = bytes.byte(ifAt: offset + length) else {
        return .skipped(.truncatedLinkHeader)
      }
      if quality & 0x80 != 0 { return .skipped(.aggregatedFrame) }
      length += flags & 0x80 != 0 ? 6 : 2
    }
    if isPadded { length = (length + 3) / 4 * 4 }
    return logicalLink(bytes, at: offset + length)
  }
}
