import FeatureTables

/// How flows are made, measured and labeled.
public struct ExtractionOptions: Sendable {
  /// A name of `FeatureSets.names`.
  public var featureSet = "flowmeter2"
  /// What gives each flow its label; nil for flows without labels.
  public var labels: LabelSource?
  /// Seconds without a packet after which a flow ends; nil for that of the feature set, infinity
  /// for never.
  public var idleTimeout: Double?
  /// Seconds after its first packet at which a flow is cut; nil for that of the feature set,
  /// infinity for never.
  public var activeTimeout: Double?
  /// The most flows in memory at a time: when one more begins, the one not seen for longest ends.
  public var maximumFlows: Int?
  /// The same bound in bytes: as many flows as they hold, the room for buffers apart.
  public var maximumMemory: Int?
  /// Whether a set that counts Ethernet padding as payload, as its original did, goes without it.
  public var stripsPadding = false
  /// Whether values from 10,000,000 on are cut to three digits, but for the duration, as most of the
  /// published files of CIC-IDS2017 are: so that a model that learned them takes them alike.
  public var roundsLarge = false
  /// The part of the flows to extract; nil for all.
  public var shard: Shard?
  /// Which IP header counts where one lies inside another.
  public var tunnels = TunnelMode.outer
  /// Whether later fragments join the flow of their first; nil for the way of the feature set.
  public var fragments: FragmentMode?
  /// Whether the VLANs of frames are part of the key, so that the same addresses and ports in
  /// another VLAN are another flow.
  public var vlan = VLANMode.ignore
  /// The addresses of one side: forward is from them where the other side is elsewhere. Empty for
  /// the direction of the feature set.
  public var localNetworks: [AddressRange] = []
  /// Whether the account has the SHA-256 of each input, which takes as long as all the rest.
  public var digestsInputs = false
  /// The seed of the Community ID.
  public var communitySeed: UInt16 = 0

  /// Flows as the feature set `flowmeter2` has them, without labels.
  public init() {}

  /// The rules of flows under these options.
  /// - Throws: `DataError` of kind `usage` for a value out of bounds.
  func flowRules<FeatureSet: FlowFeatureSet>(for set: FeatureSet.Type) throws(DataError)
    -> FlowRules
  {
    var rules = set.rules
    if let idleTimeout { rules.idleTimeout = try nanoseconds(idleTimeout, "idle time-out") }
    if let activeTimeout { rules.ageLimit = try nanoseconds(activeTimeout, "active time-out") }
    if let maximumFlows, maximumFlows < 1 {
      throw DataError(
        .usage, file: "maximum of flows", problem: "\(maximumFlows) is less than 1",
        remedy: "give a count of at least 1, or none for no limit")
    }
    rules.maximumFlows = maximumFlows
    if let maximumMemory {
      let bytes = FlowTable<FeatureSet.Assembly, FeatureSet.Accumulators>.bytesPerFlowAtMost
      guard maximumMemory >= bytes else {
        throw DataError(
          .usage, file: "maximum of memory", problem: "\(maximumMemory) bytes hold no flow",
          remedy: "a flow of the set \(set.identifier) takes \(bytes) bytes; give megabytes")
      }
      rules.maximumFlows = min(maximumFlows ?? .max, maximumMemory / bytes)
    }
    return rules
  }

  /// What gives flows of a set their labels. An alert may come after the last packet of its flow
  /// by as much as the flow would have waited for another.
  func labeler<FeatureSet: FlowFeatureSet>(
    for set: FeatureSet.Type
  ) throws(DataError) -> FlowLabeler {
    let rules = try flowRules(for: set)
    return try FlowLabeler(
      labels, schema: set.schema, tolerance: min(rules.idleTimeout, rules.ageLimit))
  }

  private func nanoseconds(_ seconds: Double, _ name: String) throws(DataError) -> Int64 {
    guard seconds > 0 else {
      throw DataError(
        .usage, file: name, problem: "\(seconds) seconds is no time-out",
        remedy: "give a number of seconds greater than 0")
    }
    let nanoseconds = (seconds * 1_000_000_000).rounded()
    return nanoseconds >= 0x1p62 ? FlowRules.never : Int64(nanoseconds)
  }

  /// What becomes of later fragments under these options.
  func fragments(joinedByDefault isJoined: Bool) -> FragmentMode {
    fragments ?? (isJoined ? .join : .separate)
  }

  /// What decides the numbers in a row, by name, for sidecars and models.
  /// - Throws: as the extraction would.
  public func settings() throws(DataError) -> [String: String] {
    let set = try FeatureSets.named(featureSet)
    let rules = try flowRules(for: set)
    var settings = [
      "feature_set": set.identifier,
      "feature_set_version": String(set.version),
      "idle_timeout_seconds": ExtractionOptions.seconds(rules.idleTimeout),
      "active_timeout_seconds": ExtractionOptions.seconds(rules.ageLimit),
      "tunnels": tunnels.rawValue,
      "fragments": fragments(joinedByDefault: set.joinsFragments).rawValue,
      "vlan": vlan.rawValue,
      "maximum_flows": rules.maximumFlows.map(String.init) ?? "none",
      "community_id_seed": String(communitySeed),
    ]
    if !localNetworks.isEmpty {
      settings["local_networks"] = localNetworks.map(\.description).joined(separator: ",")
    }
    if stripsPadding { settings["padding"] = "strip" }
    if roundsLarge { settings["round_large"] = "true" }
    return settings
  }

  private static func seconds(_ nanoseconds: Int64) -> String {
    nanoseconds == FlowRules.never ? "never" : String(Double(nanoseconds) / 1e9)
  }
}
