/// The text that the bytes between two quotes stand for; escapes must have been found sound.
func jsonText(_ content: ArraySlice<UInt8>) -> String {
  guard content.contains(UInt8(ascii: "\\")) else {
    return String(decoding: content, as: UTF8.self)
  }
  var units: [UInt8] = []
  var index = content.startIndex
  while index < content.endIndex {
    guard content[index] == UInt8(ascii: "\\") else {
      units.append(content[index])
      index += 1
      continue
    }
    let letter = content[index + 1]
    index += 2
    if letter == UInt8(ascii: "u") {
      units.append(contentsOf: String(escapedScalar(content, at: &index)).utf8)
    } else {
      units.append(controlCharacter(letter) ?? letter)
    }
  }
  return String(decoding: units, as: UTF8.self)
}

/// The scalar of `\uXXXX` or of a surrogate pair of them; `index` is behind the first `u`.
private func escapedScalar(_ content: ArraySlice<UInt8>, at index: inout Int) -> Unicode.Scalar {
  var scalar = hexadecimal(content[index..<index + 4])
  index += 4
  if 0xD800..<0xDC00 ~= scalar {
    let low = hexadecimal(content[index + 2..<index + 6])
    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
    index += 6
  }
  return Unicode.Scalar(scalar) ?? "\u{FFFD}"
}

private func controlCharacter(_ letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0C
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "r"): 0x0D
  case UInt8(ascii: "t"): 0x09
  default: nil
  }
}

/// The value of four hexadecimal digits.
private func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt32 {
  digits.reduce(0) { $0 << 4 | UInt32(hexadecimalValue($1) ?? 0) }
}

/// 0 to 15, or nil where `byte` is no hexadecimal digit.
func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
