/// One interface of a section of a pcapng file: what its packets begin with, and its clock.
struct PcapngInterface: Sendable {
  let linkType: LinkType
  /// 0 means no limit.
  let snapLength: UInt32
  private(set) var resolution = Resolution(code: 6)
  /// Seconds to add to every time stamp.
  private(set) var offsetSeconds: Int64 = 0

  /// Ticks of a clock: a negative power of ten, or of two where the highest bit is set.
  struct Resolution: Sendable {
    let code: UInt8
  }

  private enum Option {
    static let end: UInt16 = 0
    static let resolution: UInt16 = 9
    static let offset: UInt16 = 14
  }

  /// From the body of an interface description block, options included; nil if it is too short.
  init?(body: RawSpan, isBigEndian: Bool) {
    guard body.byteCount >= 8 else { return nil }
    linkType = LinkType(rawValue: body.integer16(0, isBigEndian: isBigEndian))
    snapLength = body.integer32(4, isBigEndian: isBigEndian)
    var position = 8
    while position + 4 <= body.byteCount {
      let code = body.integer16(position, isBigEndian: isBigEndian)
      let length = Int(body.integer16(position + 2, isBigEndian: isBigEndian))
      position += 4
      guard code != Option.end, position + length <= body.byteCount else { break }
      if code == Option.resolution, length == 1 {
        resolution = Resolution(code: body.byte(position))
      } else if code == Option.offset, length == 8 {
        let raw = body.bigEndian64(position)
        offsetSeconds = Int64(bitPattern: isBigEndian ? raw : raw.byteSwapped)
      }
      position += (length + 3) & ~3
    }
  }

  /// Nanoseconds since 1970, cut to ±`PacketRecord.timeLimit`. Fractions of a nanosecond are
  /// dropped.
  func nanoseconds(_ ticks: UInt64) -> Int64 {
    let (product, isTooLarge) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
    let offset = isTooLarge ? (offsetSeconds < 0 ? Int64.min : Int64.max) : product
    let time = Int128(resolution.nanoseconds(ticks)) + Int128(offset)
    let limit = Int128(PacketRecord.timeLimit)
    return Int64(min(max(time, -limit), limit))
  }
}

extension PcapngInterface.Resolution {
  /// The time of so many ticks in nanoseconds, rounded down.
  func nanoseconds(_ ticks: UInt64) -> UInt128 {
    let exponent = Int(code & 0x7F)
    guard code & 0x80 == 0 else {
      // Up to 2^94: shifting by more than the width gives 0.
      return (UInt128(ticks) * 1_000_000_000) >> UInt128(exponent)
    }
    var time = UInt128(ticks)
    // 10^20 is beyond 64 bits, so that more steps cannot change the 0.
    for _ in 9..<max(9, min(exponent, 30)) { time /= 10 }
    for _ in min(exponent, 9)..<9 { time *= 10 }
    return time
  }
}
