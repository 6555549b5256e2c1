import FeatureTables

/// Collects rows by column.
struct FlowTableBuilder {
  private let schema: FeatureSchema
  private var columns: [[Double]]
  private var identity = RowIdentity()
  private var texts: [TextColumn]
  private var labels: [String?] = []
  private var digests: [String: String] = [:]

  init(schema: FeatureSchema) {
    self.schema = schema
    columns = Array(repeating: [], count: schema.features.count)
    texts = IdentityColumn.allCases.map { TextColumn(name: $0.rawValue) }
  }

  /// Adds the flows of captures.
  mutating func add(
    _ captures: [String], options: ExtractionOptions, parallel: Parallel,
    progress: (Int) -> Void
  ) throws(DataError) -> ExtractionAccount {
    let firstSource = identity.sources.count
    let account = try FlowExtraction.extract(
      captures, options: options, parallel: parallel, progress: progress,
      rendering: { RenderedFlows($0) },
      into: { (flows) throws(DataError) in append(flows, firstSource: firstSource) })
    identity.sources += account.inputs.map(\.file)
    digests.merge(options.labels?.inputDigests ?? [:]) { first, _ in first }
    for input in account.inputs { digests[input.file] = input.sha256 }
    return account
  }

  private mutating func append(_ rendered: RenderedFlows, firstSource: Int) {
    let batch = rendered.batch
    for row in 0..<batch.count {
      for (index, value) in batch.values(ofRow: row).enumerated() { columns[index].append(value) }
      identity.connections.append(rendered.connections[row])
      identity.startTimes.append(batch.flows[row].start)
      identity.sourceIndices.append(Int32(firstSource + batch.captureIndices[row]))
      labels.append(batch.labels[row])
    }
    for index in texts.indices {
      for text in rendered.texts[index] { texts[index].append(utf8: text) }
    }
  }

  /// Everything added so far.
  consuming func table(settings: [String: String]) -> LabeledTable {
    let rowCount = labels.count
    var values: [Double] = []
    values.reserveCapacity(rowCount * columns.count)
    var categories = Array(repeating: [String](), count: columns.count)
    for index in columns.indices {
      if schema.features[index].kind == .categorical {
        (columns[index], categories[index]) = Cleaning.named(columns[index])
      }
      values.append(contentsOf: columns[index])
      columns[index] = []
    }
    identity.columns = texts
    var account = RowAccount()
    account.read = rowCount
    account.used = rowCount
    return LabeledTable(
      matrix: FeatureMatrix(
        schema: schema, rowCount: rowCount, values: values, categories: categories),
      labels: Labels(names: labels), identity: identity, account: account, settings: settings,
      inputDigests: digests)
  }
}

/// What is slow to make of flows, so that many threads make it.
private struct RenderedFlows: Sendable {
  let batch: FlowBatch
  /// One value a row: see `FlowIdentity.connection`.
  let connections: [UInt64]
  /// For each identity column, one text a row.
  let texts: [[[UInt8]]]

  init(_ batch: FlowBatch) {
    self.batch = batch
    connections = batch.flows.map(\.connection)
    let identities = (0..<batch.count).map { batch.identity(ofRow: $0) }
    texts = IdentityColumn.allCases.map { column in
      identities.map { identity in
        var text: [UInt8] = []
        identity.append(column, to: &text)
        return text
      }
    }
  }
}
