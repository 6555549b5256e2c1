/// Takes the rows of a text table one after the other and keeps them by column.
///
/// Only the columns that the plan asks for are parsed. Numbers go through a block of rows, so that
/// each column grows by whole runs.
package struct TableBuilder {
  private let plan: ScanPlan
  private let file: String
  private let reader = NumberReader()
  private let numberColumns: [Int]
  private let categoryColumns: [Int]
  private let mixedColumns: [Int]
  private let textColumns: [Int]
  private let blockRows = 1024
  /// A cache line more than the rows, so that the cells of a row fall into different cache sets.
  private let blockStride = 1032
  /// Slots of numbers, then of categories, then of mixed columns: slot-major.
  private var block: [Double]
  private var rowsInBlock = 0
  private var stored: [NumberColumn]
  private var categories: [NamedColumn]
  private var mixed: [MixedParts]
  private var texts: [TextColumn]
  private var nonfinite: [NonfiniteCounts]
  private var account = RowAccount()
  private var rowNumbers: [Int] = []
  private let mostCategories = 100_000
  private let mostMixedNames = 1_000

  package init(plan: ScanPlan, file: String) {
    self.plan = plan
    self.file = file
    func indices(_ isWanted: (ColumnStorage) -> Bool) -> [Int] {
      plan.columns.indices.filter { isWanted(plan.columns[$0].storage) }
    }
    numberColumns = indices { if case .number = $0 { true } else { false } }
    categoryColumns = indices { if case .category = $0 { true } else { false } }
    mixedColumns = indices { if case .mixed = $0 { true } else { false } }
    textColumns = indices { if case .text = $0 { true } else { false } }
    let slots = numberColumns.count + categoryColumns.count + mixedColumns.count
    block = Array(repeating: .nan, count: slots * blockStride)
    stored = Array(repeating: NumberColumn(), count: slots)
    categories = categoryColumns.map { NamedColumn(rejection: plan.columns[$0].rejection) }
    mixed = mixedColumns.map { _ in MixedParts() }
    texts = textColumns.map { TextColumn(name: plan.columns[$0].name) }
    nonfinite = numberColumns.map { _ in NonfiniteCounts() }
  }

  /// Whether the row limit is reached.
  package var isFull: Bool { rowNumbers.count >= plan.rowLimit }

  /// Rows read so far.
  package var rowsRead: Int { account.read }

  /// Counts the rest of the file as no data.
  package mutating func dropTrailer() {
    account.read += 1
    drop("trailer_rows")
  }

  /// A row that cannot be taken apart at all.
  /// - Throws: `DataError` unless bad rows are to be skipped.
  package mutating func reject(_ problem: String, reason: String, line: Int) throws(DataError) {
    account.read += 1
    try unreadable(problem, reason: reason, line: line)
  }

  /// Adds a row whose cells lie in `bytes`.
  /// - Throws: `DataError` where the row cannot be read and must not be skipped.
  package mutating func append(
    _ bytes: [UInt8], starts: [Int], ends: [Int], count: Int, line: Int
  ) throws(DataError) {
    let span = bytes.span
    account.read += 1
    if isEmpty(span, starts, ends, count) { return drop("empty_rows") }
    if isHeader(span, starts, ends, count) { return drop("header_rows") }
    guard hasRightCount(span, starts, ends, count) else {
      return try unreadable(
        "has \(count) cells where the header has \(plan.columns.count)", reason: "ragged_rows",
        line: line)
    }
    if try !storeCategories(span, starts, ends) { return }
    if try !storeNumbers(span, starts, ends, line) { return }
    storeMixed(span, starts, ends)
    for (slot, column) in textColumns.enumerated() {
      let (start, end) = trimmed(span, starts[column], ends[column])
      let isUnset = isUnset(span, start, end)
      texts[slot].append(utf8: bytes[start..<(isUnset ? start : end)])
    }
    rowNumbers.append(account.read - 1)
    rowsInBlock += 1
    if rowsInBlock == blockRows { flush() }
  }

  // MARK: Rows that are none

  private mutating func drop(_ reason: String) { account.dropped[reason, default: 0] += 1 }

  private mutating func unreadable(
    _ problem: String, reason: String, line: Int, column: String? = nil
  ) throws(DataError) {
    guard plan.badRows == .skip else {
      throw DataError(
        file: file, place: column.map { .cell(line: line, column: $0) } ?? .line(line),
        problem: "\(problem) (after \(account.read - 1) rows)",
        remedy: "mend the row, or leave such rows out with --bad-rows skip")
    }
    drop(reason)
  }

  private func isEmpty(_ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int], _ count: Int) -> Bool {
    for cell in 0..<count {
      let (start, end) = trimmed(bytes, starts[cell], ends[cell])
      if start < end { return false }
    }
    return true
  }

  private func isHeader(_ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int], _ count: Int) -> Bool
  {
    guard count == plan.header.count else { return false }
    for cell in 0..<count {
      let (start, end) = trimmed(bytes, starts[cell], ends[cell])
      let name = plan.header[cell]
      guard name.count == end - start else { return false }
      for index in name.indices where name[index] != bytes[start + index] { return false }
    }
    return count > 0
  }

  /// Whether there is a cell for each column; more are allowed if they are empty.
  private func hasRightCount(
    _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int], _ count: Int
  ) -> Bool {
    guard count != plan.columns.count else { return true }
    guard count > plan.columns.count else { return false }
    for cell in plan.columns.count..<count {
      let (start, end) = trimmed(bytes, starts[cell], ends[cell])
      if start < end { return false }
    }
    return true
  }

  private func isUnset(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard !plan.unset.isEmpty else { return false }
    return plan.unset.contains { mark in
      guard mark.count == end - start else { return false }
      for index in mark.indices where mark[index] != bytes[start + index] { return false }
      return true
    }
  }

  // MARK: Cells

  /// Stores the codes of names; false where one of them says to leave the row out.
  private mutating func storeCategories(
    _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int]
  ) throws(DataError) -> Bool {
    for (slot, column) in categoryColumns.enumerated() {
      let (start, end) = trimmed(bytes, starts[column], ends[column])
      var value = Double.nan
      let isUnset = isUnset(bytes, start, end)
      // A rejection may concern the empty name too, so that it is asked for as well.
      if start < end && !isUnset || plan.columns[column].rejection != nil {
        let code = categories[slot].code(
          bytes, start, isUnset ? start : end, limit: mostCategories)
        guard let code else {
          throw DataError(
            file: file, place: .column(plan.columns[column].name),
            problem: "has more than \(mostCategories) distinct names, too many for categories",
            remedy: "leave the column out")
        }
        if let reason = categories[slot].rejectionReason(code) {
          drop(reason)
          return false
        }
        if start < end, !isUnset { value = Double(code) }
      }
      block[(numberColumns.count &+ slot) &* blockStride &+ rowsInBlock] = value
    }
    return true
  }

  /// Parses the numbers; false where the row is left out.
  private mutating func storeNumbers(
    _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int], _ line: Int
  ) throws(DataError) -> Bool {
    // Taken out of `self`, so that the loop writes without asking who else holds the block.
    var block: [Double] = []
    swap(&block, &self.block)
    defer { swap(&block, &self.block) }
    var cells = block.mutableSpan
    let (reader, numberColumns) = (reader, numberColumns)
    let (starts, ends, columns) = (starts.span, ends.span, numberColumns.span)
    var position = rowsInBlock
    for slot in columns.indices {
      let column = columns[slot]
      let (kind, value) = reader.read(bytes, starts[column], ends[column])
      if kind == .finite {
        cells[position] = value
      } else {
        let replacement = try replacement(kind, slot, bytes, starts[column], ends[column], line)
        guard let replacement else { return false }
        cells[position] = replacement
      }
      position &+= blockStride
    }
    return true
  }

  /// What stands for a cell that is no finite number, or nil where the row is left out.
  private mutating func replacement(
    _ kind: NumberReader.Kind, _ slot: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int,
    _ line: Int
  ) throws(DataError) -> Double? {
    let name = plan.columns[numberColumns[slot]].name
    var kind = kind
    if kind == .text {
      let (first, last) = trimmed(bytes, start, end)
      if isUnset(bytes, first, last) {
        kind = .empty
      } else {
        try unreadable(
          "'\(text(bytes, first, last))' is not a number", reason: "unreadable_rows", line: line,
          column: name)
        return nil
      }
    }
    nonfinite[slot].add(kind)
    switch plan.nonfinite {
    case .missing: return .nan
    case .zero: return 0
    case .drop:
      drop("nonfinite_rows")
      return nil
    case .error:
      throw DataError(
        file: file, place: .cell(line: line, column: name),
        problem: "'\(text(bytes, start, end))' is not a finite number",
        remedy: "choose what such values become: --nonfinite missing, zero or drop")
    }
  }

  private mutating func storeMixed(_ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int]) {
    let firstSlot = numberColumns.count + categoryColumns.count
    for slot in mixedColumns.indices {
      let column = mixedColumns[slot]
      let (kind, value) = reader.read(bytes, starts[column], ends[column])
      block[(firstSlot + slot) * blockStride + rowsInBlock] = value
      guard kind != .finite else { continue }
      let (start, end) = trimmed(bytes, starts[column], ends[column])
      if kind == .text, !isUnset(bytes, start, end) {
        mixed[slot].add(bytes, start, end, row: rowNumbers.count, limit: mostMixedNames)
      } else {
        mixed[slot].nonfinite.add(kind == .text ? .empty : kind)
        if plan.nonfinite == .zero { mixed[slot].zeroRows.append(rowNumbers.count) }
      }
    }
  }

  private func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    var cell: [UInt8] = []
    for index in start..<min(end, start + 60) { cell.append(bytes[index]) }
    return TextEncoding.decodeAlone(cell)
  }

  private mutating func flush() {
    for slot in stored.indices {
      let start = slot * blockStride
      stored[slot].append(block[start..<start + rowsInBlock])
    }
    rowsInBlock = 0
  }

  // MARK: The end

  /// All columns, with the names decoded.
  package consuming func finish(encoding: TextEncoding, digest: String) -> ScannedTable {
    flush()
    var columns = [ScannedColumn](repeating: .skipped, count: plan.columns.count)
    account.used = rowNumbers.count
    for (slot, column) in numberColumns.enumerated() {
      columns[column] = .numbers(take(slot))
      nonfinite[slot].enter(plan.columns[column].name, into: &account)
    }
    for (slot, column) in categoryColumns.enumerated() {
      let codes = take(numberColumns.count + slot).contiguous()
      let (sorted, names) = categories[slot].sorted(codes, encoding)
      columns[column] = .category(codes: sorted, names: names)
    }
    for (slot, column) in mixedColumns.enumerated() {
      let values = take(numberColumns.count + categoryColumns.count + slot)
      let parts = mixed[slot]
      let whole = parts.column(values, encoding)
      if !whole.hasNames { parts.nonfinite.enter(plan.columns[column].name, into: &account) }
      columns[column] = .mixed(whole)
    }
    for (slot, column) in textColumns.enumerated() {
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

/// How many cells of a column were not finite, by kind.
struct NonfiniteCounts {
  var empty = 0
  var nan = 0
  var infinity = 0
  var negativeInfinity = 0

  mutating func add(_ kind: NumberReader.Kind) {
    switch kind {
    case .empty: empty += 1
    case .nan: nan += 1
    case .infinity: infinity += 1
    case .negativeInfinity: negativeInfinity += 1
    case .finite, .text: break
    }
  }

  func enter(_ name: String, into account: inout RowAccount) {
    let counts = [
      "empty": empty, "nan": nan, "infinity": infinity, "negative_infinity": negativeInfinity,
    ].filter { $0.value > 0 }
    if !counts.isEmpty { account.nonfinite[name] = counts }
  }
}

/// A mixed column while it is read.
private struct MixedParts {
  var names = NamedColumn(rejection: nil)
  var rows: [Int] = []
  var codes: [Int32] = []
  var zeroRows: [Int] = []
  var hasTooMany = false
  var nonfinite = NonfiniteCounts()

  mutating func add(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, row: Int, limit: Int) {
    guard !hasTooMany else { return }
    guard let code = names.code(bytes, start, end, limit: limit) else {
      hasTooMany = true
      rows = []
      codes = []
      return
    }
    rows.append(row)
    codes.append(code)
  }

  func column(_ values: NumberColumn, _ encoding: TextEncoding) -> MixedColumn {
    var column = MixedColumn(values: values)
    column.nameRows = rows
    column.nameCodes = codes
    column.names = names.names(encoding)
    column.hasTooManyNames = hasTooMany
    if !column.hasNames, !zeroRows.isEmpty {
      var zeroed = values.contiguous()
      for row in zeroRows { zeroed[row] = 0 }
      column.values = NumberColumn(zeroed)
    }
    return column
  }
}
