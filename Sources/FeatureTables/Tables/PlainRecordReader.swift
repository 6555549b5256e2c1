/// Where the cells of a record lie, and which of its numbers are still to be read.
struct RecordCells {
  var starts: [Int]
  var ends: [Int]
  var count = 0
  /// Slots of number columns whose cells are no plain numbers.
  var unread: [Int] = []

  /// - Parameter columns: how many cells a record is expected to have.
  init(columns: Int) {
    // Some forms have more cells than columns, which are empty.
    starts = Array(repeating: 0, count: columns + 8)
    ends = starts
  }
}

/// Takes apart the records that are as most are, without a quote, and reads the numbers in them on
/// the way: the kernel of table reading. What it does not take, `RecordScanner` does.
struct PlainRecordReader {
  private let delimiter: UInt8
  /// A cell may not begin with it.
  private let quote: UInt8
  private let isUsable: Bool
  private let hasComments: Bool
  /// For each column where its numbers go, those of the first row, or -1 where it has none.
  private let targets: [Int]
  private let stride: Int
  private let reader = NumberReader()

  /// - Parameters:
  ///   - slots: for each column the slot of its numbers, or -1.
  ///   - stride: how far apart the first rows of two slots are.
  init(dialect: TextDialect, slots: [Int], stride: Int) {
    delimiter = dialect.delimiter
    // No text has a zero byte.
    quote = dialect.hasQuotes ? 0x22 : 0
    isUsable = !dialect.splitsLastCellAtBlanks
    hasComments = dialect.hasComments
    self.stride = stride
    targets = slots.map { $0 < 0 ? -1 : $0 * stride }
  }

  /// Finds the cells of the record that begins at `start`, and puts those that are plain numbers
  /// into `values`, in their slots at `row`.
  /// - Returns: where the next record begins; nil where this one has a quote, has no cell or many
  ///   more than there are columns, is a remark, or is not ended by a line end with the next byte
  ///   in sight. Nothing in `cells` and `values` counts then.
  func read(
    _ bytes: RawSpan, from start: Int, into cells: inout RecordCells,
    _ values: inout [Double], row: Int
  ) -> Int? {
    guard isUsable, !beginsWithoutCell(bytes, start) else { return nil }
    if !cells.unread.isEmpty { cells.unread.removeAll(keepingCapacity: true) }
    // Taken out of their owners, so that the loop writes without asking who else holds them.
    var (allStarts, allEnds, allValues): ([Int], [Int], [Double]) = ([], [], [])
    swap(&allStarts, &cells.starts)
    swap(&allEnds, &cells.ends)
    swap(&allValues, &values)
    defer {
      swap(&allStarts, &cells.starts)
      swap(&allEnds, &cells.ends)
      swap(&allValues, &values)
    }
    var starts = allStarts.mutableSpan
    var ends = allEnds.mutableSpan
    var values = allValues.mutableSpan
    let targets = targets.span
    var column = 0
    var position = start
    while column < starts.count {
      let cellStart = position
      let target = column < targets.count ? targets[column] : -1
      if target < 0 {
        guard bytes.character(position) != quote else { return nil }
        position = cellEnd(bytes, position)
      } else if bytes.character(position) &- 48 < 10, bytes.character(position &+ 1) == delimiter {
        // One digit, as half of all cells are.
        values[target &+ row] = Double(bytes.character(position) &- 48)
        position &+= 1
      } else if let value = reader.plain(bytes, &position), isMark(bytes.character(position)) {
        values[target &+ row] = value
      } else {
        guard bytes.character(cellStart) != quote else { return nil }
        position = cellEnd(bytes, cellStart)
        cells.unread.append(target / stride)
      }
      starts[column] = cellStart
      ends[column] = position
      column &+= 1
      if bytes.character(position) == delimiter {
        position &+= 1
      } else {
        cells.count = column
        return lineEnd(bytes, position)
      }
    }
    return nil
  }

  @inline(__always)
  private func isMark(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A || byte == 0x0D }

  /// Whether the record is an empty line or may be a remark.
  @inline(__always)
  private func beginsWithoutCell(_ bytes: RawSpan, _ start: Int) -> Bool {
    let first = bytes.character(start)
    if first == 0x0A || first == 0x0D { return true }
    return hasComments && (first == UInt8(ascii: "#") || first == 0x20 || first == 0x09)
  }

  @inline(__always)
  private func cellEnd(_ bytes: RawSpan, _ start: Int) -> Int {
    var position = start
    while position < bytes.byteCount, !isMark(bytes.character(position)) { position &+= 1 }
    return position
  }

  /// The position after a line end; nil where what follows it is not in sight.
  @inline(__always)
  private func lineEnd(_ bytes: RawSpan, _ position: Int) -> Int? {
    guard position &+ 1 < bytes.byteCount else {
      return bytes.character(position) == 0x0A ? position &+ 1 : nil
    }
    let isPair = bytes.character(position) == 0x0D && bytes.character(position &+ 1) == 0x0A
    return position &+ (isPair ? 2 : 1)
  }
}
