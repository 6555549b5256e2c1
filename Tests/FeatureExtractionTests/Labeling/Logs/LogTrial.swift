import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// Logs in a folder of their own, and flows to join with them.
struct LogTrial {
  let folder: TemporaryFolder
  private let labeler: FlowLabeler
  private(set) var counts: LabelCounts

  /// The Community IDs of 10.0.0.1:4000 and 10.0.0.2:80 over TCP, after the specification:
  ///
  ///     "1:" + base64(sha1(seed (2 bytes), 10.0.0.1, 10.0.0.2, 6, 0, 4000, 80))
  static let communityID = "1:7ZhQSud9D8YGcE//fM9wM4/3mq8="
  static let communityIDOfSeed7 = "1:L227lDv8lFXFwO9D5r748PksOHg="

  /// Seconds after which the tests' flows are idle.
  static let idle = 120.0

  /// - Parameter logs: names and contents.
  init(
    _ logs: [(name: String, text: String)], field: String? = nil, unmatched: String? = nil,
    seed: UInt16 = 0
  ) throws {
    folder = try TemporaryFolder()
    var paths: [String] = []
    for (name, text) in logs { paths.append(try folder.file(name, Array(text.utf8))) }
    var options = LogLabels.Options()
    options.field = field
    options.unmatchedLabel = unmatched
    options.communitySeed = seed
    labeler = try FlowLabeler(
      .logs(try LogLabels(paths: paths, options: options)), schema: RuleTrial.schema,
      tolerance: Int64(LogTrial.idle * 1e9))
    counts = labeler.noCounts
  }

  /// The label of a flow from 10.0.0.1:4000 to 10.0.0.2:80, in seconds since 2020-01-01 UTC.
  mutating func label(
    from start: Double, to end: Double, port: UInt16 = 4_000, isReversed: Bool = false,
    protocolNumber: UInt8 = 6, controlMessage: UInt16 = 0, ended: EndReason = .idle
  ) throws -> String? {
    let client = (try #require(IPAddress("10.0.0.1")), port)
    let server = (try #require(IPAddress("10.0.0.2")), UInt16(80))
    let (source, destination) = isReversed ? (server, client) : (client, server)
    let flow = FlowIdentity(
      source: source.0, sourcePort: source.1, destination: destination.0,
      destinationPort: destination.1, protocolNumber: protocolNumber,
      start: LogTrial.time(start), end: LogTrial.time(end), controlMessage: controlMessage)
    let values = RuleTrial.features.map { _ in 0.0 }
    return labeler.label(flow, ended: ended, values: values.span, counting: &counts)?.name
  }

  var account: LogAccount {
    get throws { try #require(labeler.alerts(counts)) }
  }

  static func time(_ seconds: Double) -> Int64 {
    1_577_836_800_000_000_000 + Int64((seconds * 1e9).rounded())
  }

  /// One alert of Suricata, from the client to the server.
  static func alert(
    _ second: Double, _ category: String, severity: Int = 2, port: UInt16 = 4_000,
    start: Double? = nil, community: String? = nil
  ) -> String {
    let stamp = Timestamp.text(time(second)).dropLast(4)
    let flow = start.map { #","flow":{"start":"\#(Timestamp.text(time($0)).dropLast(4))+0000"}"# }
    let identifier = community.map { #","community_id":"\#($0)""# }
    return #"{"timestamp":"\#(stamp)+0000","event_type":"alert","src_ip":"10.0.0.1","#
      + #""src_port":\#(port),"dest_ip":"10.0.0.2","dest_port":80,"proto":"TCP""#
      + #"\#(identifier ?? "")\#(flow ?? ""),"alert":{"signature":"ET \#(category)","#
      + #""category":"\#(category)","severity":\#(severity)}}"# + "\n"
  }
}
