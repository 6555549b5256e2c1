import FeatureTables

extension FlowExtraction {
  /// Writes the flows of captures into a file as they end, with its description beside it.
  /// - Parameters:
  ///   - style: what the columns are called, and what is written for what is not finite.
  ///   - path: a table, compressed where its name ends in `.gz`; the features alone as a NumPy
  ///     file where it ends in `.npy`; `-` is a table on standard output, without description.
  /// - Throws: as `extract`, and `DataError` where the file cannot be written; none is left then.
  public static func write(
    _ captures: [String], options: ExtractionOptions = ExtractionOptions(),
    style: TableStyle = TableStyle(), parallel: Parallel = Parallel(),
    progress: (Int) -> Void = { _ in }, to path: String
  ) throws(DataError) -> ExtractionAccount {
    let schema = try FeatureSets.schema(named: options.featureSet)
    guard !MatrixFileWriter.isMatrix(path) else {
      var writer = try MatrixFileWriter(
        path: path, schema: schema, writesNonfinite: style.writesNonfinite)
      let account = try extract(
        captures, options: options, parallel: parallel, progress: progress,
        rendering: { $0.values },
        into: { (values) throws(DataError) in try writer.append(values) })
      try writer.finish(metadata: try account.metadata(schema, identity: [], options: options))
      return account
    }
    let identity = IdentityColumn.allCases.map(\.rawValue)
    let names =
      style.names == .published
      ? try FeatureSets.publishedNames(of: options.featureSet) : nil
    var writer = try TableFileWriter(
      path: path, schema: schema, identityColumns: identity, hasLabel: options.labels != nil,
      publishedNames: names, writesNonfinite: style.writesNonfinite)
    let format = writer.format
    let account = try extract(
      captures, options: options, parallel: parallel, progress: progress,
      rendering: { $0.rows(format) },
      into: { (rows) throws(DataError) in try writer.append(rows: rows) })
    try writer.finish(
      metadata: try account.metadata(
        schema, identity: identity, publishedNames: names, options: options))
    return account
  }
}

extension ExtractionAccount {
  /// The description of the table that stands beside it.
  fileprivate func metadata(
    _ schema: FeatureSchema, identity: [String], publishedNames: [String]? = nil,
    options: ExtractionOptions
  ) throws(DataError) -> TableMetadata {
    var rows = RowAccount()
    (rows.read, rows.used) = (flows.written, flows.written)
    var digests = options.labels?.inputDigests ?? [:]
    for input in inputs { digests[input.file] = input.sha256 }
    return TableMetadata(
      schema: schema, publishedNames: publishedNames, identityColumns: identity,
      settings: try options.settings(),
      inputDigests: digests, rows: rows,
      extra: members)
  }

  /// The account as members of the description.
  private var members: [String: JSONValue] {
    guard let encoded = try? StableJSON.decode(JSONValue.self, from: StableJSON.encode(self))
    else { preconditionFailure("an account is always JSON") }
    var members: [String: JSONValue] = [:]
    for key in ["packets", "flows", "inputs", "rules", "alerts"] { members[key] = encoded[key] }
    return members
  }
}
