/// Generic routing encapsulation (RFC 2784, 2890), its form for PPTP (RFC 2637), and ERSPAN.
extension LinkPayload {
  /// What a GRE header carries; nil where it is none or has a source route.
  static func genericRouting(_ bytes: RawSpan, at offset: Int) -> LinkPayload? {
    guard let flags = bytes.bigEndian16(ifAt: offset),
      let type = bytes.bigEndian16(ifAt: offset + 2), flags & 0x4000 == 0
    else { return nil }
    let hasSequence = flags & 0x1000 != 0
    var next = offset + 4
    if flags & 0x8000 != 0 { next += 4 }  // checksum
    if flags & 0x2000 != 0 { next += 4 }  // key
    if hasSequence { next += 4 }
    switch flags & 7 {
    case 0: return mirrored(bytes, type: type, at: next, hasSequence: hasSequence)
    case 1:
      if flags & 0x0080 != 0 { next += 4 }  // acknowledgment
      // Without a number it acknowledges only.
      return hasSequence && type == EtherType.pointToPoint ? .type(type, at: next) : nil
    default: return nil
    }
  }

  /// Mirrored frames have a header of ERSPAN more, except for its first version, which is told by
  /// the missing sequence number.
  private static func mirrored(
    _ bytes: RawSpan, type: UInt16, at offset: Int, hasSequence: Bool
  ) -> LinkPayload? {
    switch type {
    case 0x88BE: return .type(EtherType.bridged, at: offset + (hasSequence ? 8 : 0))
    case 0x22EB:
      guard let last = bytes.byte(ifAt: offset + 11) else { return nil }
      // The last bit tells of 8 bytes of the platform.
      return .type(EtherType.bridged, at: offset + (last & 1 == 0 ? 12 : 20))
    // WCCP: a header of 4 bytes in its second version, which begins with zeros.
    case 0x883E:
      return internet(
        bytes, at: bytes.byte(ifAt: offset).map { $0 >> 4 } == 4 ? offset : offset + 4)
    // Aruba: frames of wireless clients.
    case 0x8200...0x82F0: return wireless(bytes, at: offset)
    default: return .type(type, at: offset)
    }
  }
}
