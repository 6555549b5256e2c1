/// Reads a table of delimited text: comma, tab, semicolon or bar.
package enum DelimitedTable {
  /// No record may be longer, so that an open quote does not read a whole data set into memory.
  private static let longestRecord = 1 << 26

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
    _ input: consuming TextInput, dialect: TextDialect, headerLines: Int, plan: ScanPlan
  ) throws(DataError) -> ScannedTable {
    var scan = DelimitedScan(file: input.name, dialect: dialect, skip: headerLines, plan: plan)
    var chunks = Chunks(input)
    while !scan.isDone, let chunk = try chunks.next() {
      try scan.take(chunk.bytes, isLast: chunk.isLast)
    }
    let digest = scan.isDone ? "" : chunks.digest
    return scan.finish(digest: digest)
  }

  /// The chunks of a file, each with the word whether another follows.
  struct Chunks: ~Copyable {
    private var input: TextInput
    private var following: [UInt8]?
    private var isStarted = false

    init(_ input: consuming TextInput) { self.input = input }

    mutating func next() throws(DataError) -> (bytes: [UInt8], isLast: Bool)? {
      if !isStarted {
        isStarted = true
        following = try input.next()
      }
      guard let bytes = following else { return nil }
      following = try input.next()
      return (bytes, following == nil)
    }

    var digest: String { input.digest }
  }

  /// The state of a scan between two chunks.
  private struct DelimitedScan {
    let file: String
    let plan: ScanPlan
    var scanner: RecordScanner
    var builder: TableBuilder
    var headerLines: Int
    /// The begin of a record that the next chunk continues, then that chunk. Kept, because a new
    /// buffer for every chunk costs as many page faults as the table itself.
    var buffer: [UInt8] = []
    var isUTF8 = true
    var isInTrailer = false

    init(file: String, dialect: TextDialect, skip: Int, plan: ScanPlan) {
      self.file = file
      self.plan = plan
      scanner = RecordScanner(dialect: dialect)
      builder = TableBuilder(plan: plan, file: file)
      headerLines = skip
    }

    var isDone: Bool { builder.isFull }

    mutating func take(_ chunk: [UInt8], isLast: Bool) throws(DataError) {
      var bytes: [UInt8] = []
      swap(&bytes, &buffer)
      bytes.append(contentsOf: chunk)
      var position = 0
      defer {
        bytes.removeFirst(position)
        swap(&bytes, &buffer)
      }
      while position < bytes.count, !builder.isFull {
        switch scanner.scan(bytes.span, from: position, isLast: isLast) {
        case .record(let next):
          try record(bytes)
          position = next
        case .nothing(let next):
          try remark(bytes, position..<next)
          position = next
        case .openQuote(let line):
          throw DataError(
            file: file, place: .line(line), problem: "a quote is opened and never closed",
            remedy: "close the quote, or remove it if it is part of the text")
        case .incomplete:
          checkEncoding(bytes[..<position])
          return try refuseLongRecord(bytes.count - position)
        }
      }
      checkEncoding(bytes[..<position])
    }

    private mutating func record(_ bytes: [UInt8]) throws(DataError) {
      if headerLines > 0 {
        headerLines -= 1
        return
      }
      if isInTrailer { return builder.dropTrailer() }
      if scanner.isMalformed {
        return try builder.reject(
          "has text after a closing quote", reason: "ragged_rows", line: scanner.line)
      }
      if scanner.dialect.splitsLastCellAtBlanks { scanner.splitLastCell(bytes.span) }
      if let trailer = plan.trailer, isTrailer(bytes, trailer) {
        isInTrailer = true
        return builder.dropTrailer()
      }
      guard !scanner.hasDoubledQuotes else { return try rewritten(bytes) }
      try builder.append(
        bytes, starts: scanner.starts, ends: scanner.ends, count: scanner.count,
        line: scanner.line)
    }

    /// A row whose doubled quotes are undone in a buffer of its own.
    private mutating func rewritten(_ bytes: [UInt8]) throws(DataError) {
      var text: [UInt8] = []
      var starts: [Int] = []
      var ends: [Int] = []
      for cell in scanner.cellBytes(bytes.span) {
        starts.append(text.count)
        text.append(contentsOf: cell)
        ends.append(text.count)
      }
      try builder.append(text, starts: starts, ends: ends, count: starts.count, line: scanner.line)
    }

    private func isTrailer(_ bytes: [UInt8], _ trailer: [UInt8]) -> Bool {
      bytes[scanner.starts[0]..<scanner.ends[0]].elementsEqual(trailer)
    }

    /// A log that changes its columns half-way cannot be read as one table.
    private func remark(_ bytes: [UInt8], _ range: Range<Int>) throws(DataError) {
      guard scanner.dialect.hasComments, !plan.header.isEmpty else { return }
      let line = bytes[range].drop { $0 == 0x09 || $0 == 0x20 }
      guard line.starts(with: Array("#fields".utf8)) else { return }
      let text = Array(line.prefix { $0 != 0x0A && $0 != 0x0D })
      let cells = DelimitedTable.records(
        of: text,
        dialect: TextDialect(
          delimiter: scanner.dialect.delimiter, hasQuotes: false,
          splitsLastCellAtBlanks: scanner.dialect.splitsLastCellAtBlanks),
        limit: 1)
      guard let cells = cells.first, Array(cells.dropFirst()) != plan.header else { return }
      throw DataError(
        file: file, place: .line(scanner.line), problem: "the columns change here",
        remedy: "split the file at this line")
    }

    private mutating func checkEncoding(_ bytes: ArraySlice<UInt8>) {
      isUTF8 = isUTF8 && TextEncoding.isUTF8(bytes)
    }

    private func refuseLongRecord(_ length: Int) throws(DataError) {
      guard length > DelimitedTable.longestRecord else { return }
      throw DataError(
        file: file, place: .line(scanner.line),
        problem: "a record goes on for more than \(DelimitedTable.longestRecord >> 20) megabytes",
        remedy: "look for a quote that is never closed from this line on")
    }

    consuming func finish(digest: String) -> ScannedTable {
      builder.finish(encoding: isUTF8 ? .utf8 : .codePage1252, digest: digest)
    }
  }
}
