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

  /// 10 to the power of 0 to 22, all that are exact.
  private let exactPowers: [Double]
  /// 10 to the power of 0 to 19.
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
  package func read(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (kind: Kind, value: Double) {
    guard start < end else { return (.empty, .nan) }
    var position = start
    // Safe: bytes hold any bits.
    if let value = unsafe plain(bytes.bytes, &position), position == end { return (.finite, value) }
    return readCarefully(bytes, start, end)
  }

  /// The number that begins at `position`, which moves behind it: digits, with a point between
  /// them or not, after a minus or not, 19 digits at most. Nil for anything else; that is no
  /// judgment about what follows the number, nor about numbers that are written otherwise.
  @inline(__always)
  package func plain(_ bytes: RawSpan, _ position: inout Int) -> Double? {
    var next = position
    let isNegative = bytes.character(next) == UInt8(ascii: "-")
    if isNegative { next &+= 1 }
    var mantissa: UInt64 = 0
    let integerDigits = takeDigits(bytes, &next, &mantissa)
    guard integerDigits > 0 else { return nil }
    var fractionDigits = 0
    if bytes.character(next) == UInt8(ascii: ".") {
      next &+= 1
      fractionDigits = takeDigits(bytes, &next, &mantissa)
      guard fractionDigits > 0 else { return nil }
    }
    guard integerDigits &+ fractionDigits <= 19 else { return nil }
    position = next
    let value = quotient(mantissa, power: fractionDigits)
    return isNegative ? -value : value
  }

  /// Appends the digits from `position` on to `mantissa`, which wraps after 19.
  /// - Returns: how many there are.
  @inline(__always)
  private func takeDigits(
    _ bytes: RawSpan, _ position: inout Int, _ mantissa: inout UInt64
  ) -> Int {
    let start = position
    while true {
      let digits = LeadingDigits(of: bytes.eightCharacters(position))
      mantissa = mantissa &* integerPowers[digits.count] &+ digits.value
      position &+= digits.count
      if digits.count < 8 { return position &- start }
    }
  }

  /// `mantissa` / 10^`power`, rounded to the nearest double, ties to even. `power` is at most 19,
  /// or 22 where the mantissa has at most 53 bits.
  @inline(__always)
  private func quotient(_ mantissa: UInt64, power: Int) -> Double {
    // Not by way of a signed integer: that instruction waits for what its register held before.
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
    // Between 2^-66 and 1, so that no scaled value is too small to be exact.
    let scale = Double(bitPattern: UInt64(1_023 + divisorShift - shift - 63) << 52)
    return Double(sticky) * scale
  }

  /// Everything but plain decimals: blanks, signs, exponents, many digits, names.
  @inline(never)
  private func readCarefully(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int
  ) -> (kind: Kind, value: Double) {
    let (start, end) = trimmed(bytes, start, end)
    guard start < end else { return (.empty, .nan) }
    let text = bytes.extracting(start..<end)
    guard let number = DecimalText(text) else { return (named(text), .nan) }
    let value = value(of: number, text)
    guard value.isFinite else { return (value < 0 ? .negativeInfinity : .infinity, .nan) }
    return (.finite, value)
  }

  private func value(of number: DecimalText, _ text: Span<UInt8>) -> Double {
    let magnitude = shortMagnitude(of: number)
    // The grammar was checked, so the standard library takes the text.
    guard let magnitude else { return Double(string(text)) ?? .nan }
    return number.isNegative ? -magnitude : magnitude
  }

  /// Nil where digits or exponent are beyond exact integers.
  private func shortMagnitude(of number: DecimalText) -> Double? {
    guard number.digits <= 19 else { return nil }
    let (mantissa, exponent) = (number.mantissa, number.exponent)
    if mantissa == 0 { return 0 }
    let isExact = mantissa <= 1 << 53
    if exponent <= 0, exponent >= (isExact ? -22 : -19) {
      return quotient(mantissa, power: -exponent)
    }
    guard isExact, exponent > 0, exponent <= 22 else { return nil }
    return Double(mantissa) * exactPowers[exponent]
  }

  private func named(_ text: Span<UInt8>) -> Kind {
    let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
    let name = text.extracting((isSigned ? 1 : 0)...)
    if isSpelled(name, "nan") { return .nan }
    guard isSpelled(name, "inf") || isSpelled(name, "infinity") else { return .text }
    return text[0] == UInt8(ascii: "-") ? .negativeInfinity : .infinity
  }

  /// Whether the text is `word`, in whatever letters; `word` is in small ones.
  private func isSpelled(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
    guard text.count == word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { letters in
      text.indices.allSatisfy { unsafe text[$0] | 0x20 == letters[$0] }
    }
  }

  private func string(_ text: Span<UInt8>) -> String {
    var bytes: [UInt8] = []
    for index in text.indices { bytes.append(text[index]) }
    return String(decoding: bytes, as: UTF8.self)
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
