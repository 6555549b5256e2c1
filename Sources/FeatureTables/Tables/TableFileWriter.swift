/// Writes a flow table as CSV: identity columns, features, then the label. A bare
/// `pandas.read_csv` loads it.
///
/// A file appears whole, with its description beside it, or not at all; on standard output the
/// rows so far are valid at any time. A name that ends in `.gz` is compressed.
public struct TableFileWriter: ~Copyable {
  private let path: String
  private let schema: FeatureSchema
  private let identityCount: Int
  /// How rows are written, for threads that prepare them.
  package let format: TableRowFormat
  private let sink: OutputSink
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Opens the output and writes the header.
  /// - Parameters:
  ///   - path: a file, or `-` for standard output.
  ///   - publishedNames: names of the features in the header in place of the schema's.
  ///   - categories: one list a feature, the names behind the codes of a categorical one; empty
  ///     where codes are to be written as numbers.
  ///   - writesNonfinite: see `TableStyle`.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  public init(
    path: String, schema: FeatureSchema, identityColumns: [String], hasLabel: Bool,
    publishedNames: [String]? = nil, categories: [[String]] = [], writesNonfinite: Bool = false
  ) throws(DataError) {
    precondition(publishedNames == nil || publishedNames?.count == schema.features.count)
    precondition(categories.isEmpty || categories.count == schema.features.count)
    self.path = path
    self.schema = schema
    format = TableRowFormat(
      featureCount: schema.features.count, hasIdentity: !identityColumns.isEmpty,
      hasLabel: hasLabel, categories: categories, writesNonfinite: writesNonfinite)
    identityCount = identityColumns.count
    sink = try OutputSink(path: path)
    let names = publishedNames ?? schema.features.map(\.name)
    for (index, name) in (identityColumns + names + (hasLabel ? ["label"] : [])).enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      CellText.append(name, to: &buffer)
    }
    buffer.append(0x0A)
  }

  /// Writes one row.
  /// - Parameters:
  ///   - identity: one text for each identity column.
  ///   - values: one number for each feature: see `TableRowFormat`.
  ///   - label: the class, nil where the row has none; not looked at without a label column.
  /// - Throws: `DataError` of kind `inputOutput`.
  public mutating func append(
    identity: [String], values: Span<Double>, label: String? = nil
  ) throws(DataError) {
    precondition(identity.count == identityCount)
    for (index, text) in identity.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: ",")) }
      CellText.append(text, to: &buffer)
    }
    format.appendValues(values, label: label, to: &buffer)
    if buffer.count >= TableFileWriter.bufferSize { try flush() }
  }

  /// Writes rows that `format` made.
  /// - Throws: `DataError` of kind `inputOutput`.
  package mutating func append(rows: [UInt8]) throws(DataError) {
    try flush()
    try sink.write(rows)
  }

  /// Writes one row whose values are an array.
  /// - Throws: `DataError` of kind `inputOutput`.
  public mutating func append(
    identity: [String], values: [Double], label: String? = nil
  ) throws(DataError) {
    try append(identity: identity, values: values.span, label: label)
  }

  /// Hands on what is buffered, so that a reader of a pipe sees it.
  /// - Throws: `DataError` of kind `inputOutput`, or `closedPipe` where nobody reads any more.
  public mutating func flush() throws(DataError) {
    try sink.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Completes the table. For a file, `metadata` is written beside it first, so that no table
  /// stands without its description.
  /// - Throws: `DataError` of kind `inputOutput` or `noOutput`; no table is left then.
  public consuming func finish(metadata: TableMetadata? = nil) throws(DataError) {
    try sink.write(buffer)
    if let metadata, !sink.isStream {
      try WholeFile.write(metadata.json(), to: TableMetadata.path(besides: path))
    }
    try sink.commit()
  }
}

extension TableFileWriter {
  /// Writes a whole table with its description.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  public static func write(
    _ table: LabeledTable, to path: String, extra: [String: JSONValue] = [:]
  ) throws(DataError) {
    let identity = table.identity.columns
    var writer = try TableFileWriter(
      path: path, schema: table.matrix.schema, identityColumns: identity.map(\.name),
      hasLabel: !table.labels.classes.isEmpty, categories: table.matrix.categories)
    for row in 0..<table.rowCount {
      let code = table.labels.codes[row]
      try writer.append(
        identity: identity.map { $0[row] }, values: table.matrix.row(row),
        label: code < 0 ? nil : table.labels.classes[Int(code)])
    }
    try writer.finish(
      metadata: TableMetadata(
        schema: table.matrix.schema, identityColumns: identity.map(\.name),
        settings: table.settings, inputDigests: table.inputDigests, rows: table.account,
        extra: extra))
  }
}

/// The text of a cell in a CSV file, quoted as RFC 4180 says where it must be.
package enum CellText {
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    let needsQuotes = text.utf8.contains { byte in
      byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
    }
    guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
