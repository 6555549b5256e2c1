/// The text of numbers in files: integers plainly, everything else with the fewest digits that
/// read back to the same bits.
package enum NumberWriter {
  /// Appends `value`; a missing value (NaN) is an empty cell.
  package static func append(_ value: Double, to text: inout [UInt8]) {
    if value.isNaN { return }
    if let integer = Int64(exactly: value), integer != 0 || value.sign == .plus {
      append(integer, to: &text)
    } else {
      text.append(contentsOf: value.description.utf8)
    }
  }

  /// Appends the decimal digits of `value`.
  package static func append(_ value: Int64, to text: inout [UInt8]) {
    if value < 0 { text.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var digits = 1
    var limit: UInt64 = 10
    while digits < 19, rest >= limit {
      digits += 1
      limit &*= 10
    }
    let start = text.count
    for _ in 0..<digits { text.append(48) }
    var position = start + digits - 1
    while position >= start {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      text[position] = 48 &+ UInt8(truncatingIfNeeded: digit)
      rest = quotient
      position -= 1
    }
  }

  /// The text of one number.
  package static func text(_ value: Double) -> String {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
