import FeatureTables

extension FlowExtraction {
  /// Writes the flows of captures into a table file as they end, with its description beside it.
  /// - Parameters:
  ///   - path: a file, compressed where its name ends in `.gz`; `-` is standard output, which
  ///     gets no description.
  /// - Throws: as `extract`, and `DataError` where the table cannot be written; no file is left
  ///   then.
  public static func write(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    parallel: Parallel = Parallel(), progress: (Int) -> Void = { _ in }, to path: String
  ) throws(DataError) -> ExtractionAccount {
    let schema = try FeatureSets.schema(named: options.featureSet)
    var writer = try TableFileWriter(
      path: path, schema: schema, identityColumns: IdentityColumn.allCases.map(\.rawValue),
      hasLabel: options.labels != nil)
    let format = writer.format
    let account = try extract(
      captures, options: options, parallel: parallel, progress: progress,
      rendering: { $0.rows(format) }
    ) { (rows) throws(DataError) in
      try writer.append(rows: rows)
    }
    try writer.finish(metadata: account.metadata(schema, settings: try options.settings()))
    return account
  }
}

extension ExtractionAccount {
  /// The description of the table that stands beside it.
  fileprivate func metadata(
    _ schema: FeatureSchema, settings: [String: String]
  ) -> TableMetadata {
    var rows = RowAccount()
    (rows.read, rows.used) = (flows.written, flows.written)
    let digests = inputs.compactMap { input in input.sha256.map { (input.file, $0) } }
    return TableMetadata(
      schema: schema, identityColumns: IdentityColumn.allCases.map(\.rawValue),
      settings: settings,
      inputDigests: Dictionary(digests, uniquingKeysWith: { first, _ in first }), rows: rows,
      extra: members)
  }

  /// The account as members of the description.
  private var members: [String: JSONValue] {
    guard let encoded = try? StableJSON.decode(JSONValue.self, from: StableJSON.encode(self))
    else { preconditionFailure("an account is always JSON") }
    var members: [String: JSONValue] = [:]
    for key in ["packets", "flows", "inputs", "rules"] { members[key] = encoded[key] }
    return members
  }
}
