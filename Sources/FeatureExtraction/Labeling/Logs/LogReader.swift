import FeatureTables

/// Chosen fields of a log, row after row: JSON lines, or a tab-separated log of Zeek. Only the row
/// in hand is in memory.
struct LogReader: ~Copyable {
  let name: String
  private var input: TextInput
  private let isJSON: Bool
  private var scanner: RecordScanner
  private var header: ZeekHeader
  private var flattener: JSONFlattener
  /// The positions of the fields in the flattener, or in the header of the log.
  private var positions: [String: Int]
  private let fields: [String]
  private var bytes: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  private static let longestRow = 1 << 26

  /// - Parameter fields: their names; in JSON, members of objects have the path of their names,
  ///   joined by points.
  /// - Throws: `DataError` where the file is not there or is no text.
  init(path: String, form: LogForm, fields: [String]) throws(DataError) {
    name = path
    input = try TextInput(path: path)
    isJSON = form.isJSON
    self.fields = fields
    header = ZeekHeader(isJSON ? [] : input.head)
    let dialect = TextDialect(
      delimiter: header.separator, hasQuotes: false, hasComments: true,
      splitsLastCellAtBlanks: header.splitsAtBlanks)
    scanner = RecordScanner(dialect: isJSON ? JSONLines.lines : dialect)
    let distinct = Set(fields).sorted()
    flattener = JSONFlattener(paths: distinct)
    positions = [:]
    if isJSON {
      for (index, field) in distinct.enumerated() { positions[field] = index }
    } else {
      findFields()
    }
  }

  /// The fields of a tab-separated log; nil for JSON, whose rows need not be alike.
  var allFields: [String]? { isJSON ? nil : header.names }

  /// SHA-256 of the file as stored, once `next` has given false.
  var digest: String { input.digest }

  /// Goes to the next row; false where there is none.
  /// - Throws: `DataError` with the line for a row that is no JSON object.
  mutating func next() throws(DataError) -> Bool {
    while true {
      switch scan() {
      case .record(let next):
        position = next
        if isJSON { try flatten() }
        return true
      case .nothing(let next):
        takeRemark(position..<next)
        position = next
      case .incomplete, .openQuote:
        guard !isAtEnd else { return false }
        try fill()
      }
    }
  }

  private mutating func scan() -> RecordScanner.Outcome {
    // Shared, not copied, as long as neither changes.
    let bytes = bytes
    let outcome = scanner.scan(bytes.span, from: position, isLast: isAtEnd)
    if case .record = outcome, scanner.dialect.splitsLastCellAtBlanks {
      scanner.splitLastCell(bytes.span)
    }
    return outcome
  }

  /// The line of the row in hand, from 1.
  var line: Int { scanner.line }

  /// The text of a field in the row in hand; nil where it has none.
  func text(_ field: String) -> String? {
    guard let position = positions[field] else { return nil }
    let cell: ArraySlice<UInt8>
    if isJSON {
      cell = flattener.text[flattener.starts[position]..<flattener.ends[position]]
    } else {
      guard position < scanner.count else { return nil }
      cell = bytes[scanner.starts[position]..<scanner.ends[position]]
    }
    let text = TextEncoding.decodeAlone(cell).trimmingBlanks()
    let isUnset = text.isEmpty || (!isJSON && (text == "-" || text == "(empty)"))
    return isUnset ? nil : text
  }

  private mutating func flatten() throws(DataError) {
    let (bytes, row) = (bytes, scanner.starts[0]..<scanner.ends[0])
    guard flattener.flatten(bytes.span, row) else {
      throw DataError(
        file: name, place: .line(line), problem: "is not a JSON object",
        remedy: "remove the line; the last one of a log still being written may be cut")
    }
  }

  private mutating func fill() throws(DataError) {
    guard bytes.count - position <= LogReader.longestRow else {
      throw DataError(
        file: name, place: .line(line),
        problem: "goes on for more than \(LogReader.longestRow >> 20) megabytes",
        remedy: "a log has one row a line; 'jq -c .' makes such lines of JSON")
    }
    bytes.removeFirst(position)
    position = 0
    if let chunk = try input.next() { bytes += chunk } else { isAtEnd = true }
  }

  /// Logs that were joined name their fields anew.
  private mutating func takeRemark(_ range: Range<Int>) {
    let line = bytes[range].drop { $0 == 0x20 || $0 == 0x09 }
    guard !isJSON, line.starts(with: "#fields".utf8) else { return }
    header.read(line.prefix { $0 != 0x0A && $0 != 0x0D })
    findFields()
  }

  private mutating func findFields() {
    positions = [:]
    for (index, name) in header.names.enumerated() where fields.contains(name) {
      positions[name] = index
    }
  }
}
