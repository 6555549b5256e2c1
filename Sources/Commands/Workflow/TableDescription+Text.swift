import FeatureExtraction

extension TableDescription {
  /// For a person: one screen.
  var text: String {
    var lines = ["\(file): \(title) (form \(form))"]
    let layout = [
      delimiter.map { "fields separated by \($0)" }, "\(encoding.rawValue)",
      hasByteOrderMark ? "byte order mark" : nil, hasHeader ? "header" : "no header",
    ]
    lines.append(layout.compactMap { $0 }.joined(separator: ", "))
    lines.append("rows: \(rows.read) read, \(rows.used) used, \(unlabeledRows) without a label")
    lines += rows.lines.filter { !$0.isEmpty }
    if let labelColumn { lines.append("label column: \(labelColumn)") }
    lines += classes.map { "  \($0.name): \($0.rows) rows" + ($0.benign ? ", benign" : "") }
    lines += roleLines + excluded.lines
    lines += findings.map { "note: \($0)" }
    return lines.joined(separator: "\n")
  }

  /// One line for each role that columns have, with the names and units of the features.
  private var roleLines: [String] {
    let features = columns.filter { $0.kind != nil }
    guard !features.isEmpty else { return ["features: none"] }
    let names = features.map { $0.unit == .none ? $0.name : "\($0.name) [\($0.unit.rawValue)]" }
    return ["\(features.count) features: \(names.joined(separator: ", "))"]
  }
}
