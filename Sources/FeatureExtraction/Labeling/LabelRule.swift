/// One rule of a rule file: which flows it is about, and what it calls them. What is empty or nil
/// holds for every flow.
public struct LabelRule: Sendable, Equatable {
  /// Whether a flow may run against the direction in which the rule is written.
  public enum Direction: String, Sendable, CaseIterable {
    /// Source and destination of the rule may be those of the flow, or swapped.
    case either
    /// The source of the rule must have opened the flow.
    case forward
    /// The destination of the rule must have opened the flow.
    case reverse
  }

  /// For people and accounts.
  public var name: String
  /// The class of the flows that match.
  public var label: String
  /// The kind of attack, for reports.
  public var category: String?
  /// A technique of MITRE ATT&CK, such as `T1110.001`.
  public var technique: String?
  /// The earliest start of the flow in nanoseconds since 1970 UTC, itself included; nil for no
  /// bound.
  public var from: Int64?
  /// The latest start, likewise; nil for no bound.
  public var to: Int64?
  /// Addresses, of which one must be that of the source.
  public var sources = AddressSet.empty
  /// Addresses, of which one must be that of the destination.
  public var destinations = AddressSet.empty
  /// Ranges, of which one must hold the port of the source.
  public var sourcePorts: [ClosedRange<UInt16>] = []
  /// Ranges, of which one must hold the port of the destination.
  public var destinationPorts: [ClosedRange<UInt16>] = []
  /// Numbers of IP protocols.
  public var protocols: [UInt8] = []
  /// Whether a flow may run against the rule; by default it may.
  public var direction = Direction.either
  /// What the features of the flow must be.
  public var conditions: [FeatureCondition] = []

  /// Whether a flow may run against the rule. Where the rule says nothing about source and
  /// destination, every flow runs with it.
  var canBeReversed: Bool {
    let hasEnds =
      !sources.isEmpty || !destinations.isEmpty || !sourcePorts.isEmpty || !destinationPorts.isEmpty
    return direction == .reverse || (direction == .either && hasEnds)
  }

  /// The features that a flow must have for the rule to be asked.
  var features: [String] {
    conditions.flatMap { canBeReversed ? [$0.feature, $0.reversedFeature] : [$0.feature] }
  }

  /// A rule that every flow fits, until conditions are set.
  public init(name: String, label: String) {
    self.name = name
    self.label = label
  }
}
