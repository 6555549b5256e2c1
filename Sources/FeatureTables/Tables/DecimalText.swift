/// A decimal number taken apart: mantissa times ten to the exponent.
struct DecimalText {
  private(set) var isNegative = false
  /// Wraps where there are more than 19 digits.
  private(set) var mantissa: UInt64 = 0
  /// Without leading zeros.
  private(set) var digits = 0
  private(set) var exponent = 0

  /// Nil where the text, which is not empty, is no decimal number from end to end.
  init?(_ text: Span<UInt8>) {
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
      guard let written = DecimalText.writtenExponent(text, &position) else { return nil }
      exponent += written
    }
    guard position == text.count else { return nil }
  }

  private mutating func takeDigits(_ text: Span<UInt8>, _ position: inout Int) -> Int {
    let start = position
    while position < text.count, text[position] &- 48 < 10 {
      if digits > 0 || text[position] != 48 { digits += 1 }
      mantissa = mantissa &* 10 &+ UInt64(text[position] &- 48)
      position += 1
    }
    return position - start
  }

  private static func writtenExponent(_ text: Span<UInt8>, _ position: inout Int) -> Int? {
    var isNegative = false
    if position < text.count,
      text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "+")
    {
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
