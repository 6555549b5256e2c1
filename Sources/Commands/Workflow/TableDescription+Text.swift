import FeatureExtraction
import FeatureTables
import Reports

extension TableDescription {
  /// For a person: one screen.
  var text: String {
    var lines = ["\(file): \(title) (form \(form))", layout, rowsLine]
    lines += rows.valueLines
    if let labelColumn { lines.append("label column: \(labelColumn)") }
    lines += classes.map { "  \($0.name): \($0.rows) rows" + ($0.benign ? ", benign" : "") }
    lines += featureLines + excluded.lines
    lines += findings.map { "note: \($0)" }
    return lines.map(\.printable).joined(separator: "\n")
  }

  /// How the file is written: `comma-separated, utf-8, header`.
  private var layout: String {
    let names = [",": "comma", "\t": "tab", ";": "semicolon", " ": "blank", "|": "bar"]
    let separation = delimiter.map { "\(names[$0] ?? $0)-separated" } ?? "JSON, one object a line"
    let header = delimiter == nil ? nil : hasHeader ? "header" : "no header"
    return [separation, encoding.rawValue, hasByteOrderMark ? "byte order mark" : nil, header]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// `rows: 300 read, 299 used; dropped: 1 management rows; 22 without a label`
  private var rowsLine: String {
    rows.rowsLine + (unlabeledRows > 0 ? "; \(unlabeledRows) without a label" : "")
  }

  /// The names and units of the features, as many as leave room on a screen.
  private var featureLines: [String] {
    let names = columns.filter { $0.kind != nil }.map { feature in
      feature.name + (feature.unit == .none ? "" : " [\(feature.unit.rawValue)]")
    }
    guard !names.isEmpty else { return ["features: none"] }
    var lines: [String] = []
    var shown = 0
    while shown < names.count, lines.count < 8 {
      var line = "  " + names[shown]
      shown += 1
      while shown < names.count, line.count + names[shown].count + 3 <= 100 {
        line += ", " + names[shown]
        shown += 1
      }
      lines.append(line + (shown < names.count ? "," : ""))
    }
    if shown < names.count { lines.append("  and \(names.count - shown) more: --json names all") }
    return ["features: \(names.count)"] + lines
  }
}
