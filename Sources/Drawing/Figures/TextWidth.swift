/// About how wide text is drawn. The reader's font is not known here; this is a little more than
/// what common sans-serif fonts need.
enum TextWidth {
  static func of(_ text: String, size: Double = Design.fontSize) -> Double {
    text.unicodeScalars.reduce(0) { $0 + em($1) } * size
  }

  private static func em(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!": 0.32
    case "f", "t", "r", "(", ")", " ", "-", "/": 0.4
    case "m", "w", "M", "W", "%", "@": 0.95
    case "0"..."9", "a"..."z", "_": 0.62
    case "A"..."Z": 0.72
    default: scalar.value < 0x1100 ? 0.66 : 1.05
    }
  }

  /// The text, cut so that it takes at most `width`, with an ellipsis where something is missing.
  static func shortened(_ text: String, to width: Double) -> String {
    guard of(text) > width else { return text }
    var kept = text
    while !kept.isEmpty, of(kept + "…") > width { kept.removeLast() }
    return kept + "…"
  }

  /// The text, cut in its middle: names of features often differ in their ends only.
  static func shortenedInside(_ text: String, to width: Double) -> String {
    guard of(text) > width else { return text }
    var (head, tail) = (text.prefix(text.count / 2), text.suffix(text.count - text.count / 2))
    while !head.isEmpty, !tail.isEmpty, of("\(head)…\(tail)") > width {
      if head.count >= tail.count { head.removeLast() } else { tail.removeFirst() }
    }
    return "\(head)…\(tail)"
  }

  /// Broken at blanks into lines of at most `width`; a word that is longer is cut.
  static func lines(_ text: String, width: Double, size: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, of("\(last) \(word)", size: size) <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(shortened(String(word), to: width * Design.fontSize / size))
      }
    }
    return lines
  }
}
