import FeatureTables

/// What the sets `cic` and `cic2022-compat` have beyond the common features: flags, bulks,
/// sub-flows, windows, connection.
extension CICDefinitions where Accumulators == CICAccumulators {
  static var directionFlags: [Definition] {
    directionFlags("push", "PSH", .psh) + directionFlags("urgent", "URG", .urg)
      + directionFlags("reset", "RST", .rst)
  }

  private static func directionFlags(
    _ name: String, _ published: String, _ flag: TCPFlags
  ) -> [Definition] {
    [Side.forward, .backward].map { side in
      Definition(
        "\(side.rawValue)_\(name)_flag_count", "\(side.published) \(published) Flags", in: .count,
        "\(side.rawValue.capitalizedFirst) packets with \(published) set.",
        formula: "packets with \(published), \(side.rawValue)",
        defect: flag == .rst
          ? "" : "Mended: taken from the first packet only, backward always 0, through 2021."
      ) { Double($0.accumulators.count(of: flag, side)) }
    }
  }

  static var flags: [Definition] {
    [
      flag("finish", "FIN", .fin), flag("synchronize", "SYN", .syn), flag("reset", "RST", .rst),
      flag("push", "PSH", .psh), flag("acknowledgment", "ACK", .ack),
      flag("urgent", "URG", .urg), flag("congestion_window_reduced", "CWR", .cwr),
      flag("congestion_echo", "ECE", .ece),
    ]
  }

  private static func flag(
    _ name: String, _ published: String, _ flag: TCPFlags
  ) -> Definition {
    Definition(
      "\(name)_flag_count", "\(published) Flag Count", in: .count,
      "Packets of both directions with \(published) set, the first included.",
      formula: "packets with \(published)",
      defect: "Mended: in 2018 taken from the first packet only, and all but ACK printed under the "
        + "name of another flag."
    ) { Double($0.accumulators.count(of: flag)) }
  }

  static var windows: [Definition] {
    [
      Definition(
        "forward_initial_window_bytes", "FWD Init Win Bytes", in: .bytes,
        "Window field of the first packet of the flow, unscaled, if that packet goes forward; 0 "
          + "otherwise and for other protocols than TCP.",
        formula: "w(first), if forward", defect: "Mended: −1 for no window in 2018."
      ) { Double($0.accumulators.forwardWindow) },
      Definition(
        "backward_initial_window_bytes", "Bwd Init Win Bytes", in: .bytes,
        "Window field of the first backward packet whose window is not 0, unscaled; 0 if there is "
          + "none and for other protocols than TCP.",
        formula: "w(first backward with w > 0)",
        defect: "Mended: the window of the last backward packet through 2022, −1 for none in 2018."
      ) { Double($0.accumulators.backwardWindow) },
    ]
  }

  static func dataPacketCount(_ side: Side) -> Definition {
    Definition(
      "\(side.rawValue)_data_packet_count", "\(side.published) Act Data Pkts", in: .packets,
      "\(side.rawValue.capitalizedFirst) packets with payload, the first of the flow included.",
      formula: "packets with p ≥ 1, \(side.rawValue)",
      defect: side == .forward ? "Mended: the first packet was left out through 2022." : ""
    ) { Double($0.sums(side).dataPacketCount) }
  }
}
