import FeatureTables

/// The lines that begin with `#` in a Zeek log.
struct ZeekHeader {
  var separator: UInt8 = 0x09
  var path: String?
  var fields: [String]?

  /// The names of the columns.
  var names: [String] {
    let fields = fields ?? []
    guard splitsAtBlanks else { return fields }
    return fields.flatMap { $0.split(separator: "   ", omittingEmptySubsequences: false) }
      .map(String.init)
  }

  /// Some labeled logs have three blanks between the last names.
  var splitsAtBlanks: Bool { fields?.last?.contains("   ") ?? false }

  init(_ head: [UInt8]) {
    for line in head.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      guard text.first == UInt8(ascii: "#") else { break }
      read(text)
    }
  }

  /// Takes what one line says.
  mutating func read(_ line: ArraySlice<UInt8>) {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("#separator ") {
      separator = ZeekHeader.separator(String(text.dropFirst(11)).trimmingBlanks())
    } else if text.hasPrefix("#path") {
      path = String(text.dropFirst(6))
    } else if text.hasPrefix("#fields") {
      fields = line.split(separator: separator, omittingEmptySubsequences: false).dropFirst()
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// `\x09` or the character itself.
  private static func separator(_ text: String) -> UInt8 {
    if text.hasPrefix("\\x"), let code = UInt8(text.dropFirst(2), radix: 16) { return code }
    return text.utf8.first ?? 0x09
  }
}
