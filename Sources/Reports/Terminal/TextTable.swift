/// A table in aligned columns, the first flush left and the others flush right. One that is too
/// wide is broken into several below each other, each with the first column.
struct TextTable {
  let text: String

  private static let gap = 2
  private static let widestName = 40

  init(_ table: ReportTable, width: Int) {
    // Half of the line for the names, the rest for a number at least.
    let limit = min(TextTable.widestName, width / 2 - TextTable.gap)
    let lines = ([table.header] + table.rows).map { row in
      row.map { TextTable.shortened($0.printable, to: limit) }
    }
    let widths = table.header.indices.map { column in
      lines.map { $0[column].count }.max() ?? 0
    }
    text = TextTable.panels(widths, width: width)
      .map { columns in
        lines.map { TextTable.line($0, columns: columns, widths: widths) }
          .joined(separator: "\n")
      }
      .joined(separator: "\n\n")
  }

  /// Which columns stand side by side.
  private static func panels(_ widths: [Int], width: Int) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var panels: [[Int]] = [[0]]
    var used = first
    for column in widths.indices.dropFirst() {
      if used + gap + widths[column] > width {
        panels.append([0])
        used = first
      }
      panels[panels.count - 1].append(column)
      used += gap + widths[column]
    }
    return panels
  }

  private static func line(_ cells: [String], columns: [Int], widths: [Int]) -> String {
    var line = ""
    for column in columns {
      let blanks = String(repeating: " ", count: widths[column] - cells[column].count)
      line +=
        column == 0
        ? cells[column] + blanks : String(repeating: " ", count: gap) + blanks + cells[column]
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func shortened(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }
}
