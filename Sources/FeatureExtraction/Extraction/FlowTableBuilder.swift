import FeatureTables

/// Collects rows by column.
struct FlowTableBuilder {
  private let schema: FeatureSchema
  private var columns: [[Double]]
  private var identity = RowIdentity()
  private var texts: [TextColumn]
  private var labels: [String?] = []
  private var digests: [String: String] = [:]
  private var scratch: [UInt8] = []

  init(schema: FeatureSchema) {
    self.schema = schema
    columns = Array(repeating: [], count: schema.features.count)
    texts = IdentityColumn.allCases.map { TextColumn(name: $0.rawValue) }
  }

  /// Adds the flows of captures.
  mutating func add(
    _ captures: [String], options: ExtractionOptions, progress: (Int) -> Void
  ) throws(DataError) -> ExtractionAccount {
    let firstSource = identity.sources.count
    let account = try FlowExtraction.extract(captures, options: options, progress: progress) {
      (row) throws(DataError) in
      append(row, firstSource: firstSource)
    }
    identity.sources += account.inputs.map(\.file)
    for input in account.inputs { digests[input.file] = input.sha256 }
    return account
  }

  private mutating func append(_ row: FlowRow, firstSource: Int) {
    for (index, value) in row.values.enumerated() { columns[index].append(value) }
    identity.connections.append(row.flow.connection)
    identity.startTimes.append(row.flow.start)
    identity.sourceIndices.append(Int32(firstSource + row.captureIndex))
    labels.append(row.label)
    for (index, column) in IdentityColumn.allCases.enumerated() {
      scratch.removeAll(keepingCapacity: true)
      row.append(column, to: &scratch)
      texts[index].append(utf8: scratch)
    }
  }

  /// Everything added so far.
  consuming func table(settings: [String: String]) -> LabeledTable {
    let rowCount = labels.count
    var values: [Double] = []
    values.reserveCapacity(rowCount * columns.count)
    for index in columns.indices {
      values.append(contentsOf: columns[index])
      columns[index] = []
    }
    identity.columns = texts
    var account = RowAccount()
    account.read = rowCount
    account.used = rowCount
    return LabeledTable(
      matrix: FeatureMatrix(schema: schema, rowCount: rowCount, values: values),
      labels: Labels(names: labels), identity: identity, account: account, settings: settings,
      inputDigests: digests)
  }
}
