import Foundation

/// What stands beside a table file, in `TABLE.meta.json`: everything that the numbers alone do not
/// say.
public struct TableMetadata: Sendable, Equatable {
  /// The features of the table, in the order of their columns.
  public var schema: FeatureSchema
  /// The names in the header where they are not those of the schema, in the order of its features.
  public var publishedNames: [String]?
  /// The names of the columns before the features, in order; they are no features.
  public var identityColumns: [String]
  /// How the table came about, by name: `feature_set`, `idle_timeout_seconds`, ….
  public var settings: [String: String]
  /// The version of the program that wrote the table.
  public var toolVersion: String
  /// SHA-256 of every input file by name.
  public var inputDigests: [String: String]
  /// What became of the rows behind the table.
  public var rows: RowAccount
  /// Members at the top of the document whose shape the writer decides: `packets`, `flows`, ….
  public var extra: [String: JSONValue]

  /// - Parameters:
  ///   - publishedNames: one a feature of `schema`; nil where the header has the schema's names.
  ///   - toolVersion: by default that of this program.
  public init(
    schema: FeatureSchema, publishedNames: [String]? = nil, identityColumns: [String] = [],
    settings: [String: String] = [:], toolVersion: String = flowMeterVersion,
    inputDigests: [String: String] = [:], rows: RowAccount = RowAccount(),
    extra: [String: JSONValue] = [:]
  ) {
    self.schema = schema
    self.publishedNames = publishedNames
    self.identityColumns = identityColumns
    self.settings = settings
    self.toolVersion = toolVersion
    self.inputDigests = inputDigests
    self.rows = rows
    self.extra = extra
  }

  /// The name of the document beside the table at `path`.
  public static func path(besides path: String) -> String { "\(path).meta.json" }

  /// The document that stands beside the table at `path`, or nil where there is none.
  /// - Throws: `DataError` where it is there and cannot be read.
  public static func read(besides path: String) throws(DataError) -> TableMetadata? {
    let name = TableMetadata.path(besides: path)
    guard path != "-", FileManager.default.fileExists(atPath: name) else { return nil }
    var source = try ByteSource(path: name)
    let bytes = try source.readAll()
    do {
      return try JSONDecoder().decode(TableMetadata.self, from: Data(bytes))
    } catch {
      throw DataError(
        file: name, problem: "is not the description of a table: \(error)",
        remedy: "extract the table again, or remove this file to read the table without it")
    }
  }

  /// The document as JSON with sorted keys.
  public func json() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return Array(try encoder.encode(self)) + [0x0A]
    } catch {
      preconditionFailure("plain values cannot fail to be encoded: \(error)")
    }
  }
}

extension TableMetadata: Codable {
  private struct Key: CodingKey, Hashable {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { return nil }

    static let format = Key("format")
    static let formatVersion = Key("format_version")
    static let schema = Key("schema")
    static let publishedNames = Key("published_names")
    static let identityColumns = Key("identity_columns")
    static let settings = Key("settings")
    static let toolVersion = Key("tool_version")
    static let inputDigests = Key("input_digests")
    static let rows = Key("rows")
    static let own: Set<Key> = [
      format, formatVersion, schema, publishedNames, identityColumns, settings, toolVersion,
      inputDigests, rows,
    ]
  }

  private static let formatName = "flowmeter-table"

  /// Reads a document of format version 1.x; members that are not known go to `extra`.
  /// - Throws: `DecodingError` for another format or version, and where a member is missing or of
  ///   another type.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    let format = try members.decode(String.self, forKey: .format)
    let version = try members.decode(String.self, forKey: .formatVersion)
    guard format == TableMetadata.formatName, version.hasPrefix("1.") else {
      throw DecodingError.dataCorruptedError(
        forKey: .formatVersion, in: members,
        debugDescription: "\(format) \(version) is not \(TableMetadata.formatName) 1")
    }
    schema = try members.decode(FeatureSchema.self, forKey: .schema)
    publishedNames = try members.decodeIfPresent([String].self, forKey: .publishedNames)
    identityColumns = try members.decode([String].self, forKey: .identityColumns)
    settings = try members.decode([String: String].self, forKey: .settings)
    toolVersion = try members.decode(String.self, forKey: .toolVersion)
    inputDigests = try members.decode([String: String].self, forKey: .inputDigests)
    rows = try members.decode(RowAccount.self, forKey: .rows)
    extra = [:]
    for key in members.allKeys where !Key.own.contains(key) {
      extra[key.stringValue] = try members.decode(JSONValue.self, forKey: key)
    }
  }

  /// Writes a document of format version 1.0, without members of `extra` that bear one of the names
  /// above.
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(TableMetadata.formatName, forKey: .format)
    try members.encode("1.0", forKey: .formatVersion)
    try members.encode(schema, forKey: .schema)
    try members.encodeIfPresent(publishedNames, forKey: .publishedNames)
    try members.encode(identityColumns, forKey: .identityColumns)
    try members.encode(settings, forKey: .settings)
    try members.encode(toolVersion, forKey: .toolVersion)
    try members.encode(inputDigests, forKey: .inputDigests)
    try members.encode(rows, forKey: .rows)
    for (name, value) in extra where !Key.own.contains(Key(name)) {
      try members.encode(value, forKey: Key(name))
    }
  }
}
