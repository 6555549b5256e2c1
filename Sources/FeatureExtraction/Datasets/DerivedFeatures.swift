import FeatureTables

/// Features that are made of columns which are no numbers themselves.
enum DerivedFeatures {
  enum Kind: String, Decodable, Sendable {
    /// The masks of TCP flags as one column a bit.
    case flagMasks = "flag-masks"
    /// The state of Argus: TCP flags of both sides, or a name.
    case argusState = "argus-state"
    /// Packets and bytes of the answer, which binetflow has as differences only.
    case backwardTotals = "backward-totals"
    /// How often each letter stands in Zeek's history.
    case zeekHistory = "zeek-history"
    /// The end of a flow less its start, finer than its age in seconds.
    case eveDuration = "eve-duration"
    case eveFlags = "eve-flags"
  }

  /// A column that was made.
  struct Column {
    let feature: Feature
    var values: NumberColumn
    var categories: [String] = []
    /// Replaces the column of the same name.
    var replaces = false
  }

  /// What the columns of a scan are, by our names.
  struct Source {
    let rowCount: Int
    let columns: [String: ScannedColumn]

    /// A value for each row by its name; `function` is asked once for each name.
    func map(_ column: String, missing: Double, _ function: (String) -> Double) -> [Double]? {
      guard case .category(let codes, let names) = columns[column] else { return nil }
      let values = names.map(function)
      return codes.map { $0.isNaN ? missing : values[Int($0)] }
    }

    func numbers(_ column: String) -> [Double]? {
      guard case .numbers(let values) = columns[column] else { return nil }
      return values.contiguous()
    }

    func text(_ column: String) -> TextColumn? {
      guard case .text(let text) = columns[column] else { return nil }
      return text
    }
  }

  static func columns(_ kind: Kind, _ source: Source) -> [Column] {
    switch kind {
    case .flagMasks: flagMasks(source)
    case .argusState: argusState(source)
    case .backwardTotals: backwardTotals(source)
    case .zeekHistory: zeekHistory(source)
    case .eveDuration: eveDuration(source)
    case .eveFlags: eveFlags(source)
    }
  }

  /// The storage that the columns need which features are made of.
  static func storage(_ kinds: [Kind], _ column: String) -> ColumnStorage {
    column == "flow_end" ? .text : .category
  }

  // MARK: Flags

  /// The bits of the TCP header from the lowest.
  private static let flags = [
    "finish", "synchronize", "reset", "push", "acknowledgment", "urgent", "congestion_echo",
    "congestion_window_reduced",
  ]

  private static func bits(
    _ source: Source, _ column: String, prefix: String, radix: Int
  ) -> [Column] {
    flags.enumerated().compactMap { bit, flag in
      source.map(column, missing: 0) { text in
        guard let mask = UInt(text, radix: radix) else { return .nan }
        return Double(mask >> UInt(bit) & 1)
      }.map {
        Column(feature: Feature("\(prefix)_\(flag)_seen", in: .count), values: NumberColumn($0))
      }
    }
  }

  private static func flagMasks(_ source: Source) -> [Column] {
    bits(source, "tcp_flags", prefix: "tcp", radix: 10)
      + bits(source, "client_tcp_flags", prefix: "client_tcp", radix: 10)
      + bits(source, "server_tcp_flags", prefix: "server_tcp", radix: 10)
  }

  private static func eveFlags(_ source: Source) -> [Column] {
    bits(source, "tcp_tcp_flags_ts", prefix: "forward", radix: 16)
      + bits(source, "tcp_tcp_flags_tc", prefix: "backward", radix: 16)
  }

  // MARK: Argus

  private static let argusLetters: [(Character, String)] = [
    ("F", "finish"), ("S", "synchronize"), ("R", "reset"), ("P", "push"),
    ("A", "acknowledgment"), ("U", "urgent"),
  ]

  /// `FSPA_FSPA` lists the flags of both sides; names such as `CON` hold such letters by accident.
  private static func argusState(_ source: Source) -> [Column] {
    guard case .category(let codes, let names) = source.columns["state"] else { return [] }
    let states = names.map { $0.contains("_") ? "tcp_flags" : $0 }
    let distinct = Set(states).sorted()
    let newCodes = states.map { state in Double(distinct.firstIndex(of: state) ?? 0) }
    var columns = [
      Column(
        feature: Feature("state", in: .none, kind: .categorical),
        values: NumberColumn(codes.map { $0.isNaN ? .nan : newCodes[Int($0)] }),
        categories: distinct)
    ]
    for (side, prefix) in ["forward", "backward"].enumerated() {
      for (letter, flag) in argusLetters {
        let values = source.map("state", missing: 0) { state in
          let sides = state.split(separator: "_", omittingEmptySubsequences: false)
          return sides.count == 2 && sides[side].contains(letter) ? 1 : 0
        }
        guard let values else { continue }
        columns.append(
          Column(
            feature: Feature("\(prefix)_\(flag)_seen", in: .count), values: NumberColumn(values)))
      }
    }
    return columns
  }

  private static func backwardTotals(_ source: Source) -> [Column] {
    var columns: [Column] = []
    let pairs: [(String, String, String, Unit)] = [
      ("tot_pkts", "forward_packet_count", "backward_packet_count", .packets),
      ("tot_bytes", "forward_packet_length_total", "backward_packet_length_total", .bytes),
    ]
    for (total, forward, backward, unit) in pairs {
      guard let all = source.numbers(total), let part = source.numbers(forward) else { continue }
      columns.append(
        Column(
          feature: Feature(backward, in: unit), values: NumberColumn(zip(all, part).map { $0 - $1 })
        ))
    }
    return columns
  }

  // MARK: Zeek

  /// The letters of `history` that both sides can have, capital for the originator.
  private static let historyLetters: [(Character, String)] = [
    ("s", "synchronize"), ("h", "handshake"), ("a", "acknowledgment"), ("d", "data"),
    ("f", "finish"), ("r", "reset"), ("c", "bad_checksum"), ("g", "content_gap"),
    ("t", "retransmission"), ("w", "zero_window"), ("i", "inconsistent"), ("q", "multiple_flags"),
  ]

  private static func zeekHistory(_ source: Source) -> [Column] {
    var columns: [Column] = []
    for (letter, event) in historyLetters {
      let sides = [
        ("originator", Character(letter.uppercased())), ("responder", letter),
      ]
      for (side, mark) in sides {
        let values = source.map("history", missing: .nan) { history in
          Double(history.count { $0 == mark })
        }
        guard let values else { return [] }
        columns.append(
          Column(
            feature: Feature("history_\(side)_\(event)", in: .count), values: NumberColumn(values)))
      }
    }
    return columns
  }

  // MARK: Suricata

  private static func eveDuration(_ source: Source) -> [Column] {
    guard let start = source.text("start_time"), let end = source.text("flow_end") else {
      return []
    }
    let reader = TimeText(rule: .offset, scale: 1, zone: nil)
    let values = (0..<source.rowCount).map { row in
      let first = reader.nanoseconds(start.utf8(row))
      let last = reader.nanoseconds(end.utf8(row))
      guard first != TimeText.missing, last != TimeText.missing else { return Double.nan }
      return Double(last - first) / 1000
    }
    return [
      Column(
        feature: Feature("flow_duration", in: .microseconds), values: NumberColumn(values),
        replaces: true)
    ]
  }
}
