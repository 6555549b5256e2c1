import FeatureTables

/// Reads logs and keeps what can label flows.
struct LogCollector {
  private(set) var account = LogAccount()
  private let logs: [(path: String, form: LogForm)]
  private let field: String?
  private let community: CommunityID
  private var pending: [Pending] = []
  private var labelCodes: [String: Int32] = [:]
  /// Rows that wait for their connection, by `uid`; kept only where connections are read too.
  private var waiting: [String: [Int]] = [:]
  /// How many Community IDs were compared with addresses and ports, and how many fit.
  private var compared = 0
  private var fitting = 0

  private struct Pending {
    var flow: LoggedFlow
    var key: String?
    let isConnection: Bool
    let severity: Int32
    /// At first in the order of appearance.
    var label: Int32
  }

  init(paths: [String], options: LogLabels.Options) throws(DataError) {
    guard !paths.isEmpty else {
      throw DataError(
        .usage, file: "logs", problem: "none is given", remedy: "name at least one log")
    }
    var logs: [(String, LogForm)] = []
    for path in paths { logs.append((path, try LogForm(path: path))) }
    self.logs = logs
    field = options.field
    community = CommunityID(seed: options.communitySeed)
  }

  /// Reads all logs: first those that give labels, then the connections of their rows.
  mutating func read() throws(DataError) {
    let hasOthers = logs.contains { !$0.form.isConnections && $0.form != .suricata }
    let givesLabels = logs.map { !($0.form.isConnections && hasOthers) }
    let needsConnections = givesLabels.contains(false)
    for (log, givesLabels) in zip(logs, givesLabels) {
      let field = givesLabels ? try labelField(log) : nil
      account.files.append(
        LogAccount.File(file: log.path, form: log.form.name, labelField: field))
    }
    for (index, log) in logs.enumerated() {
      guard let field = account.files[index].labelField else { continue }
      account.files[index].sha256 = try readLabels(
        log, field: field, needsConnections: needsConnections)
    }
    for (index, log) in logs.enumerated() where !givesLabels[index] {
      account.files[index].sha256 = try readConnections(log)
    }
    try requireSeed()
    countUsable()
  }

  private func labelField(_ log: (path: String, form: LogForm)) throws(DataError) -> String {
    if let field = field ?? log.form.defaultField { return field }
    throw DataError(
      .usage, file: log.path, problem: "is a log of Zeek that has no usual field for a class",
      remedy: "name the field that gives the label: --label-field NAME")
  }

  // MARK: Rows with labels

  /// - Returns: the SHA-256 of the file.
  private mutating func readLabels(
    _ log: (path: String, form: LogForm), field: String, needsConnections: Bool
  ) throws(DataError) -> String {
    let isSuricata = log.form == .suricata
    let fields =
      isSuricata
      ? LoggedFlow.suricataFields + ["event_type", "alert.severity", field]
      : LoggedFlow.zeekFields + ["uid", "duration", field]
    var reader = try LogReader(path: log.path, form: log.form, fields: fields)
    if let all = reader.allFields, !all.contains(field) { throw missing(field, log, all: all) }
    let (read, without) = (account.read, account.withoutLabel)
    while try reader.next() {
      if isSuricata, reader.text("event_type") != "alert" { continue }
      account.read += 1
      guard let label = reader.text(field) else {
        account.withoutLabel += 1
        continue
      }
      guard
        var flow = isSuricata
          ? LoggedFlow(suricata: reader, community: community)
          : LoggedFlow(zeek: reader, community: community)
      else {
        account.withoutFlow += 1
        continue
      }
      if log.form.isConnections {
        flow.connection = LogCollector.connection(flow.time, reader)
      }
      if needsConnections, let uid = reader.text("uid") {
        waiting[uid, default: []].append(pending.count)
      }
      add(flow, label, severity: reader.text("alert.severity"), log.form)
    }
    let rows = account.read - read
    if rows > 0, account.withoutLabel - without == rows { throw missing(field, log, all: nil) }
    return reader.digest
  }

  private static func connection(
    _ start: Int64, _ row: borrowing LogReader
  ) -> ClosedRange<Int64> {
    let (end, overflows) = start.addingReportingOverflow(LoggedFlow.duration(row.text("duration")))
    return start...(overflows ? Int64.max : end)
  }

