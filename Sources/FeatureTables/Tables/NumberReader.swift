/// Reads the text of a cell as a number, rounded correctly.
///
/// Up to 19 digits are exact in integers: a quotient of two exact doubles where both fit
/// (Clinger 1990), else a 128 by 64 bit division whose remainder decides the rounding. Whatever
/// is longer or has a large exponent goes to the standard library.
package struct NumberReader: Sendable {
  /// What a cell turned out to be.
  package enum Kind: UInt8, Sendable {
    case finite
    case empty
    case nan
    case infinity
    case negativeInfinity
    /// Anything else.
    case text
  }

  private let exactPowers: [Double]
  private let integerPowers: [UInt64]

  package init() {
    var exact = 1.0
    var integer: UInt64 = 1
    exactPowers = (0...22).map { _ in
      defer { exact *= 10 }
      return exact
    }
    integerPowers = (0...19).map { power in
      defer { if power < 19 { integer *= 10 } }
      return integer
    }
  }

  /// The number in `bytes[start..<end]`, blanks around it left out; the value is NaN for any kind
  /// but `finite`.
  @inline(__always)
  package func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (kind: Kind, value: Double) {
    var position = start
    guard position < end else { return (.empty, .nan) }
    let isNegative = bytes[position] == UInt8(ascii: "-")
    if isNegative { position &+= 1 }
    let first = position
    var mantissa: UInt64 = 0
    while position < end {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
      position &+= 1
    }
    // The plain integer, the most frequent cell of all.
    if position == end, position > first, position &- first <= 19 {
      let value = Double(mantissa)
      return (.finite, isNegative ? -value : value)
    }
    guard position < end, bytes[position] == UInt8(ascii: "."), position > first else {
      return readCarefully(bytes, start, end)
    }
    let integerDigits = position &- first
    position &+= 1
    while position < end {
      let digit = bytes[position] &- 48
      guard digit < 10 else { break }
      mantissa = mantissa &* 10 &+ UInt64(truncatingIfNeeded: digit)
      position &+= 1
    }
    let fractionDigits = position &- first &- integerDigits &- 1
    guard position == end, integerDigits &+ fractionDigits <= 19 else {
      return readCarefully(bytes, start, end)
    }
    let value = quotient(mantissa, power: fractionDigits)
    return (.finite, isNegative ? -value : value)
  }

  /// `mantissa` / 10^`power`, rounded to the nearest double, ties to even.
  @inline(__always)
  private func quotient(_ mantissa: UInt64, power: Int) -> Double {
    if power == 0 { return Double(mantissa) }
    if mantissa <= 1 << 53 { return Double(mantissa) / exactPowers[power] }
    return longQuotient(mantissa, power: power)
  }

  private func longQuotient(_ mantissa: UInt64, power: Int) -> Double {
    let divisor = integerPowers[power]
    let shift = mantissa.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let dividend = mantissa << shift
    // Both have their top bit set, so half the dividend is below the divisor and the quotient has
    // 63 or 64 bits; a remainder only matters as a bit below all that rounding looks at.
    let (quotient, remainder) = (divisor << divisorShift).dividingFullWidth(
      (dividend >> 1, dividend << 63))
    let sticky = quotient | (remainder == 0 ? 0 : 1)
    return Double(
      sign: .plus, exponent: divisorShift - shift - 63, significand: Double(sticky))
  }

  /// Everything but plain decimals: blanks, signs, exponents, many digits, names.
  @inline(never)
  private func readCarefully(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> (kind: Kind, value: Double) {
    let (start, end) = trimmed(bytes, start, end)
    guard start < end else { return (.empty, .nan) }
    var text: [UInt8] = []
    for index in start..<end { text.append(bytes[index]) }
    guard let number = Decimal(text) else { return (named(text), .nan) }
    let value = value(of: number, text)
    guard value.isFinite else { return (value < 0 ? .negativeInfinity : .infinity, .nan) }
    return (.finite, value)
  }

  private func value(of number: Decimal, _ text: [UInt8]) -> Double {
    let power = number.exponent
    var value: Double?
    if number.digits <= 19 {
      if power <= 0, power >= -19 {
        value = quotient(number.mantissa, power: -power)
      } else if power > 0, power <= 22, number.mantissa <= 1 << 53 {
        value = Double(number.mantissa) * exactPowers[power]
      }
    }
    guard let value else {
      // The grammar was checked, so the standard library takes the text.
      return Double(String(decoding: text, as: UTF8.self)) ?? .nan
    }
    return number.isNegative ? -value : value
  }

  private func named(_ text: [UInt8]) -> Kind {
    let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
    let name = String(decoding: text[(isSigned ? 1 : 0)...], as: UTF8.self).lowercased()
    switch name {
    case "nan": return .nan
    case "inf", "infinity":
      return text[0] == UInt8(ascii: "-") ? .negativeInfinity : .infinity
    default: return .text
    }
  }
}

/// A decimal number taken apart: mantissa times ten to the exponent.
private struct Decimal {
  var isNegative = false
  /// Wraps where there are more than 19 digits.
  var mantissa: UInt64 = 0
  /// Without leading zeros.
  var digits = 0
  var exponent = 0

  /// Nil where the text is no decimal number from end to end.
  init?(_ text: [UInt8]) {
    var position = 0
    if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      position = 1
    }
    let integerDigits = takeDigits(text, &position)
    var fractionDigits = 0
    if position < text.count, text[position] == UInt8(ascii: ".") {
      position += 1
      fractionDigits = takeDigits(text, &position)
    }
    guard integerDigits + fractionDigits > 0 else { return nil }
    exponent = -fractionDigits
    if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      guard let written = Decimal.writtenExponent(text, &position) else { return nil }
      exponent += written
    }
    guard position == text.count else { return nil }
  }

  private mutating func takeDigits(_ text: [UInt8], _ position: inout Int) -> Int {
    let start = position
    while position < text.count, text[position] &- 48 < 10 {
      if digits > 0 || text[position] != 48 { digits += 1 }
      mantissa = mantissa &* 10 &+ UInt64(text[position] &- 48)
      position += 1
    }
    return position - start
  }

  private static func writtenExponent(_ text: [UInt8], _ position: inout Int) -> Int? {
    var isNegative = false
    if position < text.count, [UInt8(ascii: "-"), UInt8(ascii: "+")].contains(text[position]) {
      isNegative = text[position] == UInt8(ascii: "-")
      position += 1
    }
    let start = position
    var value = 0
    while position < text.count, text[position] &- 48 < 10 {
      // Beyond any double in either direction; more digits change nothing.
      value = min(value * 10 + Int(text[position] &- 48), 1_000_000)
      position += 1
    }
    guard position > start else { return nil }
    return isNegative ? -value : value
  }
}

/// The range without blanks and tabs at its ends.
@inline(__always)
package func trimmed(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (start: Int, end: Int) {
  var start = start
  var end = end
  while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start &+= 1 }
  while end > start, bytes[end &- 1] == 0x20 || bytes[end &- 1] == 0x09 { end &-= 1 }
  return (start, end)
}
