import FeatureTables

/// Features that say which flow a row is, when it was or what its label is: a model that has them
/// learns the recording, not the traffic. Found by name, and by content where the name is new.
enum LeakColumns {
  static func findings(_ table: LabeledTable) -> [Finding] {
    var byKind: [FindingKind: [String]] = [:]
    var byContent: [FindingKind: [String]] = [:]
    let order = rowOrder(table)
    for (index, feature) in table.matrix.schema.features.enumerated() {
      if let kind = kind(ofName: feature.name) {
        byKind[kind, default: []].append(feature.name)
      } else if feature.kind == .numeric,
        let kind = kind(ofContent: table.matrix.column(index), order: order)
      {
        byContent[kind, default: []].append(feature.name)
      }
    }
    return FindingKind.allCases.flatMap { kind -> [Finding] in
      let named = byKind[kind].map { finding(kind, .error, $0, how: "by name") }
      let alike = byContent[kind].map { finding(kind, .warning, $0, how: "by content") }
      return [named, alike].compactMap { $0 }
    }
  }

  private static func finding(
    _ kind: FindingKind, _ severity: Finding.Severity, _ names: [String], how: String
  ) -> Finding {
    let (looks, meaning) =
      switch kind {
      case .identifierFeature:
        ("identifiers", "a model can learn hosts or row order by heart")
      case .timestampFeature: ("time stamps", "a model can learn when each attack was recorded")
      default: ("labels or their by-products", "they give the class away")
      }
    return Finding(
      kind, severity,
      "features that are \(looks) \(how): \(listing(names)); \(meaning). Leave them out.",
      evidence: ["features": .texts(names), "found": .text(how)])
  }

  // MARK: By name

  private static let identifiers: Set<String> = [
    "flow_id", "id", "uid", "flow_key", "community_id", "record_id", "expiration_id",
    "row", "row_number", "row_id", "index", "unnamed_0", "seq", "frame_number",
    "source_address", "destination_address", "source_port", "destination_port",
    "src_ip", "dst_ip", "source_ip", "destination_ip", "srcip", "dstip", "src_addr", "dst_addr",
    "saddr", "daddr", "ipv4_src_addr", "ipv4_dst_addr", "src_port", "dst_port", "sport", "dport",
    "dsport", "l4_src_port", "l4_dst_port", "src_mac", "dst_mac", "src_oui", "dst_oui",
    "id_orig_h", "id_resp_h", "id_orig_p", "id_resp_p", "capture", "dataset", "src_host",
    "dst_host",
  ]
  private static let times: Set<String> = [
    "ts", "time", "date", "datetime", "timestamp", "time_stamp", "start_time", "end_time",
    "starttime", "endtime", "lasttime", "last_time", "stime", "ltime", "first_seen", "last_seen",
    "flow_start", "flow_end", "flow_start_time", "flow_end_time",
    "flow_start_milliseconds", "flow_end_milliseconds",
    "bidirectional_first_seen_ms", "bidirectional_last_seen_ms", "src2dst_first_seen_ms",
    "src2dst_last_seen_ms", "dst2src_first_seen_ms", "dst2src_last_seen_ms",
  ]
  private static let leaks: Set<String> = [
    "label", "class", "target", "attack", "attack_cat", "attack_category", "attack_type",
    "attempted_category", "category", "subcategory", "difficulty", "difficulty_level",
    "detailed_label", "alerted", "similar_http", "simillarhttp", "inbound",
  ]

  /// What a column of that name holds, or nil where it may be a feature.
  static func kind(ofName name: String) -> FindingKind? {
    let normal = normalized(name)
    if identifiers.contains(normal) { return .identifierFeature }
    if times.contains(normal) || normal.hasSuffix("_timestamp") { return .timestampFeature }
    if leaks.contains(normal) { return .leakFeature }
    return nil
  }

  /// In lower case, with one underscore for each run of other characters.
  private static func normalized(_ name: String) -> String {
    name.lowercased()
      .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .joined(separator: "_")
  }

  // MARK: By content

  /// Fewer rows than these say nothing about a column.
  private static let fewestRows = 50

  /// The rows as they came in; a table may be shuffled.
  private static func rowOrder(_ table: LabeledTable) -> [Int] {
    let numbers = table.rowNumbers
    let isSorted = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    return isSorted
      ? Array(numbers.indices) : numbers.indices.sorted { numbers[$0] < numbers[$1] }
  }

  static func kind(ofContent column: ArraySlice<Double>, order: [Int]) -> FindingKind? {
    guard column.count >= fewestRows else { return nil }
    if isEpoch(column) { return .timestampFeature }
    return isRunning(column, order: order) || isNumbering(column) ? .identifierFeature : nil
  }

  /// Whether every value is a moment from 2000 to 2040 in seconds, milliseconds, microseconds or
  /// nanoseconds since 1970.
  private static func isEpoch(_ column: ArraySlice<Double>) -> Bool {
    [1.0, 1e3, 1e6, 1e9].contains { scale in
      column.allSatisfy { $0 >= 946_684_800 * scale && $0 < 2_208_988_800 * scale }
    }
  }

  /// Whether values rise, or fall, from row to row with hardly an exception, as a row number or a
  /// time does.
  private static func isRunning(_ column: ArraySlice<Double>, order: [Int]) -> Bool {
    var (rising, falling) = (0, 0)
    for (row, next) in zip(order, order.dropFirst()) {
      let (value, follower) = (column[column.startIndex + row], column[column.startIndex + next])
      if follower > value { rising += 1 } else if follower < value { falling += 1 }
    }
    // Inputs that were put together start anew a few times.
    return Double(max(rising, falling)) >= 0.98 * Double(order.count - 1)
  }

  /// Whether all values are whole numbers, each of them once, although so many numbers drawn from
  /// their range would meet: of n drawn from r, none does with probability exp(-n² / 2r) at most.
  private static func isNumbering(_ column: ArraySlice<Double>) -> Bool {
    guard let least = column.min(), let largest = column.max(),
      Double(column.count) * Double(column.count) >= 20 * (largest - least + 1),
      column.allSatisfy({ $0 == $0.rounded() })
    else { return false }
    return Set(column).count == column.count
  }
}
