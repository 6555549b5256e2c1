/// How the bytes of a text file become characters: strict UTF-8, or code page 1252 for the whole
/// file where that fails.
public enum TextEncoding: String, Sendable, Codable {
  case utf8 = "utf-8"
  case codePage1252 = "cp1252"

  /// The text of `bytes`; a byte without a meaning becomes U+FFFD.
  package func decode(_ bytes: some Collection<UInt8>) -> String {
    switch self {
    case .utf8: return String(decoding: bytes, as: UTF8.self)
    case .codePage1252:
      var text = String.UnicodeScalarView()
      for byte in bytes { text.append(TextEncoding.scalar(byte)) }
      return String(text)
    }
  }

  /// The text of one cell before the encoding of the whole file is known.
  package static func decodeAlone(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? TextEncoding.codePage1252.decode(bytes)
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80..<0xA0).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upperControls[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }

  /// 0x80 to 0x9F of code page 1252, as Unicode's CP1252.TXT has them; five are undefined.
  private static let upperControls: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  /// Whether a byte is zero; written so that it becomes a loop over many bytes at a time.
  package static func hasZero(_ bytes: Span<UInt8>) -> Bool {
    var lowest: UInt8 = 0xFF
    for index in bytes.indices { lowest = min(lowest, bytes[index]) }
    return lowest == 0
  }

  /// Whether the bytes, which end with a whole record, are UTF-8.
  package static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    isASCII(bytes.span) || String(validating: bytes, as: UTF8.self) != nil
  }

  /// Whether every byte is below 0x80.
  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    var combined: UInt8 = 0
    for index in bytes.indices { combined |= bytes[index] }
    return combined < 0x80
  }
}
