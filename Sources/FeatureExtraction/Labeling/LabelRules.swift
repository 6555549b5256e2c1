import FeatureTables

/// The rules of a rule file. The last rule that matches gives a flow its label.
public struct LabelRules: Sendable, Equatable {
  /// The file, for messages.
  public let file: String
  /// SHA-256 of the file, in hexadecimal.
  public let digest: String
  /// The label of flows that no rule matches; nil leaves them unlabeled.
  public let defaultLabel: String?
  /// In the order of the file; a later one overrules an earlier one.
  public let rules: [LabelRule]

  /// From rules that are there already.
  /// - Parameters:
  ///   - file: the name for messages.
  ///   - digest: SHA-256 of what the rules were read from, in hexadecimal.
  ///   - defaultLabel: of flows that no rule matches; nil leaves them unlabeled.
  public init(file: String, digest: String, defaultLabel: String?, rules: [LabelRule]) {
    (self.file, self.digest) = (file, digest)
    (self.defaultLabel, self.rules) = (defaultLabel, rules)
  }

  /// Reads a rule file in YAML or JSON.
  /// - Throws: `DataError` that names the file, the rule and the key.
  public init(path: String) throws(DataError) {
    var source = try ByteSource(path: path)
    let bytes = try source.readAll()
    self = try LabelRuleReader(file: path).read(bytes)
  }
}
