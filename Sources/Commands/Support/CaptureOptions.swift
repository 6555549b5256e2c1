import ArgumentParser
import FeatureExtraction
import FeatureTables

/// How packet captures become labeled flows.
struct CaptureOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Compute this feature set.", valueName: "set"))
  var features: String?

  @Option(
    help: ArgumentHelp(
      "Label flows by the rules of this file (YAML or JSON), or by ready-made rules: "
        + "\(ReadyMadeRules.names.joined(separator: ", ")).", valueName: "rules"))
  var labelRules: String?

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
      "Keep at most this much memory for flows (bytes, or with a unit: 500MB, 2GB), likewise.",
      valueName: "size"))
  var maxMemory: ByteSize?

  @Option(
    help: ArgumentHelp(
      "What cic2017-compat makes of Ethernet padding: counts it as payload as the published rows "
        + "do, or strips it as the same program does today.", valueName: "count|strip"))
  var padding: Padding?

  @Option(
    help: ArgumentHelp("The seed of the Community ID (0 to 65535).", valueName: "number"))
  var communitySeed: UInt16?

  func validate() throws {
    if let maxFlows, maxFlows < 1 {
      throw ValidationError("--max-flows takes a count of at least 1, not \(maxFlows).")
    }
  }

  /// - Parameter pinned: the flow settings of a model, which hold where nothing is said.
  func extractionOptions(
    label: String? = nil, pinned: [String: String] = [:]
  ) throws -> ExtractionOptions {
    var options = ExtractionOptions()
    if let label {
      options.labels = .constant(label)
    } else if let labelRules {
      options.labels = .rules(try LabelRules(named: labelRules))
    }
    options.featureSet = features ?? pinned["feature_set"] ?? options.featureSet
    options.idleTimeout =
      idleTimeout?.seconds ?? pinned["idle_timeout_seconds"].flatMap(CaptureOptions.seconds)
    options.activeTimeout =
      activeTimeout?.seconds ?? pinned["active_timeout_seconds"].flatMap(CaptureOptions.seconds)
    options.maximumFlows = maxFlows
    options.maximumMemory = maxMemory?.bytes
    options.stripsPadding = (padding ?? pinned["padding"].flatMap(Padding.init)) == .strip
    options.communitySeed = communitySeed ?? 0
    options.tunnels = try tunnels ?? CaptureOptions.mode(pinned["tunnels"]) ?? options.tunnels
    options.fragments = try fragments ?? CaptureOptions.mode(pinned["fragments"])
    return options
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

  /// A time-out as extractions write it into their settings.
  private static func seconds(_ text: String) -> Double? {
    text == "never" ? .infinity : Double(text)
  }
}

extension TunnelMode: ExpressibleByArgument {}
extension FragmentMode: ExpressibleByArgument {}
