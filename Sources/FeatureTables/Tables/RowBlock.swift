/// The rows of one block of text, by column.
///
/// Only the columns that the plan asks for are read.
package struct RowBlock: Sendable {
  private let plan: ScanPlan
  let layout: ColumnLayout
  private let plain: PlainRecordReader
  private let reader = NumberReader()
  private var cells: RecordCells
  private let allNumberSlots: [Int]
  private let rowLimit: Int

  /// Slot-major: the value of a row in a slot is at the slot times `stride` plus the row.
  private var values: [Double]
  private let stride: Int
  private(set) var categories: [NamedColumn]
  private(set) var mixed: [MixedParts]
  private(set) var texts: [TextColumn]
  private(set) var nonfinite: [NonfiniteCounts]
  /// Without what was not finite, which is in `nonfinite`.
  private(set) var account = RowAccount()
  /// The position of each row among all of the block, from 0.
  private(set) var rowNumbers: [Int] = []
  private(set) var isInTrailer: Bool
  /// Why reading stopped in the block, if it did.
  package var problem: RowProblem?
  /// Lines that the block has, as far as it was read.
  package var lineCount = 0
  /// Whether all that was read is UTF-8.
  package var isUTF8 = true

  init(_ block: TextBlock, dialect: TextDialect, plan: ScanPlan, layout: ColumnLayout) {
    self.plan = plan
    self.layout = layout
    cells = RecordCells(columns: plan.columns.count)
    allNumberSlots = Array(0..<layout.numbers.count + layout.mixed.count)
    // An odd number of cache lines, so that the cells of a row fall into different cache sets.
    stride = (block.mostRows / 8 | 1) * 8 + 8
    plain = PlainRecordReader(dialect: dialect, slots: layout.numberSlots, stride: stride)
    let length = layout.slotCount * stride
    // Only what was written is looked at, so that memory beyond it is not even asked for.
    values = unsafe Array(unsafeUninitializedCapacity: length) { buffer, count in
      unsafe LargePages.prefer(buffer)
      count = length
    }
    rowLimit = block.rowLimit
    isInTrailer = block.isInTrailer
    rowNumbers.reserveCapacity(stride)
    categories = layout.categories.map { NamedColumn(rejection: plan.columns[$0].rejection) }
    mixed = layout.mixed.map { _ in MixedParts() }
    texts = layout.texts.map { TextColumn(name: plan.columns[$0].name) }
    nonfinite = layout.numbers.map { _ in NonfiniteCounts() }
  }

  package var rowCount: Int { rowNumbers.count }

  /// Whether the row limit is reached.
  package var isFull: Bool { rowNumbers.count >= rowLimit }

  /// Counts a record after the end of the data.
  package mutating func dropTrailer() {
    account.read += 1
    drop("trailer_rows")
  }

  /// A row that cannot be taken apart at all.
  /// - Throws: `RowProblem` unless bad rows are to be skipped.
  package mutating func reject(
    _ problem: String, reason: String, line: Int
  ) throws(RowProblem) {
    account.read += 1
    try unreadable(problem, reason: reason, line: line)
  }

  /// Adds the row that begins at `start` if it is a plain one.
  /// - Returns: where the next begins, or nil where this one needs more care.
  /// - Throws: `RowProblem` where the row cannot be read and must not be skipped.
  package mutating func appendPlain(
    _ bytes: [UInt8], from start: Int, line: Int
  ) throws(RowProblem) -> Int? {
    // Safe: bytes hold any bits.
    let text = unsafe bytes.span.bytes
    let next = plain.read(
      text, from: start, into: &cells, &values, row: rowCount)
    guard let next else { return nil }
    try append(
      bytes, cells.starts, cells.ends, count: cells.count, unread: cells.unread, line: line)
    return next
  }

  /// Adds a row whose cells lie in `bytes`.
  /// - Throws: `RowProblem` where the row cannot be read and must not be skipped.
  package mutating func append(
    _ bytes: [UInt8], starts: [Int], ends: [Int], count: Int, line: Int
  ) throws(RowProblem) {
    try append(bytes, starts, ends, count: count, unread: allNumberSlots, line: line)
  }

  private mutating func append(
    _ bytes: [UInt8], _ starts: [Int], _ ends: [Int], count: Int, unread: [Int], line: Int
  ) throws(RowProblem) {
    let span = bytes.span
    account.read += 1
    if plan.trailer != nil, isTrailer(bytes[starts[0]..<ends[0]]) { return }
    if isEmpty(span, starts, ends, count) { return drop("empty_rows") }
    if isHeader(span, starts, ends, count) { return drop("header_rows") }
    guard hasRightCount(span, starts, ends, count) else {
      return try unreadable(
        "has \(count) cells where the header has \(plan.columns.count)", reason: "ragged_rows",
        line: line)
    }
    guard storeCategories(span, starts, ends) else { return }
    for slot in unread where slot < layout.numbers.count {
      guard try storeNumber(slot, span, starts, ends, line) else { return }
    }
    for slot in unread where slot >= layout.numbers.count { storeMixed(slot, span, starts, ends) }
    for (slot, column) in layout.texts.enumerated() {
      let (start, end) = trimmed(span, starts[column], ends[column])
      let isUnset = isUnset(span, start, end)
      texts[slot].append(utf8: bytes[start..<(isUnset ? start : end)])
    }
    rowNumbers.append(account.read - 1)
  }

  /// The values of all rows in a slot, without a copy.
  func stored(_ slot: Int) -> ArraySlice<Double> {
    values[slot * stride..<slot * stride + rowCount]
  }
}