  private mutating func add(
    _ flow: LoggedFlow, _ label: String, severity: String?, _ form: LogForm
  ) {
    if let isOfSeed = flow.isOfSeed {
      compared += 1
      if isOfSeed { fitting += 1 }
    }
    let code = labelCodes[label] ?? Int32(labelCodes.count)
    labelCodes[label] = code
    pending.append(
      Pending(
        flow: flow, key: flow.key, isConnection: form.isConnections,
        severity: severity.flatMap { Int32($0) } ?? Int32.max, label: code))
  }

  // MARK: Connections of rows

  /// - Returns: the SHA-256 of the file.
  private mutating func readConnections(
    _ log: (path: String, form: LogForm)
  ) throws(DataError) -> String {
    let fields = LoggedFlow.zeekFields + ["uid", "duration"]
    var reader = try LogReader(path: log.path, form: log.form, fields: fields)
    while try reader.next() {
      guard let uid = reader.text("uid"), let rows = waiting.removeValue(forKey: uid),
        let flow = LoggedFlow(zeek: reader, community: community)
      else { continue }
      for row in rows {
        pending[row].key = flow.hasCommunityID ? flow.key : pending[row].key ?? flow.key
        pending[row].flow.connection = LogCollector.connection(flow.time, reader)
      }
    }
    return reader.digest
  }

  // MARK: The end

  private func requireSeed() throws(DataError) {
    guard compared > 0, fitting == 0 else { return }
    throw DataError(
      file: logs[0].path,
      problem: "has Community IDs that addresses and ports do not give with the seed "
        + "\(community.seed)",
      remedy: "give the seed of the tool that wrote it: --community-id-seed NUMBER")
  }

  private mutating func countUsable() {
    account.withoutFlow += pending.count { $0.key == nil }
    account.withoutCommunityID = pending.count { $0.key != nil && !$0.flow.hasCommunityID }
    account.labels = labelCodes.sorted { $0.key < $1.key }.map { LogAccount.Label($0.key) }
    // From codes in the order of appearance to positions in the sorted list.
    var positions = Array(repeating: Int32(0), count: labelCodes.count)
    for (position, label) in account.labels.enumerated() {
      positions[Int(labelCodes[label.label] ?? 0)] = Int32(position)
    }
    for index in pending.indices {
      pending[index].label = positions[Int(pending[index].label)]
      if pending[index].key != nil { account.labels[Int(pending[index].label)].alerts += 1 }
    }
  }

  /// The alerts that name a flow, by flow and time.
  consuming func grouped() -> ([LogLabels.Alert], [String: Range<Int>]) {
    var usable: [(key: String, alert: LogLabels.Alert)] = []
    for row in pending {
      guard let key = row.key else { continue }
      usable.append((key, LogCollector.alert(row, order: Int32(usable.count))))
    }
    usable.sort {
      ($0.key, $0.alert.time.lowerBound, $0.alert.order)
        < ($1.key, $1.alert.time.lowerBound, $1.alert.order)
    }
    var ranges: [String: Range<Int>] = [:]
    for index in usable.indices {
      let (key, alert) = usable[index]
      let isFirst = index == 0 || usable[index - 1].key != key
      let latest = isFirst ? Int64.min : usable[index - 1].alert.latest
      usable[index].alert.latest = max(latest, alert.time.upperBound)
      ranges[key] = (isFirst ? index : ranges[key]?.lowerBound ?? index)..<index + 1
    }
    return (usable.map(\.alert), ranges)
  }

  /// A row that was logged when its connection was over is one of its last moment.
  private static func alert(_ row: Pending, order: Int32) -> LogLabels.Alert {
    let time = row.flow.time
    let connection = row.flow.connection
    let moment = connection.map { min(max(time, $0.lowerBound), $0.upperBound) } ?? time
    return LogLabels.Alert(
      time: row.isConnection ? connection ?? time...time : moment...moment,
      connection: connection, severity: row.severity, label: row.label, order: order)
  }

  private func missing(
    _ field: String, _ log: (path: String, form: LogForm), all: [String]?
  ) -> DataError {
    let isChosen = self.field != nil
    return DataError(
      isChosen ? .usage : .badData, file: log.path,
      problem: "has no field '\(field)' to give labels",
      remedy: "name another: --label-field NAME"
        + (all.map { "; the fields are: \($0.joined(separator: ", "))" }
          ?? (log.form == .suricata
            ? ", such as alert.category, alert.signature or alert.severity" : ""))
    )
  }
}
