import FeatureTables

/// A kind of log that says something about flows.
enum LogForm: Equatable {
  /// One JSON object a line: Suricata's `eve.json`.
  case suricata
  /// A log of Zeek by name (`conn`, `notice`), tab-separated or one JSON object a line. The name is
  /// empty where a log in JSON does not show which it is.
  case zeek(log: String, isJSON: Bool)

  /// The form of a file, told by its content.
  /// - Throws: `DataError` where it is neither.
  init(path: String) throws(DataError) {
    self = try LogForm(head: try TextInput(path: path).head, file: path)
  }

  init(head: [UInt8], file: String) throws(DataError) {
    let first = head.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if first == UInt8(ascii: "#") {
      let header = ZeekHeader(head)
      guard header.fields != nil else {
        throw DataError(
          file: file, problem: "begins like a Zeek log but has no #fields line",
          remedy: "keep the lines that begin with # when logs are cut or joined")
      }
      self = .zeek(log: header.path ?? "", isJSON: false)
      return
    }
    let lines = DelimitedTable.records(
      of: head, dialect: JSONLines.lines, limit: 1, isAll: true)
    var probe = JSONFlattener(paths: ["event_type", "ts", "note", "conn_state", "_path"])
    guard let line = lines.first?.first, probe.flatten(line.span, 0..<line.count) else {
      throw LogForm.unknown(file)
    }
    func has(_ index: Int) -> Bool { probe.ends[index] > probe.starts[index] }
    if has(0) {
      self = .suricata
    } else if has(1) {
      let path = String(decoding: probe.text[probe.starts[4]..<probe.ends[4]], as: UTF8.self)
      self = .zeek(log: has(4) ? path : has(2) ? "notice" : has(3) ? "conn" : "", isJSON: true)
    } else {
      throw LogForm.unknown(file)
    }
  }

  private static func unknown(_ file: String) -> DataError {
    DataError(
      file: file, problem: "is neither Suricata's eve.json nor a log of Zeek",
      remedy: "give eve.json (one JSON object a line), or a log of Zeek such as notice.log")
  }

  var isJSON: Bool { self != .zeek(log: log, isJSON: false) }

  /// Whether it lists connections.
  var isConnections: Bool { log == "conn" }

  private var log: String {
    switch self {
    case .suricata: ""
    case .zeek(let log, _): log
    }
  }

  /// The field that says the class where the user names none; nil for logs that have none.
  var defaultField: String? {
    switch self {
    case .suricata: "alert.category"
    case .zeek("notice", _): "note"
    case .zeek("conn", _): "label"
    case .zeek: nil
    }
  }

  /// For accounts.
  var name: String {
    switch self {
    case .suricata: "suricata eve"
    case .zeek: log.isEmpty ? "zeek" : "zeek \(log)"
    }
  }
}
