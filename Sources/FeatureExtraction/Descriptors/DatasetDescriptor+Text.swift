extension DatasetDescriptor {
  /// One line each: name, rows, title.
  public static func listing(_ descriptors: [DatasetDescriptor]) -> String {
    let rows = descriptors.map { $0.rows.map(withThousands) ?? "-" }
    let nameWidth = descriptors.map(\.name.count).max() ?? 0
    let rowWidth = (rows.map(\.count) + [4]).max() ?? 0
    let lines = zip(descriptors, rows).map { descriptor, rows in
      padded(descriptor.name, to: nameWidth) + "  "
        + String(repeating: " ", count: rowWidth - rows.count) + rows + "  " + descriptor.title
    }
    let header =
      padded("name", to: nameWidth) + "  " + String(repeating: " ", count: rowWidth - 4)
      + "rows  title"
    return ([header] + lines).joined(separator: "\n") + "\n"
  }

  /// All that is known, for a person, in lines of at most 80 columns where words allow.
  public var card: String {
    var page = CardWriter()
    page.paragraph("\(title) (\(name))")
    page.paragraph(summary)
    page.field("Owner", owner)
    if let address = self.page { page.field("Page", address) }
    for citation in citations { page.field("Cite", citation) }
    page.field("Terms", terms)
    page.field("Obtain", obtain)
    if let rows { page.field("Rows", withThousands(rows)) }
    if let captured { page.field("Captured", captured.joined(separator: " to ")) }
    if !forms.isEmpty { page.field("Forms", forms.joined(separator: ", ")) }
    page.field("Labels", labeling)
    if let time {
      page.field("Times", "\(time.format); zone: \(time.zone). \(time.rule)\(time.evidence.remark)")
    }
    page.field("Nonfinite", nonfinite)
    page.field("Group by", split.groupBy)
    page.field("Split", split.recommended)
    page.field("Avoid", split.avoid)
    let suggestsTechniques = classes.contains { $0.techniques != nil }
    page.section(
      suggestsTechniques ? "Classes (techniques: suggested by the names, ATT&CK 13.1)" : "Classes",
      classes.map(\.line))
    page.section("Files", files.map(\.line))
    page.section("Leaks", leaks.map { "\($0.column): \($0.why)" })
    page.section(
      "Known faults",
      faults.map {
        "\($0.fault) Found by: \($0.source). What follows: \($0.consequence).\($0.evidence.remark)"
      })
    return page.text
  }
}

extension DatasetClass {
  fileprivate var line: String {
    let count = rows.map { ", \(withThousands($0)) rows" } ?? ""
    let techniques = techniques.map { ", suggests \($0.joined(separator: "; "))" } ?? ""
    return "\(label): \(verdict.rawValue)\(count)\(evidence?.remark ?? "")\(techniques)"
  }
}

extension DatasetFile {
  fileprivate var line: String {
    let facts = [
      count.map { "\($0) files" }, form, rows.map { "\(withThousands($0)) rows" },
      bytes.map { "\(withThousands(Int(clamping: $0))) bytes" }, sha256.map { "SHA-256 \($0)" },
      days?.joined(separator: ", "), note,
    ]
    return ([pattern] + [facts.compactMap { $0 }.joined(separator: "; ")].filter { !$0.isEmpty })
      .joined(separator: ": ") + evidence.remark
  }
}

extension DatasetDescriptor.Evidence {
  /// Only what a reader should doubt is said.
  fileprivate var remark: String { self == .unchecked ? " (not checked)" : "" }
}

/// Lines of a card, wrapped with hanging indents.
private struct CardWriter {
  private(set) var text = ""
  private static let width = 80
  private static let fieldIndent = 11

  mutating func paragraph(_ words: String) { wrap(words, first: "", rest: "") }

  mutating func field(_ name: String, _ words: String) {
    wrap(
      words, first: padded(name, to: CardWriter.fieldIndent),
      rest: String(repeating: " ", count: CardWriter.fieldIndent))
  }

  mutating func section(_ title: String, _ entries: [String]) {
    guard !entries.isEmpty else { return }
    text += "\n\(title)\n"
    for entry in entries { wrap(entry, first: "  ", rest: "    ") }
  }

  private mutating func wrap(_ words: String, first: String, rest: String) {
    var line = first
    var isEmpty = true
    for word in words.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > CardWriter.width {
        text += line + "\n"
        line = rest
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    text += line + "\n"
  }
}

private func padded(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// A count with a comma after each thousand.
func withThousands(_ number: Int) -> String {
  var digits = Array(String(number.magnitude))
  for position in stride(from: digits.count - 3, to: 0, by: -3) {
    digits.insert(",", at: position)
  }
  return (number < 0 ? "-" : "") + String(digits)
}
