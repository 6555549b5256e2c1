/// Puts the blocks of a table together, in their order.
struct TableBuilder {
  private let plan: ScanPlan
  private let file: String
  private let layout: ColumnLayout
  /// Of the slots of numbers and mixed columns.
  private var stored: [NumberColumn]
  private var categories: [CategoryColumn]
  private var mixed: [MixedParts]
  private var texts: [TextColumn]
  private var nonfinite: [NonfiniteCounts]
  private var account = RowAccount()
  private var rowNumbers: [Int] = []
  private var isUTF8 = true
  /// Lines of all blocks so far.
  private(set) var lineCount = 0
  /// Whether the data is over and the rest of the file is none.
  private(set) var isInTrailer = false

  init(plan: ScanPlan, layout: ColumnLayout, file: String) {
    self.plan = plan
    self.file = file
    self.layout = layout
    stored = Array(repeating: NumberColumn(), count: layout.firstCategory)
    categories = Array(repeating: CategoryColumn(), count: layout.categories.count)
    mixed = Array(repeating: MixedParts(), count: layout.mixed.count)
    texts = layout.texts.map { TextColumn(name: plan.columns[$0].name) }
    nonfinite = Array(repeating: NonfiniteCounts(), count: layout.numbers.count)
  }

  /// Rows that may still be added.
  var room: Int { plan.rowLimit - rowNumbers.count }

  /// Adds the next block.
  /// - Throws: `DataError` for what stopped reading in it, and for a category with too many names.
  mutating func append(_ block: RowBlock) throws(DataError) {
    try appendCategories(block)
    if let problem = block.problem {
      throw problem.error(file: file, linesBefore: lineCount, rowsBefore: account.read)
    }
    for slot in stored.indices { stored[slot].append(block.stored(slot)) }
    for slot in mixed.indices {
      mixed[slot].append(block.mixed[slot], rowsBefore: rowNumbers.count)
    }
    for slot in texts.indices { texts[slot].append(contentsOf: block.texts[slot]) }
    for slot in nonfinite.indices { nonfinite[slot].add(block.nonfinite[slot]) }
    rowNumbers += block.rowNumbers.lazy.map { [rowsBefore = account.read] in $0 + rowsBefore }
    account = account + block.account
    lineCount += block.lineCount
    isUTF8 = isUTF8 && block.isUTF8
    isInTrailer = block.isInTrailer
  }

  private mutating func appendCategories(_ block: RowBlock) throws(DataError) {
    for (slot, column) in layout.categories.enumerated() {
      let fits = categories[slot].append(
        block.stored(layout.firstCategory + slot), names: block.categories[slot].names)
      guard fits else {
        throw DataError(
          file: file, place: .column(plan.columns[column].name),
          problem: "has more than \(CategoryColumn.mostNames) distinct names, too many for "
            + "categories",
          remedy: "leave the column out")
      }
    }
  }

  /// All columns, with the names decoded.
  consuming func finish(digest: String) -> ScannedTable {
    let encoding: TextEncoding = isUTF8 ? .utf8 : .codePage1252
    var columns = [ScannedColumn](repeating: .skipped, count: plan.columns.count)
    account.used = rowNumbers.count
    for (slot, column) in layout.numbers.enumerated() {
      columns[column] = .numbers(take(slot))
      nonfinite[slot].enter(plan.columns[column].name, into: &account)
    }
    for (slot, column) in layout.mixed.enumerated() {
      let whole = mixed[slot].column(take(layout.numbers.count + slot), encoding)
      if !whole.hasNames {
        mixed[slot].nonfinite.enter(plan.columns[column].name, into: &account)
      }
      columns[column] = .mixed(whole)
    }
    for (slot, column) in layout.categories.enumerated() {
      let (codes, names) = categories[slot].sorted(encoding)
      columns[column] = .category(codes: codes, names: names)
    }
    for (slot, column) in layout.texts.enumerated() {
      columns[column] = .text(decoded(texts[slot], encoding))
      texts[slot] = TextColumn(name: "")
    }
    return ScannedTable(
      rowCount: rowNumbers.count, columns: columns, rowNumbers: rowNumbers, account: account,
      encoding: encoding, digest: digest)
  }

  private mutating func take(_ slot: Int) -> NumberColumn {
    let values = stored[slot]
    stored[slot] = NumberColumn()
    return values
  }

  private func decoded(_ column: TextColumn, _ encoding: TextEncoding) -> TextColumn {
    guard encoding != .utf8 else { return column }
    return TextColumn(
      name: column.name, (0..<column.count).lazy.map { encoding.decode(column.utf8($0)) })
  }
}
