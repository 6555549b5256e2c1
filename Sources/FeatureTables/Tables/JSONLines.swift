/// Reads a file with one JSON object a line. Members of nested objects have the path of their
/// names, joined by points; lists are taken as their text.
package enum JSONLines {
  /// Lines as one cell each: zero bytes are refused before, so that none separates cells.
  package static let lines = TextDialect(delimiter: 0, hasQuotes: false)

  /// Reads all rows whose cells the plan's columns name by path.
  /// - Parameter filter: path and value that a row must have; others are counted under the reason.
  /// - Throws: `DataError` for lines that are no JSON objects, unless bad rows are skipped.
  package static func scan(
    _ input: consuming TextInput, paths: [String],
    filter: (path: String, value: String, reason: String)?,
    plan: ScanPlan, parallel: Parallel = Parallel()
  ) throws(DataError) -> ScannedTable {
    var plan = plan
    var paths = paths
    if let filter {
      // Before all others, so that no other reason counts for such rows.
      paths.insert(filter.path, at: 0)
      plan.columns.insert(
        ColumnPlan(filter.path, .category) { $0 == filter.value ? nil : filter.reason }, at: 0)
    }
    var table = try TableScan.run(
      input, dialect: lines, headerRecords: 0, plan: plan, parallel: parallel
    ) { [paths] block, rows throws(RowProblem) in
      try read(block, paths, into: &rows)
    }
    if filter != nil { table.columns.removeFirst() }
    return table
  }

  private static func read(
    _ block: TextBlock, _ paths: [String], into rows: inout RowBlock
  ) throws(RowProblem) {
    var scanner = RecordScanner(dialect: lines)
    var flattener = JSONFlattener(paths: paths)
    let bytes = block.bytes
    var position = 0
    while position < bytes.count, !rows.isFull {
      switch scanner.scan(bytes.span, from: position, isLast: true) {
      case .nothing(let next): position = next
      case .record(let next):
        try append(
          bytes, scanner.starts[0]..<scanner.ends[0], line: scanner.line, &flattener, &rows)
        position = next
      case .incomplete, .openQuote: preconditionFailure("a block of text ends within a line")
      }
    }
    rows.lineCount = scanner.nextLine - 1
    rows.isUTF8 = TextEncoding.isUTF8(bytes[..<position])
  }

  private static func append(
    _ bytes: [UInt8], _ range: Range<Int>, line: Int, _ flattener: inout JSONFlattener,
    _ rows: inout RowBlock
  ) throws(RowProblem) {
    guard flattener.flatten(bytes.span, range) else {
      return try rows.reject(
        "is not a JSON object", reason: "unreadable_rows", line: line)
    }
    try rows.append(
      flattener.text, starts: flattener.starts, ends: flattener.ends,
      count: flattener.starts.count, line: line)
  }
}