// MARK: Rows that are none

extension RowBlock {
  private mutating func drop(_ reason: String) { account.dropped[reason, default: 0] += 1 }

  private mutating func unreadable(
    _ problem: String, reason: String, line: Int, column: String? = nil
  ) throws(RowProblem) {
    guard plan.badRows == .skip else {
      throw RowProblem(
        line: line, column: column, problem: problem, rowsBefore: account.read - 1,
        remedy: "mend the row, or leave such rows out with --bad-rows skip")
    }
    drop(reason)
  }

  /// Whether the data ends with this row.
  private mutating func isTrailer(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let trailer = plan.trailer, cell.elementsEqual(trailer) else { return false }
    isInTrailer = true
    drop("trailer_rows")
    return true
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
      guard isEqual(bytes, start, end, plan.header[cell]) else { return false }
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
    plan.unset.contains { isEqual(bytes, start, end, $0) }
  }

  private func isEqual(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ text: [UInt8]) -> Bool {
    guard text.count == end - start else { return false }
    for index in text.indices where text[index] != bytes[start + index] { return false }
    return true
  }
}

// MARK: Cells

extension RowBlock {
  private mutating func store(_ value: Double, at slot: Int) {
    values[slot &* stride &+ rowCount] = value
  }

  /// Stores the codes of names; false where one of them says to leave the row out.
  private mutating func storeCategories(
    _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int]
  ) -> Bool {
    for (slot, column) in layout.categories.enumerated() {
      let (start, end) = trimmed(bytes, starts[column], ends[column])
      var value = Double.nan
      let isUnset = isUnset(bytes, start, end)
      // A rejection may concern the empty name too, so that it is asked for as well.
      if start < end && !isUnset || plan.columns[column].rejection != nil {
        let code = categories[slot].code(bytes, start, isUnset ? start : end)
        if let reason = categories[slot].rejectionReason(code) {
          drop(reason)
          return false
        }
        if start < end, !isUnset { value = Double(code) }
      }
      store(value, at: layout.firstCategory &+ slot)
    }
    return true
  }

  /// Reads one number; false where the row is left out.
  private mutating func storeNumber(
    _ slot: Int, _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int], _ line: Int
  ) throws(RowProblem) -> Bool {
    let column = layout.numbers[slot]
    let (kind, value) = reader.read(bytes, starts[column], ends[column])
    if kind == .finite {
      store(value, at: slot)
      return true
    }
    let replacement = try replacement(kind, slot, bytes, starts[column], ends[column], line)
    guard let replacement else { return false }
    store(replacement, at: slot)
    return true
  }

  /// What stands for a cell that is no finite number, or nil where the row is left out.
  private mutating func replacement(
    _ kind: NumberReader.Kind, _ slot: Int, _ bytes: Span<UInt8>, _ start: Int, _ end: Int,
    _ line: Int
  ) throws(RowProblem) -> Double? {
    let name = plan.columns[layout.numbers[slot]].name
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
      throw RowProblem(
        line: line, column: name,
        problem: "'\(text(bytes, start, end))' is not a finite number",
        remedy: "choose what such values become: --nonfinite missing, zero or drop")
    }
  }

  private mutating func storeMixed(
    _ slot: Int, _ bytes: Span<UInt8>, _ starts: [Int], _ ends: [Int]
  ) {
    let part = slot - layout.numbers.count
    let column = layout.mixed[part]
    let (kind, value) = reader.read(bytes, starts[column], ends[column])
    store(value, at: slot)
    guard kind != .finite else { return }
    let (start, end) = trimmed(bytes, starts[column], ends[column])
    if kind == .text, !isUnset(bytes, start, end) {
      mixed[part].add(bytes, start, end, row: rowNumbers.count)
    } else {
      mixed[part].nonfinite.add(kind == .text ? .empty : kind)
      if plan.nonfinite == .zero { mixed[part].zeroRows.append(rowNumbers.count) }
    }
  }

  private func text(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> String {
    var cell: [UInt8] = []
    for index in start..<min(end, start + 60) { cell.append(bytes[index]) }
    return TextEncoding.decodeAlone(cell)
  }
}
