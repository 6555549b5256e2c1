import FeatureTables

/// The rules of a rule file. The last rule that matches gives a flow its label.
public struct LabelRules: Sendable, Equatable {
  /// The file, for messages.
  public let file: String
  /// SHA-256 of the file, in hexadecimal.
  public let digest: String
  /// What the rules are for, in a sentence; nil where the file does not say.
  public let description: String?
  /// The label of flows that no rule matches; nil leaves them unlabeled.
  public let defaultLabel: String?
  /// In the order of the file; a later one overrules an earlier one.
  public let rules: [LabelRule]

  /// From rules that are there already.
  /// - Parameters:
  ///   - file: the name for messages.
  ///   - digest: SHA-256 of what the rules were read from, in hexadecimal.
  ///   - description: what the rules are for.
  ///   - defaultLabel: of flows that no rule matches; nil leaves them unlabeled.
  ///   - rules: a later one overrules an earlier one.
  public init(
    file: String, digest: String, description: String? = nil, defaultLabel: String?,
    rules: [LabelRule]
  ) {
    (self.file, self.digest, self.description) = (file, digest, description)
    (self.defaultLabel, self.rules) = (defaultLabel, rules)
  }

  /// Reads a rule file in YAML or JSON.
  /// - Throws: `DataError` that names the file, the rule, the key and the line.
  public init(path: String) throws(DataError) {
    var source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    while bytes.count <= RuleDocument.largest, let chunk = try source.next() {
      bytes += chunk
    }
    try self.init(bytes: bytes, file: path)
  }

  /// Reads the text of a rule file. Any bytes are safe: they give rules or an error.
  /// - Parameters:
  ///   - bytes: YAML or JSON in UTF-8.
  ///   - file: the name for messages.
  /// - Throws: as `init(path:)`.
  public init(bytes: [UInt8], file: String) throws(DataError) {
    self = try LabelRuleReader(file: file).read(bytes)
  }
}