/// Finds the values of given paths in one JSON object after the other.
package struct JSONFlattener {
  /// The texts of the values, one after the other; strings without quotes and escapes.
  package private(set) var text: [UInt8] = []
  package private(set) var starts: [Int]
  package private(set) var ends: [Int]
  private var columns = ByteInterner()
  private var path: [UInt8] = []
  private static let deepest = 32

  package init(paths: [String]) {
    starts = Array(repeating: 0, count: paths.count)
    ends = starts
    for path in paths {
      let bytes = Array(path.utf8)
      _ = columns.code(bytes.span, 0, bytes.count)
    }
    precondition(columns.entries.count == paths.count, "paths repeat")
  }

  /// Takes the object in `range` apart; false where it is none.
  package mutating func flatten(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    text.removeAll(keepingCapacity: true)
    path.removeAll(keepingCapacity: true)
    for index in starts.indices {
      starts[index] = 0
      ends[index] = 0
    }
    var cursor = JSONCursor(position: range.lowerBound, end: range.upperBound)
    cursor.skipBlanks(bytes)
    guard object(bytes, &cursor, depth: 0) else { return false }
    cursor.skipBlanks(bytes)
    return cursor.position == cursor.end
  }

  private mutating func object(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int
  ) -> Bool {
    guard depth < JSONFlattener.deepest, cursor.take(UInt8(ascii: "{"), bytes) else { return false }
    cursor.skipBlanks(bytes)
    if cursor.take(UInt8(ascii: "}"), bytes) { return true }
    while true {
      cursor.skipBlanks(bytes)
      let outer = path.count
      if depth > 0 { path.append(UInt8(ascii: ".")) }
      guard cursor.string(bytes, into: &path) else { return false }
      cursor.skipBlanks(bytes)
      guard cursor.take(UInt8(ascii: ":"), bytes) else { return false }
      cursor.skipBlanks(bytes)
      guard value(bytes, &cursor, depth: depth) else { return false }
      path.removeLast(path.count - outer)
      cursor.skipBlanks(bytes)
      if cursor.take(UInt8(ascii: "}"), bytes) { return true }
      guard cursor.take(UInt8(ascii: ","), bytes) else { return false }
    }
  }

  private mutating func value(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int
  ) -> Bool {
    if cursor.peek(bytes) == UInt8(ascii: "{") {
      return object(bytes, &cursor, depth: depth + 1)
    }
    let start = text.count
    switch cursor.peek(bytes) {
    case UInt8(ascii: "\""):
      guard cursor.string(bytes, into: &text) else { return false }
    case UInt8(ascii: "["):
      guard cursor.list(bytes, into: &text, depth: depth) else { return false }
    default:
      guard cursor.word(bytes, into: &text) else { return false }
    }
    if text[start...].elementsEqual("null".utf8) { text.removeLast(4) }
    if let column = columns.find(path.span, 0, path.count) {
      starts[Int(column)] = start
      ends[Int(column)] = text.count
      // So that a number ends where its value does.
      text.append(UInt8(ascii: ","))
    } else {
      text.removeLast(text.count - start)
    }
    return true
  }
}

/// A position in JSON text.
private struct JSONCursor {
  var position: Int
  let end: Int

  func peek(_ bytes: Span<UInt8>) -> UInt8? { position < end ? bytes[position] : nil }

  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard peek(bytes) == byte else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks(_ bytes: Span<UInt8>) {
    while let byte = peek(bytes), byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A {
      position += 1
    }
  }

  /// A number, `true`, `false` or `null`.
  mutating func word(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Bool {
    let start = position
    while let byte = peek(bytes), ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x22, 0x7B].contains(byte) {
      text.append(byte)
      position += 1
    }
    return position > start
  }

  /// A list, as its text.
  mutating func list(_ bytes: Span<UInt8>, into text: inout [UInt8], depth: Int) -> Bool {
    var open = 0
    while let byte = peek(bytes) {
      if byte == UInt8(ascii: "\"") {
        text.append(byte)
        guard string(bytes, into: &text) else { return false }
        text.append(byte)
        continue
      }
      text.append(byte)
      position += 1
      if byte == UInt8(ascii: "[") { open += 1 }
      if byte == UInt8(ascii: "]") {
        open -= 1
        if open == 0 { return true }
      }
    }
    return false
  }

  /// A string without its quotes, escapes undone.
  mutating func string(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Bool {
    guard take(UInt8(ascii: "\""), bytes) else { return false }
    while let byte = peek(bytes) {
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
      } else if !escape(bytes, into: &text) {
        return false
      }
    }
    return false
  }

  private mutating func escape(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Bool {
    guard let byte = peek(bytes) else { return false }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "u"): return unicodeEscape(bytes, into: &text)
    default: return false
    }
    return true
  }

  private mutating func unicodeEscape(_ bytes: Span<UInt8>, into text: inout [UInt8]) -> Bool {
    guard let high = hexadecimal(bytes) else { return false }
    var units = [high]
    if UTF16.isLeadSurrogate(high), take(UInt8(ascii: "\\"), bytes), take(UInt8(ascii: "u"), bytes)
    {
      guard let low = hexadecimal(bytes) else { return false }
      units.append(low)
    }
    text.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
    return true
  }

  private mutating func hexadecimal(_ bytes: Span<UInt8>) -> UInt16? {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(bytes), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        return nil
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
