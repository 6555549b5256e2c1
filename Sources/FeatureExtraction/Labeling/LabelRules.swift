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

/// How often a rule matched.
public struct RuleAccount: Codable, Sendable, Equatable {
  /// The name of the rule.
  public let name: String
  /// The class that the rule gives.
  public let label: String
  /// The kind of attack, for reports; nil where the rule says none.
  public let category: String?
  /// A technique of MITRE ATT&CK, such as `T1110.001`; nil where the rule says none.
  public let technique: String?
  /// Flows that fit the rule, whether or not a later one overruled it.
  public fileprivate(set) var matches = 0
  /// Those of `matches` that run against the direction of the rule.
  public fileprivate(set) var reversed = 0
  /// Flows that have their label from the rule.
  public fileprivate(set) var labeled = 0

  init(_ rule: LabelRule) {
    name = rule.name
    label = rule.label
    category = rule.category
    technique = rule.technique
  }

  func adding(_ other: RuleAccount) -> RuleAccount {
    var sum = self
    sum.matches += other.matches
    sum.reversed += other.reversed
    sum.labeled += other.labeled
    return sum
  }
}

/// Gives flows their labels and counts what the rules did.
struct FlowLabeler: Sendable {
  private let label: String?
  private let rules: [LabelRule]
  private let hasRules: Bool
  private var counts: [RuleAccount]

  /// - Throws: `DataError` of kind `usage` where there is both a label and a rule file.
  init(_ options: ExtractionOptions) throws(DataError) {
    if options.label != nil, let rules = options.rules {
      throw DataError(
        .usage, file: rules.file, problem: "cannot be used together with a label for all flows",
        remedy: "give one label, or a rule file")
    }
    label = options.label ?? options.rules?.defaultLabel
    rules = options.rules?.rules ?? []
    hasRules = options.rules != nil
    counts = rules.map { RuleAccount($0) }
  }

  /// One entry for each rule; nil without a rule file.
  var account: [RuleAccount]? { hasRules ? counts : nil }

  /// The label of a flow, and the rule that gave it.
  mutating func label(_ flow: FlowIdentity) -> (label: String?, rule: Int?) {
    var last: Int?
    for index in rules.indices {
      guard let match = rules[index].match(flow) else { continue }
      counts[index].matches += 1
      if match == .reversed { counts[index].reversed += 1 }
      last = index
    }
    guard let last else { return (label, nil) }
    counts[last].labeled += 1
    return (rules[last].label, last)
  }
}
