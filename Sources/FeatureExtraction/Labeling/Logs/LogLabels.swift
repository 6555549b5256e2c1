import FeatureTables

/// Labels that the logs of other tools give to flows: Suricata's alerts, Zeek's notices, labeled
/// connections of Zeek. Rows and flows meet by Community ID, or by addresses, ports and protocol
/// where the log has none, and by time: connections use the same ports again.
public struct LogLabels: Sendable {
  /// What to take from logs, and how.
  public struct Options: Sendable {
    /// The field that gives the label: in JSON a path of names joined by points. Nil for the
    /// category of alerts, the kind of notices, and the `label` of connections.
    public var field: String?
    /// The label of flows without alert; nil leaves them unlabeled.
    public var unmatchedLabel: String?
    /// The seed of the Community IDs, in the logs too.
    public var communitySeed: UInt16 = 0

    /// The usual field, no label for flows without alert, seed 0.
    public init() {}
  }

  /// The label of flows without alert.
  let unmatchedLabel: String?
  private let community: CommunityID
  /// Grouped by flow, then by time.
  private let alerts: [Alert]
  /// Where the alerts of a Community ID lie in `alerts`.
  private let ranges: [String: Range<Int>]
  private let readAccount: LogAccount

  /// Reads logs: `eve.json` of Suricata, and logs of Zeek. Beside other logs of Zeek, a `conn.log`
  /// gives no labels: it says which connection a row belongs to, by `uid`. Takes memory in
  /// proportion to the rows that give labels.
  /// - Throws: `DataError` where a file is not there or is no log, where a field that gives the
  ///   label is not there, and where the Community IDs are those of another seed.
  public init(paths: [String], options: Options = Options()) throws(DataError) {
    var collector = try LogCollector(paths: paths, options: options)
    try collector.read()
    (alerts, ranges) = collector.grouped()
    readAccount = collector.account
    unmatchedLabel = options.unmatchedLabel
    community = CommunityID(seed: options.communitySeed)
  }

  /// SHA-256 of the logs, by their names.
  var inputDigests: [String: String] {
    Dictionary(
      readAccount.files.map { ($0.file, $0.sha256) }, uniquingKeysWith: { first, _ in first })
  }

  /// One row that gives a label to flows.
  struct Alert: Sendable {
    /// A moment for alerts, from first packet to last for connections.
    let time: ClosedRange<Int64>
    /// Where it is known, the flow must overlap this: it tells apart connections that use the same
    /// ports soon after each other.
    let connection: ClosedRange<Int64>?
    /// 1 is the most severe.
    let severity: Int32
    /// The position in the account's labels.
    let label: Int32
    /// The position among all rows read.
    let order: Int32
    /// The latest end of `time` among the alerts of the same flow up to this one.
    var latest: Int64 = .min

    func goesBefore(_ other: Alert) -> Bool {
      (severity, time.lowerBound, order) < (other.severity, other.time.lowerBound, other.order)
    }
  }

  /// Logs may cut times to microseconds.
  private static let resolution: Int64 = 1_000

  var noCounts: LogCounts { LogCounts(flows: Array(repeating: 0, count: readAccount.labels.count)) }

  /// The label of a flow: of the most severe of its alerts, the first of these; nil without alert.
  /// - Parameter tolerance: how long after its last packet an alert may still be the flow's, in
  ///   nanoseconds. None where the next packet is of the same connection, as after a cut by age.
  func label(
    _ flow: FlowIdentity, ended: EndReason, tolerance: Int64, counting counts: inout LogCounts
  ) -> String? {
    guard let range = ranges[community.text(flow)] else { return nil }
    let start = flow.start &- LogLabels.resolution
    let end = flow.end &+ LogLabels.resolution
    let (sum, overflows) = end.addingReportingOverflow(ended == .age ? 0 : tolerance)
    let reach = overflows ? Int64.max : sum
    var best: Alert?
    var index = firstReaching(start, in: range)
    while index < range.upperBound, alerts[index].time.lowerBound <= reach {
      let alert = alerts[index]
      if alert.time.upperBound >= start, alert.connection?.overlaps(start...end) ?? true {
        counts.matched.insert(alert.order)
        if best.map(alert.goesBefore) ?? true { best = alert }
      }
      index += 1
    }
    guard let best else { return nil }
    counts.flows[Int(best.label)] += 1
    return readAccount.labels[Int(best.label)].label
  }

  /// The first alert of a range from which on some may end at `time` or later.
  private func firstReaching(_ time: Int64, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if alerts[middle].latest < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What became of the alerts.
  func account(_ counts: LogCounts) -> LogAccount {
    var account = readAccount
    account.matched = counts.matched.count
    account.unmatched = alerts.count - counts.matched.count
    account.flows = counts.flows.reduce(0, +)
    for (index, flows) in counts.flows.enumerated() { account.labels[index].flows = flows }
    return account
  }
}
