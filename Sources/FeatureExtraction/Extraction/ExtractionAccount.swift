/// What became of every packet and every flow of an extraction.
public struct ExtractionAccount: Codable, Sendable, Equatable {
  /// What became of the packets of all inputs.
  public struct Packets: Codable, Sendable, Equatable {
    /// `metered` plus the sum of `skipped`.
    public var read = 0
    /// Packets that went into a flow.
    public var metered = 0
    /// By reason: see `SkipReason`.
    public var skipped: [String: Int] = [:]
  }

  /// What became of the flows.
  public struct Flows: Codable, Sendable, Equatable {
    /// The sum of `ended`.
    public var written = 0
    /// By reason: see `EndReason`.
    public var ended: [String: Int] = [:]
    /// Those of `ended` that left because the table was full.
    public var evicted = 0
    /// Flows that gave no row because the feature set wants more packets in one; not in `ended`.
    public var dropped = 0
  }

  /// What became of the packets of all inputs.
  public var packets = Packets()
  /// What became of the flows.
  public var flows = Flows()
  /// In the order in which they were read.
  public var inputs: [CaptureDescription] = []
  /// One entry for each rule of the rule file, in its order; nil without a rule file.
  public var rules: [RuleAccount]?
  /// What became of the alerts in logs that labels were joined from; nil without such logs.
  public var alerts: LogAccount?

  /// The account of no input at all.
  public init() {}

  /// The names of the rules that no flow matched.
  public var rulesWithoutMatch: [String] {
    (rules ?? []).filter { $0.matches == 0 }.map(\.name)
  }

  /// The sum over two extractions. Rules are those of the left, with the matches of both where
  /// both went by the same rules; alerts are those of one of them.
  public static func + (left: ExtractionAccount, right: ExtractionAccount) -> ExtractionAccount {
    var sum = left
    sum.packets.read += right.packets.read
    sum.packets.metered += right.packets.metered
    sum.packets.skipped.merge(right.packets.skipped, uniquingKeysWith: +)
    sum.flows.written += right.flows.written
    sum.flows.ended.merge(right.flows.ended, uniquingKeysWith: +)
    sum.flows.evicted += right.flows.evicted
    sum.flows.dropped += right.flows.dropped
    sum.inputs += right.inputs
    if let ours = left.rules, let theirs = right.rules, ours.count == theirs.count {
      sum.rules = zip(ours, theirs).map { $0.adding($1) }
    } else {
      sum.rules = left.rules ?? right.rules
    }
    sum.alerts = left.alerts ?? right.alerts
    return sum
  }
}
