import ArgumentParser
import FeatureExtraction
import FeatureTables

/// How packet captures become labeled flows.
struct CaptureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Compute this feature set: \(FeatureSets.names.joined(separator: ", ")). Where nothing is "
        + "said, that of the model, else \(ExtractionOptions().featureSet).", valueName: "set"))
  var features: String?

  @Option(
    help: ArgumentHelp(
      "Label flows by the rules of this file (YAML or JSON), or by ready-made rules: "
        + "\(ReadyMadeRules.names.joined(separator: ", ")).", valueName: "rules"))
  var labelRules: String?

  @Option(
    help: ArgumentHelp(
      "Label flows by this log: Suricata's eve.json, or a log of Zeek; again for another.",
      discussion: """
        Flows and alerts meet by Community ID, else by addresses and ports, and by time. The most \
        severe alert of a flow gives its label, the first of these. Beside another log of Zeek, \
        conn.log says which connection a row belongs to.
        """, valueName: "log"))
  var labelsFrom: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take the label from this field of the log, such as alert.signature; else from "
        + "alert.category (Suricata), note (notice.log) or label (conn.log).", valueName: "field"))
  var labelField: String?

  @Option(help: ArgumentHelp("Give flows without alert this label.", valueName: "name"))
  var unmatchedLabel: String?

  @Option(
    help: ArgumentHelp(
      "Make Community IDs with this seed (0 to 65535), as the tool did that wrote the log.",
      valueName: "number"))
  var communityIdSeed: UInt16 = 0

  @Option(
    help: ArgumentHelp(
      "End a flow after this long without a packet (seconds, or with a unit: 120s, 2m).",
      valueName: "time"))
  var idleTimeout: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "Cut a flow this long after its first packet (seconds, or with a unit: 1800s, 30m).",
      valueName: "time"))
  var activeTimeout: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "Keep at most this many flows in memory (count); the one not seen for longest ends first.",
      valueName: "count"))
  var maxFlows: Int?

  @Option(
    help: ArgumentHelp(
      "Take a tunnel as one flow between its ends (outer, the default) or the flows inside it.",
      valueName: "outer|inner"))
  var tunnels: TunnelMode?

  @Option(
    help: ArgumentHelp(
      "Give later fragments of a packet, which have no ports, a flow of their own or let them "
        + "join that of the first (by default as the feature set does).",
      valueName: "separate|join"))
  var fragments: FragmentMode?

  @Option(
    help: ArgumentHelp(
      "Step over VLAN tags (ignore, the default), or make the VLAN, and of stacked tags the "
        + "outermost and the innermost, part of what tells flows apart.", valueName: "ignore|key"))
  var vlan: VLANMode?

  @Option(
    help: ArgumentHelp(
      "Call packets from these addresses forward, where the other side is elsewhere (CIDR); again "
        + "for more.", valueName: "network"))
  var localNetwork: [String] = []

  @Option(
    help: ArgumentHelp(
      "Keep at most this much memory for flows (bytes, or with a unit: 500MB, 2GB), likewise.",
      valueName: "size"))
  var maxMemory: ByteSize?

  @Option(
    help: ArgumentHelp(
      "What cic2017-compat makes of Ethernet padding: counts it as payload as the published rows "
        + "do, or strips it as the same program does today.", valueName: "count|strip"))
  var padding: Padding?

  /// Whether something here gives flows their labels.
  var givesLabels: Bool { labelRules != nil || !labelsFrom.isEmpty }

  func validate() throws {
    if labelRules != nil, !labelsFrom.isEmpty {
      throw ValidationError("Give --label-rules or --labels-from, not both.")
    }
    if labelsFrom.isEmpty, labelField != nil || unmatchedLabel != nil {
      throw ValidationError("--label-field and --unmatched-label go with --labels-from.")
    }
    if let maxFlows, maxFlows < 1 {
      throw ValidationError("--max-flows takes a count of at least 1, not \(maxFlows).")
    }
  }

  /// - Parameter pinned: the flow settings of a model, which hold where nothing is said.
  func extractionOptions(
    label: String? = nil, pinned: [String: String] = [:]
  ) throws -> ExtractionOptions {
    var options = ExtractionOptions()
    options.communitySeed = communityIdSeed
    options.labels = try labelSource(label)
    options.featureSet =
      features ?? pinned["feature_set"] ?? pinned["form"].flatMap(Definitions.featureSet)
      ?? options.featureSet
    options.roundsLarge = pinned["round_large"] == "true"
    options.idleTimeout =
      idleTimeout?.seconds ?? pinned["idle_timeout_seconds"].flatMap(CaptureOptions.seconds)
    options.activeTimeout =
      activeTimeout?.seconds ?? pinned["active_timeout_seconds"].flatMap(CaptureOptions.seconds)
    options.maximumFlows = maxFlows
    options.maximumMemory = maxMemory?.bytes
    let networks =
      localNetwork.isEmpty ? pinned["local_networks"] : localNetwork.joined(separator: ",")
    options.localNetworks = try CaptureOptions.networks(networks ?? "")
    options.stripsPadding = (padding ?? pinned["padding"].flatMap(Padding.init)) == .strip
    options.tunnels = try tunnels ?? CaptureOptions.mode(pinned["tunnels"]) ?? options.tunnels
    options.fragments = try fragments ?? CaptureOptions.mode(pinned["fragments"])
    options.vlan = try vlan ?? CaptureOptions.mode(pinned["vlan"]) ?? options.vlan
    return options
  }

  private static func networks(_ text: String) throws -> [AddressRange] {
    try text.split(separator: ",").map { part in
      guard let range = AddressRange(String(part)) else {
        throw ValidationError(
          "--local-network takes an address or a block, such as 10.0.0.0/8, "
            + "not '\(part)'.")
      }
      return range
    }
  }

  /// A mode as extractions write it into their settings.
  private static func mode<Mode: RawRepresentable<String>>(
    _ text: String?
  ) throws(DataError) -> Mode? {
    guard let text else { return nil }
    if let mode = Mode(rawValue: text) { return mode }
    throw DataError(
      file: "model", problem: "was trained on flows made with '\(text)', which is not known here",
      remedy: "use the version of the program that trained it, or name the mode by an option")
  }

  private func labelSource(_ label: String?) throws -> LabelSource? {
    if let label { return .constant(label) }
    if let labelRules { return .rules(try LabelRules(named: labelRules)) }
    guard !labelsFrom.isEmpty else { return nil }
    var options = LogLabels.Options()
    options.field = labelField
    options.unmatchedLabel = unmatchedLabel
    options.communitySeed = communityIdSeed
    return .logs(try LogLabels(paths: labelsFrom, options: options))
  }

  /// A time-out as extractions write it into their settings.
  private static func seconds(_ text: String) -> Double? {
    text == "never" ? .infinity : Double(text)
  }
}

extension TunnelMode: ExpressibleByArgument {}
extension FragmentMode: ExpressibleByArgument {}
extension VLANMode: ExpressibleByArgument {}
