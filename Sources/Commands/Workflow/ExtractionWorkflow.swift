import Evaluation
import FeatureExtraction
import FeatureTables
import Foundation

/// Flows of captures on their way into a table file.
enum ExtractionWorkflow {
  /// Writes the flows of captures as they end.
  /// - Throws: `DataError`; no file is left then.
  static func write(
    _ captures: [String], options: ExtractionOptions, parallel: Parallel, to output: String
  ) throws -> ExtractionAccount {
    let schema = try FeatureSets.schema(named: options.featureSet)
    var writer = try TableFileWriter(
      path: output, schema: schema, identityColumns: IdentityColumn.allCases.map(\.rawValue),
      hasLabel: options.labels != nil)
    let format = writer.format
    let account = try FlowExtraction.extract(
      captures, options: options, parallel: parallel,
      rendering: { $0.rows(format) }
    ) { (rows) throws(DataError) in
      try writer.append(rows: rows)
    }
    try writer.finish(
      metadata: try metadata(of: account, schema: schema, settings: try options.settings()))
    return account
  }

  /// The description of the table that stands beside it.
  private static func metadata(
    of account: ExtractionAccount, schema: FeatureSchema, settings: [String: String]
  ) throws -> TableMetadata {
    var rows = RowAccount()
    (rows.read, rows.used) = (account.flows.written, account.flows.written)
    let digests = account.inputs.compactMap { input in input.sha256.map { (input.file, $0) } }
    let encoded = try StableJSON.decode(JSONValue.self, from: try StableJSON.encode(account))
    let members = ["packets", "flows", "inputs", "rules"].compactMap { key in
      encoded[key].map { (key, $0) }
    }
    return TableMetadata(
      schema: schema, identityColumns: IdentityColumn.allCases.map(\.rawValue),
      settings: settings,
      inputDigests: Dictionary(digests, uniquingKeysWith: { first, _ in first }), rows: rows,
      extra: Dictionary(uniqueKeysWithValues: members))
  }

  /// The names in a list, one a line; blank lines are skipped.
  static func names(in list: String) throws(DataError) -> [String] {
    var source = try ByteSource(path: list)
    let text = String(decoding: try source.readAll(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
