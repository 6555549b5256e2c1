/// Names as they stand in our files.
package enum SnakeCase {
  /// `Flow IAT Mean` and `flowIATMean` both become `flow_iat_mean`.
  package static func name(_ text: String) -> String {
    let characters = Array(text)
    var words: [String] = []
    var word = ""
    for (index, character) in characters.enumerated() {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if startsWord(characters, index), !word.isEmpty {
        words.append(word)
        word = ""
      }
      word += character.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    return words.joined(separator: "_")
  }

  /// A capital after a small letter or a digit, or the last of several before a small letter.
  private static func startsWord(_ characters: [Character], _ index: Int) -> Bool {
    guard index > 0, characters[index].isUppercase else { return false }
    let previous = characters[index - 1]
    if previous.isLowercase { return true }
    guard previous.isUppercase || previous.isNumber, index + 1 < characters.count else {
      return false
    }
    return characters[index + 1].isLowercase
  }

  /// The form in which names in headers are compared: blanks stripped, small letters.
  static func folded(_ header: String) -> String {
    header.trimmingBlanks().lowercased()
  }
}

extension String {
  /// Without blanks, tabs and no-break spaces at the ends.
  func trimmingBlanks() -> String {
    let isBlank: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" }
    guard let first = firstIndex(where: { !isBlank($0) }),
      let last = lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
