import FeatureTables

extension RowAccount {
  /// What became of the rows, where there is something to say.
  var lines: [String] { (dropped.isEmpty ? [] : [rowsLine]) + valueLines }

  /// `rows: 300 read, 299 used; dropped: 1 management rows`
  var rowsLine: String {
    let reasons = dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.words)" }
    return "rows: \(read) read, \(used) used"
      + (reasons.isEmpty ? "" : "; dropped: \(reasons.joined(separator: ", "))")
  }

  /// What is odd about values, where something is. What concerns one column only stands in the
  /// notes of `inspect`.
  var valueLines: [String] {
    var lines: [String] = []
    if !nonfinite.isEmpty {
      let columns = nonfinite.mapValues { $0.values.reduce(0, +) }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        .map { "\($0.key) \($0.value)" }
      lines.append("values that are not finite: \(columns.listing())")
    }
    let general = remarks.filter { !$0.key.contains(":") }.sorted { $0.key < $1.key }
    if !general.isEmpty {
      let texts = general.map { "\($0.value) \($0.key.words)" }
      lines.append("remarks: \(texts.joined(separator: ", "))")
    }
    return lines
  }
}

extension [ExcludedColumn] {
  /// One line a reason, naming the columns that are no features.
  var lines: [String] {
    Dictionary(grouping: self, by: \.reason).sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "left out as \($0.key.rawValue): \($0.value.map(\.name).listing(limit: 12))"
    }
  }
}

extension [String] {
  /// The first few, and how many more there are.
  func listing(limit: Int = 5) -> String {
    let shown = prefix(limit).joined(separator: ", ")
    return count > limit ? "\(shown) and \(count - limit) more" : shown
  }
}

extension String {
  /// A name of files as words: `nonfinite_rows` is `nonfinite rows`.
  var words: String { replacing("_", with: " ") }
}
