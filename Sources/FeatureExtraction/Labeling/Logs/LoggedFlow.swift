import FeatureTables
import Foundation

/// What a row of a log says about who talked to whom, and when.
struct LoggedFlow {
  /// Of the row, in nanoseconds since 1970 UTC.
  let time: Int64
  /// From the first packet of the connection to the last, as far as the row knows it.
  var connection: ClosedRange<Int64>?
  /// As the log has it, else made of addresses and ports; nil without either.
  let key: String?
  /// Whether the log has it.
  let hasCommunityID: Bool
  /// Where both are there: whether the one of the log is the one that addresses and ports give.
  let isOfSeed: Bool?

  /// A record of Suricata; nil without time.
  init?(suricata row: borrowing LogReader, community: CommunityID) {
    guard let time = LoggedFlow.time(row.text("timestamp")) else { return nil }
    let start = LoggedFlow.time(row.text("flow.start"))
    // Suricata may stamp a record with a time before its flow.
    self.init(
      time: max(time, start ?? time), connection: start.map { $0...Int64.max },
      communityID: row.text("community_id"),
      flow: LoggedFlow.identity(
        source: row.text("src_ip"), row.text("src_port") ?? row.text("icmp_type"),
        destination: row.text("dest_ip"), row.text("dest_port") ?? row.text("icmp_code"),
        protocol: row.text("proto")),
      community: community)
  }

  /// A row of Zeek; nil without time.
  init?(zeek row: borrowing LogReader, community: CommunityID) {
    guard let time = LoggedFlow.time(row.text("ts")) else { return nil }
    func text(_ field: String) -> String? {
      row.text(field) ?? row.text(field.replacing(".", with: "_"))
    }
    self.init(
      time: time, connection: nil, communityID: row.text("community_id"),
      flow: LoggedFlow.identity(
        source: text("id.orig_h"), text("id.orig_p"), destination: text("id.resp_h"),
        text("id.resp_p"), protocol: row.text("ip_proto") ?? row.text("proto")),
      community: community)
  }

  private init(
    time: Int64, connection: ClosedRange<Int64>?, communityID: String?, flow: FlowIdentity?,
    community: CommunityID
  ) {
    (self.time, self.connection) = (time, connection)
    let computed = flow.map(community.text)
    key = communityID ?? computed
    hasCommunityID = communityID != nil
    // Tools differ in what they make of ICMP.
    let isComparable = flow.map { [6, 17, 132].contains($0.protocolNumber) } ?? false
    isOfSeed = isComparable && communityID != nil ? communityID == computed : nil
  }

  /// The fields of Suricata's records that are read here.
  static let suricataFields = [
    "timestamp", "flow.start", "community_id", "src_ip", "src_port", "dest_ip", "dest_port",
    "proto", "icmp_type", "icmp_code",
  ]
  /// The fields of Zeek's logs that are read here.
  static let zeekFields = [
    "ts", "community_id", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "id_orig_h",
    "id_orig_p", "id_resp_h", "id_resp_p", "proto", "ip_proto",
  ]

  /// Seconds since 1970, or a time of RFC 3339.
  private static func time(_ text: String?) -> Int64? {
    guard let text else { return nil }
    if let time = TimestampParser.nanoseconds(text, zone: .gmt) { return time }
    let time = TimeText(rule: .epoch, scale: 1e6, zone: nil).nanoseconds(Array(text.utf8)[...])
    return time == TimeText.missing ? nil : time
  }

  /// A duration in seconds, in nanoseconds.
  static func duration(_ text: String?) -> Int64 {
    max(0, text.flatMap { time($0) } ?? 0)
  }

  /// For ICMP the ports are type and code, as Zeek has them.
  private static func identity(
    source: String?, _ sourcePort: String?, destination: String?, _ destinationPort: String?,
    protocol name: String?
  ) -> FlowIdentity? {
    guard let source = source.flatMap({ IPAddress($0) }),
      let destination = destination.flatMap({ IPAddress($0) }),
      let name = name?.lowercased(),
      var number = UInt8(name) ?? IPProtocol.numbersByName[name]
    else { return nil }
    if number == IPProtocol.icmp, !source.isVersion4 { number = IPProtocol.icmp6 }
    let isControl = number == IPProtocol.icmp || number == IPProtocol.icmp6
    let hasPorts = [IPProtocol.tcp, IPProtocol.udp, IPProtocol.sctp].contains(number)
    let ports = (sourcePort.flatMap { UInt16($0) }, destinationPort.flatMap { UInt16($0) })
    guard !hasPorts && !isControl || (ports.0 != nil && ports.1 != nil) else { return nil }
    return FlowIdentity(
      source: source, sourcePort: hasPorts ? ports.0 ?? 0 : 0, destination: destination,
      destinationPort: hasPorts ? ports.1 ?? 0 : 0, protocolNumber: number, start: 0, end: 0,
      controlMessage: isControl ? (ports.0 ?? 0) << 8 | (ports.1 ?? 0) & 0xFF : 0)
  }
}
