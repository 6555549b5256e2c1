/// The digits that eight characters begin with, all looked at together.
struct LeadingDigits {
  /// 0 to 8.
  let count: Int
  /// 0 where there are none.
  let value: UInt64

  /// - Parameter word: eight characters, the first in the lowest byte.
  @inline(__always)
  init(of word: UInt64) {
    let digits = word ^ 0x3030_3030_3030_3030
    // The top bit of every byte that is above 9. A byte can carry into those above it, but only if
    // it is above 9 itself, so that the lowest is right.
    let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    count = others.trailingZeroBitCount &>> 3
    // The digits as if zeros were in front of them. A shift by 64 needs two steps.
    let padded =
      count == 8 ? digits : (digits &<< 8) &<< UInt64(truncatingIfNeeded: 56 &- 8 &* count)
    value = LeadingDigits.value(of: padded)
  }

  /// Eight digits as a number: neighbors make pairs, those fours, and those the whole, each step by
  /// one multiplication that adds as well.
  @inline(__always)
  private static func value(of digits: UInt64) -> UInt64 {
    let pairs = digits &* 10 &+ digits &>> 8
    let low = pairs & 0x0000_00FF_0000_00FF
    let high = (pairs &>> 16) & 0x0000_00FF_0000_00FF
    return (low &* 0x000F_4240_0000_0064 &+ high &* 0x0000_2710_0000_0001) &>> 32
  }
}

extension RawSpan {
  /// The character at a position, 0 behind the end.
  @inline(__always)
  func character(_ position: Int) -> UInt8 {
    // Safe: positions are never negative, and the end was looked at.
    position < byteCount
      ? unsafe unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self) : 0
  }

  /// Eight characters from a position on, the first in the lowest byte; zeros behind the end.
  @inline(__always)
  func eightCharacters(_ position: Int) -> UInt64 {
    guard position &+ 8 <= byteCount else { return lastCharacters(position) }
    // Safe: positions are never negative, and all eight bytes are there.
    return UInt64(
      littleEndian: unsafe unsafeLoadUnaligned(
        fromUncheckedByteOffset: position, as: UInt64.self))
  }

  @inline(never)
  private func lastCharacters(_ position: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in (position..<Swift.max(position, byteCount)).reversed() {
      word = word << 8 | UInt64(character(index))
    }
    return word
  }
}
