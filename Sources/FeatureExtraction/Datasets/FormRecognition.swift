import FeatureTables

/// Which form a file has, and how its text is laid out: found from its first part.
struct RecognizedForm {
  let form: TableForm
  let dialect: TextDialect
  /// The names of the columns as in the file, blanks stripped; for JSON lines the paths.
  let names: [String]
  /// The cells of the header line, blanks stripped; empty where there is none.
  let header: [[UInt8]]
  /// Records before the first row.
  let headerLines: Int
  /// Rows of the first part of the file, as text.
  let sample: [[String]]
}

extension RecognizedForm {
  /// Whether the file has one JSON object a line.
  var isJSON: Bool { dialect == JSONLines.lines }

  /// Most rows that are looked at to choose a label column.
  private static let sampleRows = 2_000

  /// - Throws: `DataError` with the nearest forms where none fits.
  static func recognize(
    _ input: borrowing TextInput, options: TableReadingOptions
  ) throws(DataError) -> RecognizedForm {
    let head = input.head
    guard let first = head.firstIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
      throw DataError(
        file: input.name, problem: "holds nothing but blanks",
        remedy: "check the program that wrote it")
    }
    if head[first] == UInt8(ascii: "{") { return try jsonLines(input) }
    if head[first] == UInt8(ascii: "#") { return try zeek(input) }
    return try delimited(input, options)
  }

  // MARK: Delimited text

  private static func delimited(
    _ input: borrowing TextInput, _ options: TableReadingOptions
  ) throws(DataError) -> RecognizedForm {
    guard let delimiter = DelimitedTable.delimiter(of: input.head) else {
      try refuseOpenQuote(input, TextDialect(delimiter: 0x2C))
      throw unknown(
        input.name, "has lines of one cell: no comma, tab, semicolon or bar separates columns")
    }
    let dialect = TextDialect(delimiter: delimiter)
    let records = DelimitedTable.records(
      of: input.head, dialect: dialect, limit: sampleRows + 1, isAll: input.headIsAll)
    guard let first = records.first else {
      try refuseOpenQuote(input, dialect)
      throw unknown(input.name, "has a first line that is longer than a megabyte")
    }
    let names = first.map { TextEncoding.decodeAlone($0).trimmingBlanks() }
    let isHeader = !names.contains { isNumber($0) }
    let rows = records.dropFirst(isHeader ? 1 : 0).map { row in
      row.map { TextEncoding.decodeAlone($0).trimmingBlanks() }
    }
    guard isHeader else {
      guard let form = FormCatalog.shared.form(headless: names), let headless = form.headless
      else {
        throw unknown(
          input.name,
          "has numbers in its first line, so no header, and \(names.count) columns, which no known "
            + "form without header has")
      }
      return RecognizedForm(
        form: form, dialect: dialect, names: headless, header: [], headerLines: 0, sample: rows)
    }
    let form = try delimitedForm(names, rows, input, options)
    return RecognizedForm(
      form: form, dialect: dialect, names: names,
      header: names.enumerated().map { trimmedCell(first[$0.offset]) }, headerLines: 1,
      sample: rows)
  }

  private static func delimitedForm(
    _ names: [String], _ rows: [[String]], _ input: borrowing TextInput,
    _ options: TableReadingOptions
  ) throws(DataError) -> TableForm {
    let catalog = FormCatalog.shared
    if names.starts(with: ["flow_id", "community_id"]) { return catalog.own }
    let folded = Set(HeaderNames.distinct(names))
    if let form = catalog.form(header: folded, layout: .delimited) {
      guard let other = form.whenUnlabeled.flatMap(catalog.form),
        let column = names.firstIndex(where: { SnakeCase.folded($0) == form.labels.first })
      else { return form }
      let map = LabelMap(named: form.labelMap)
      let hasLabel = rows.contains { row in
        guard column < row.count, case .labeled = map.meaning(row[column]) else { return false }
        return true
      }
      return hasLabel ? form : other
    }
    // A log without its `#` lines is still one of Zeek's, if its names say so.
    if folded.isSuperset(of: ["conn_state", "history", "duration"]),
      let form = catalog.form(header: folded, layout: .zeek)
    {
      return form
    }
    let wanted = options.labelColumn.map(SnakeCase.folded)
    let isLabel: (String) -> Bool = { $0 == wanted || catalog.generic.labels.contains($0) }
    let isWanted = options.schema?.features.contains { feature in
      names.contains { SnakeCase.name($0) == feature.name }
    }
    if folded.contains(where: isLabel) || isWanted == true { return catalog.generic }
    throw unknownHeader(input.name, folded)
  }

  private static func unknownHeader(_ file: String, _ folded: Set<String>) -> DataError {
    let nearest = FormCatalog.shared.nearest(folded).map { form, missing in
      let names = missing.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
      let more = missing.count > 5 ? " and \(missing.count - 5) more" : ""
      return "\(form.identifier) lacks \(names)\(more)"
    }
    let problem =
      nearest.isEmpty
      ? "has no column that a known flow table has"
      : "has a header of no known form; the nearest: \(nearest.joined(separator: "; "))"
    return DataError(
      file: file, place: .line(1), problem: problem,
      remedy: "name the column that holds the class with --label-column, or use a table of a known "
        + "form")
  }

  private static func unknown(_ file: String, _ problem: String) -> DataError {
    DataError(
      file: file, problem: problem,
      remedy: "give a flow table: CSV with a header, a Zeek conn.log, Suricata EVE or NSL-KDD")
  }

  /// A first part that cannot be split may be an open quote, which says more.
  private static func refuseOpenQuote(
    _ input: borrowing TextInput, _ dialect: TextDialect
  ) throws(DataError) {
    var scanner = RecordScanner(dialect: dialect)
    guard case .openQuote(let line) = scanner.scan(input.head.span, from: 0, isLast: true) else {
      return
    }
    throw DataError(
      file: input.name, place: .line(line), problem: "a quote is opened and never closed",
      remedy: "close the quote, or remove it if it is part of the text")
  }

  private static func isNumber(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return NumberReader().read(bytes.span, 0, bytes.count).kind == .finite
  }

  private static func trimmedCell(_ cell: [UInt8]) -> [UInt8] {
    let (start, end) = trimmed(cell.span, 0, cell.count)
    return Array(cell[start..<end])
  }

  // MARK: Zeek

  private static func zeek(_ input: borrowing TextInput) throws(DataError) -> RecognizedForm {
    let header = ZeekHeader(input.head)
    guard header.fields?.isEmpty == false else {
      throw DataError(
        file: input.name, problem: "begins like a Zeek log but has no #fields line",
        remedy: "keep the lines that begin with # when logs are cut or joined")
    }
    let names = header.names
    var dialect = TextDialect(
      delimiter: header.separator, hasQuotes: false, hasComments: true,
      splitsLastCellAtBlanks: header.splitsAtBlanks)
    let folded = Set(HeaderNames.distinct(names))
    guard let form = FormCatalog.shared.form(header: folded, layout: .zeek) else {
      throw DataError(
        file: input.name,
        problem: "is a Zeek log of '\(header.path ?? "unknown path")', which has no flows",
        remedy: "give the conn.log of the same run")
    }
    dialect.hasComments = true
    let records = DelimitedTable.records(
      of: input.head, dialect: dialect, limit: sampleRows, isAll: input.headIsAll)
    return RecognizedForm(
      form: form, dialect: dialect, names: names, header: names.map { Array($0.utf8) },
      headerLines: 0,
      sample: records.map { row in row.map { TextEncoding.decodeAlone($0).trimmingBlanks() } })
  }

  // MARK: JSON lines

  private static func jsonLines(_ input: borrowing TextInput) throws(DataError) -> RecognizedForm {
    let lines = DelimitedTable.records(
      of: input.head, dialect: JSONLines.lines, limit: sampleRows,
      isAll: input.headIsAll
    ).compactMap(\.first)
    var probe = JSONFlattener(paths: ["event_type", "id.orig_h", "conn_state"])
    guard let first = lines.first, probe.flatten(first.span, 0..<first.count) else {
      throw DataError(
        file: input.name, place: .line(1), problem: "is JSON, but not one object a line",
        remedy: "a flow log in JSON has one object a line; 'jq -c .' makes such lines")
    }
    let isEVE = probe.ends[0] > probe.starts[0]
    let isZeek = probe.ends[1] > probe.starts[1] || probe.ends[2] > probe.starts[2]
    let identifier = isEVE ? "suricata-eve-flow" : "zeek-conn"
    guard isEVE || isZeek, let form = FormCatalog.shared.form(identifier) else {
      throw DataError(
        file: input.name, place: .line(1),
        problem: "is JSON lines of neither Suricata (event_type) nor Zeek (id.orig_h)",
        remedy: "give eve.json or a Zeek conn.log")
    }
    var flattener = JSONFlattener(paths: form.jsonPaths)
    let rows = lines.compactMap { line -> [String]? in
      guard flattener.flatten(line.span, 0..<line.count) else { return nil }
      return zip(flattener.starts, flattener.ends).map {
        TextEncoding.decodeAlone(flattener.text[$0..<$1])
      }
    }
    return RecognizedForm(
      form: form, dialect: JSONLines.lines,
      names: form.jsonPaths, header: [], headerLines: 0, sample: rows)
  }
}

/// Names of a header, made comparable.
enum HeaderNames {
  /// Folded, with `.1`, `.2` … after repeated ones, as pandas writes them.
  static func distinct(_ names: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return names.map { name in
      let folded = SnakeCase.folded(name)
      defer { seen[folded, default: 0] += 1 }
      return seen[folded].map { "\(folded).\($0)" } ?? folded
    }
  }
}
