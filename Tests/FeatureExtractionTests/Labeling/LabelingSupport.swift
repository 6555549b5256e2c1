import FeatureExtraction
import FeatureTables
import Testing

/// Flows to try rules on, without captures.
struct RuleTrial {
  /// The features that the ready-made rules speak of.
  static let features = [
    "forward_packet_length_total", "backward_packet_length_total", "forward_packet_count",
    "backward_packet_count", "flow_duration", "forward_packet_length_maximum",
    "backward_packet_length_maximum", "forward_reset_flag_count", "backward_reset_flag_count",
  ]
  static let schema = FeatureSchema(
    identifier: "trial", version: 1, features: features.map { Feature($0, in: .none) })

  private let labeler: FlowLabeler

  init(_ rules: LabelRules, schema: FeatureSchema = schema) throws {
    labeler = try FlowLabeler(.rules(rules), schema: schema, tolerance: 0)
  }

  init(_ text: String) throws {
    try self.init(LabelRules(bytes: Array(text.utf8), file: "rules.yaml"))
  }

  /// The label of one flow.
  /// - Parameter values: by feature; the others are 0.
  func label(_ flow: FlowIdentity, _ values: [String: Double] = [:]) -> String? {
    var counts = labeler.noCounts
    return label(flow, RuleTrial.features.map { values[$0] ?? 0 }, counting: &counts)
  }

  func label(
    _ flow: FlowIdentity, _ values: [Double], counting counts: inout LabelCounts
  ) -> String? {
    labeler.label(flow, ended: .idle, values: values.span, counting: &counts)?.name
  }

  var noCounts: LabelCounts { labeler.noCounts }

  func account(_ counts: LabelCounts) -> [RuleAccount] { labeler.rules(counts) ?? [] }
}

extension FlowIdentity {
  /// A flow of one packet. The time is in nanoseconds since 1970 UTC.
  static func from(
    _ source: String, _ sourcePort: UInt16, to destination: String, _ destinationPort: UInt16,
    _ protocolNumber: UInt8 = 6, at time: Int64
  ) throws -> FlowIdentity {
    FlowIdentity(
      source: try #require(IPAddress(source)), sourcePort: sourcePort,
      destination: try #require(IPAddress(destination)), destinationPort: destinationPort,
      protocolNumber: protocolNumber, start: time, end: time)
  }
}
