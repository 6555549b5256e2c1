/// Reads a table of delimited text: comma, tab, semicolon or bar.
package enum DelimitedTable {
  /// The delimiter that splits the first two lines of `head` into the same number of cells, or nil
  /// where there is none.
  package static func delimiter(of head: [UInt8], hasComments: Bool = false) -> UInt8? {
    var best: (delimiter: UInt8, cells: Int)?
    var first: (delimiter: UInt8, cells: Int)?
    for mark in [UInt8](",\t;|".utf8) {
      let dialect = TextDialect(delimiter: mark, hasComments: hasComments)
      let lines = records(of: head, dialect: dialect, limit: 2).map(\.count)
      guard let cells = lines.first, cells > 1 else { continue }
      if cells > first?.cells ?? 1 { first = (mark, cells) }
      if lines.allSatisfy({ $0 == cells }), cells > best?.cells ?? 1 { best = (mark, cells) }
    }
    return best?.delimiter ?? first?.delimiter
  }

  /// The cells of the first records of `head`; a record that is cut at its end is left out unless
  /// it is the first.
  package static func records(
    of head: [UInt8], dialect: TextDialect, limit: Int, isAll: Bool = true
  ) -> [[[UInt8]]] {
    var scanner = RecordScanner(dialect: dialect)
    var records: [[[UInt8]]] = []
    var position = 0
    while records.count < limit, position < head.count {
      switch scanner.scan(head.span, from: position, isLast: isAll) {
      case .record(let next):
        if dialect.splitsLastCellAtBlanks { scanner.splitLastCell(head.span) }
        records.append(scanner.cellBytes(head.span))
        position = next
      case .nothing(let next): position = next
      case .incomplete, .openQuote: return records
      }
    }
    return records
  }

  /// Reads all rows.
  /// - Parameter headerLines: records before the first row of data.
  /// - Throws: `DataError` for rows that cannot be read, an open quote, a damaged file.
  package static func scan(
    _ input: consuming TextInput, dialect: TextDialect, headerLines: Int, plan: ScanPlan,
    parallel: Parallel = Parallel()
  ) throws(DataError) -> ScannedTable {
    try TableScan.run(
      input, dialect: dialect, headerRecords: headerLines, plan: plan, parallel: parallel
    ) { block, rows throws(RowProblem) in
      try read(block, dialect, plan, into: &rows)
    }
  }

  private static func read(
    _ block: TextBlock, _ dialect: TextDialect, _ plan: ScanPlan, into rows: inout RowBlock
  ) throws(RowProblem) {
    var scanner = RecordScanner(dialect: dialect)
    let bytes = block.bytes
    var headerRecords = block.headerRecords
    var position = 0
    while position < bytes.count, !rows.isFull {
      if headerRecords == 0, !rows.isInTrailer,
        let next = try rows.appendPlain(bytes, from: position, line: scanner.nextLine)
      {
        scanner.passLine()
        position = next
        continue
      }
      switch scanner.scan(bytes.span, from: position, isLast: true) {
      case .record(let next):
        if headerRecords > 0 { headerRecords -= 1 } else { try add(bytes, &scanner, to: &rows) }
        position = next
      case .nothing(let next):
        try refuseOtherColumns(bytes[position..<next], scanner, plan)
        position = next
      case .openQuote(let line):
        throw RowProblem(
          line: line, problem: "a quote is opened and never closed",
          remedy: "close the quote, or remove it if it is part of the text")
      case .incomplete: preconditionFailure("a block of text ends within a record")
      }
    }
    rows.lineCount = scanner.nextLine - 1
    rows.isUTF8 = TextEncoding.isUTF8(bytes[..<position])
  }

  private static func add(
    _ bytes: [UInt8], _ scanner: inout RecordScanner, to rows: inout RowBlock
  ) throws(RowProblem) {
    if rows.isInTrailer { return rows.dropTrailer() }
    if scanner.isMalformed {
      return try rows.reject(
        "has text after a closing quote", reason: "ragged_rows", line: scanner.line)
    }
    if scanner.dialect.splitsLastCellAtBlanks { scanner.splitLastCell(bytes.span) }
    guard !scanner.hasDoubledQuotes else { return try addRewritten(bytes, scanner, to: &rows) }
    try rows.append(
      bytes, starts: scanner.starts, ends: scanner.ends, count: scanner.count, line: scanner.line)
  }

  /// A row whose doubled quotes are undone in a buffer of its own.
  private static func addRewritten(
    _ bytes: [UInt8], _ scanner: RecordScanner, to rows: inout RowBlock
  ) throws(RowProblem) {
    var text: [UInt8] = []
    var starts: [Int] = []
    var ends: [Int] = []
    for cell in scanner.cellBytes(bytes.span) {
      starts.append(text.count)
      text.append(contentsOf: cell)
      ends.append(text.count)
    }
    try rows.append(text, starts: starts, ends: ends, count: starts.count, line: scanner.line)
  }

  /// A log that changes its columns half-way cannot be read as one table.
  private static func refuseOtherColumns(
    _ remark: ArraySlice<UInt8>, _ scanner: RecordScanner, _ plan: ScanPlan
  ) throws(RowProblem) {
    guard scanner.dialect.hasComments, !plan.header.isEmpty else { return }
    let line = remark.drop { $0 == 0x09 || $0 == 0x20 }
    guard line.starts(with: Array("#fields".utf8)) else { return }
    let text = Array(line.prefix { $0 != 0x0A && $0 != 0x0D })
    let cells = DelimitedTable.records(
      of: text,
      dialect: TextDialect(
        delimiter: scanner.dialect.delimiter, hasQuotes: false,
        splitsLastCellAtBlanks: scanner.dialect.splitsLastCellAtBlanks),
      limit: 1)
    guard let cells = cells.first, Array(cells.dropFirst()) != plan.header else { return }
    throw RowProblem(
      line: scanner.line, problem: "the columns change here", remedy: "split the file at this line")
  }
}
