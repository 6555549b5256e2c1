import FeatureTables

/// Which column holds the label.
struct LabelChoice {
  /// The column, or nil where none can.
  let column: Int?
  /// Whether it was named by hand.
  let isByHand: Bool
  /// What to tell a person about the choice, if anything.
  let finding: String?

  /// - Throws: `DataError` where the column named by hand is not there.
  static func choose(
    _ recognized: RecognizedForm, _ columns: [PlannedColumn], _ options: TableReadingOptions,
    file: String
  ) throws(DataError) -> LabelChoice {
    if let name = options.labelColumn {
      guard let column = named(name, recognized.names, columns) else {
        throw DataError(
          file: file, place: .column(name), problem: "there is no such column to take labels from",
          remedy: "columns are: \(recognized.names.prefix(100).joined(separator: ", "))")
      }
      return LabelChoice(column: column, isByHand: true, finding: nil)
    }
    let form = recognized.form
    var candidates: [(column: Int, score: Int)] = []
    for label in form.labels {
      for (index, name) in recognized.names.enumerated()
      where SnakeCase.folded(name) == label && columns[index].copyOf == nil {
        guard !recognized.isJSON || isPresent(recognized.sample, index) else { continue }
        candidates.append((index, score(recognized.sample, index, form)))
      }
    }
    guard let best = candidates.max(by: { $0.score < $1.score })?.score,
      let chosen = candidates.first(where: { $0.score == best })
    else { return LabelChoice(column: nil, isByHand: false, finding: nil) }
    let others = candidates.filter { $0.column != chosen.column }.map {
      recognized.names[$0.column]
    }
    let finding =
      others.isEmpty
      ? nil
      : "the label is taken from '\(recognized.names[chosen.column])', not from "
        + others.map { "'\($0)'" }.joined(separator: ", ")
    return LabelChoice(column: chosen.column, isByHand: false, finding: finding)
  }

  /// Whether any of the objects has the member; columns of JSON are those that may be there.
  private static func isPresent(_ sample: [[String]], _ column: Int) -> Bool {
    sample.contains { !$0[column].isEmpty }
  }

  private static func named(_ name: String, _ names: [String], _ columns: [PlannedColumn]) -> Int? {
    names.firstIndex(of: name)
      ?? names.firstIndex { SnakeCase.folded($0) == SnakeCase.folded(name) }
      ?? columns.firstIndex { $0.name == name }
  }

  /// 0 where no row has a label, 1 for the numbers 0 and 1, 2 for names.
  private static func score(_ sample: [[String]], _ column: Int, _ form: TableForm) -> Int {
    let map = LabelMap(named: form.labelMap, emptyLabel: form.emptyLabel)
    var best = 0
    for row in sample where column < row.count {
      guard case .labeled = map.meaning(row[column]) else { continue }
      let isFlag = ["0", "1", "0.0", "1.0"].contains(row[column])
      best = max(best, isFlag ? 1 : 2)
      if best == 2 { break }
    }
    return best
  }
}
