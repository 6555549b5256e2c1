/// Numbers of a JSON text that the scanner has found sound. `position` moves behind the number.

/// Exact powers of ten: the greatest that a Double holds exactly is 10^22.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// Powers of five below 2^64.
private let powersOfFive: [UInt64] = (0...27).map { exponent in
  (0..<exponent).reduce(1) { power, _ in power * 5 }
}

/// The Double nearest to the decimal; infinite where it is too large.
///
/// With at most 2^53 as digits and a power of ten that is exact, one multiplication or division
/// rounds once and so correctly (Clinger, "How to read floating point numbers accurately", PLDI
/// 1990). Up to 19 digits with a moderate fraction are divided as integers of 128 bits. Anything
/// else goes to the standard library.
func parseDouble(_ bytes: [UInt8], _ position: inout Int) -> Double {
  let start = position
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative { position += 1 }
  var digits: UInt64 = 0
  var digitCount = parseDigits(bytes, &position, into: &digits)
  var exponent = 0
  if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
    position += 1
    let fraction = parseDigits(bytes, &position, into: &digits)
    digitCount += fraction
    exponent = -fraction
  }
  if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
    position += 1
    exponent += parseExponent(bytes, &position)
  }
  if digitCount <= 19 {
    if digits <= 1 << 53, exponent.magnitude <= 22 {
      let power = powersOfTen[Int(exponent.magnitude)]
      let value = exponent < 0 ? Double(digits) / power : Double(digits) * power
      return isNegative ? -value : value
    }
    if exponent < 0, exponent >= -27 {
      let value = quotient(digits, byTenToThe: -exponent)
      return isNegative ? -value : value
    }
  }
  return Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .infinity
}

/// The Double nearest to `digits` / 10^`exponent`, for `digits` of at least 1 and an exponent of
/// at most 27.
///
/// 10^q is 5^q times a power of two, which only moves the exponent. Both numbers are shifted up to
/// their 64th bit, so that the quotient has at least 63 bits; whether the division leaves a rest
/// is kept in the last bit, far below the 53 that remain. So the conversion to Double is the only
/// rounding, and it is that of the exact value.
private func quotient(_ digits: UInt64, byTenToThe exponent: Int) -> Double {
  let divisor = powersOfFive[exponent]
  let (up, down) = (digits.leadingZeroBitCount, divisor.leadingZeroBitCount)
  let numerator = digits << up
  // Half the numerator is less than 2^63 and so less than the shifted divisor: no overflow.
  let (whole, rest) = (divisor << down).dividingFullWidth((numerator >> 1, numerator << 63))
  let rounded = Double(rest == 0 ? whole : whole | 1)
  return Double(sign: .plus, exponent: down - up - 63 - exponent, significand: rounded)
}

/// The whole number, or nil where it has a fraction or an exponent or does not fit.
func parseInteger(_ bytes: [UInt8], _ position: inout Int) -> Int? {
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative { position += 1 }
  var digits: UInt64 = 0
  let digitCount = parseDigits(bytes, &position, into: &digits)
  var isWhole = digitCount <= 18
  while position < bytes.count, isNumberByte(bytes[position]) {
    isWhole = false
    position += 1
  }
  guard isWhole else { return nil }
  return isNegative ? -Int(digits) : Int(digits)
}

/// Appends digits to `value`, which wraps beyond 19 of them; gives their number.
@inline(__always)
private func parseDigits(
  _ bytes: [UInt8], _ position: inout Int, into value: inout UInt64
) -> Int {
  let start = position
  while position < bytes.count {
    let digit = bytes[position] &- UInt8(ascii: "0")
    guard digit < 10 else { break }
    value = value &* 10 &+ UInt64(digit)
    position += 1
  }
  return position - start
}

/// The exponent behind `e`, bounded so that sums of it cannot overflow.
private func parseExponent(_ bytes: [UInt8], _ position: inout Int) -> Int {
  let isNegative = bytes[position] == UInt8(ascii: "-")
  if isNegative || bytes[position] == UInt8(ascii: "+") { position += 1 }
  var digits: UInt64 = 0
  let digitCount = parseDigits(bytes, &position, into: &digits)
  let exponent = digitCount > 9 ? 1_000_000_000 : Int(digits)
  return isNegative ? -exponent : exponent
}

/// Whether `byte` can be part of a number.
@inline(__always)
func isNumberByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
    UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
    true
  default: false
  }
}
