import FeatureTables

/// The columns that the release of February 2018 computes in its own way.
extension CIC2017Features {
  typealias Definition = FeatureDefinition<Measured>

  static var directionFlags: [Definition] {
    [
      firstFlag("forward_push_flag_count", "PSH", .psh), never("backward_push_flag_count"),
      firstFlag("forward_urgent_flag_count", "URG", .urg), never("backward_urgent_flag_count"),
    ]
  }

  private static func firstFlag(_ name: String, _ word: String, _ flag: TCPFlags) -> Definition {
    Definition(
      name, "", in: .count, "1 if the first packet has \(word) set, else 0.",
      formula: "1 if \(word) in first", defect: "Kept: the first packet only."
    ) { $0.accumulators.firstFlags.contains(flag) ? 1 : 0 }
  }

  private static func never(_ name: String) -> Definition {
    Definition(
      name, "", in: .count, "Always 0.", formula: "0", defect: "Kept: never counted."
    ) { _ in 0 }
  }

  /// Each holds the flag that the original printed under the name, in the order of its hash table.
  static var flags: [Definition] {
    [
      flag("finish", "RST", .rst), flag("synchronize", "PSH", .psh), flag("reset", "ECE", .ece),
      flag("push", "SYN", .syn), flag("acknowledgment", "ACK", .ack), flag("urgent", "FIN", .fin),
      flag("congestion_window_reduced", "URG", .urg), flag("congestion_echo", "CWR", .cwr),
    ]
  }

  private static func flag(_ name: String, _ word: String, _ flag: TCPFlags) -> Definition {
    let isRight = flag == .ack
    return Definition(
      "\(name)_flag_count", "", in: .count,
      "1 if the first packet has \(word) set, else 0\(isRight ? "" : ", whatever the name says").",
      formula: "1 if \(word) in first",
      defect: "Kept: the first packet only"
        + (isRight ? "." : "; printed under the name of another flag.")
    ) { $0.accumulators.firstFlags.contains(flag) ? 1 : 0 }
  }

  static var rates: [Definition] {
    let defect = "Kept: divides by a duration of 0."
    return [
      Definition(
        "flow_bytes_per_second", "", in: .bytesPerSecond,
        "Bytes of payload by the duration; at zero duration Infinity, or NaN without payload.",
        formula: "Σ p / D", defect: defect
      ) { $0.lengths.total / ($0.duration / 1_000_000) },
      Definition(
        "flow_packets_per_second", "", in: .packetsPerSecond,
        "Packets by the duration; Infinity at zero duration.", formula: "n / D", defect: defect
      ) { Double($0.packetCount) / ($0.duration / 1_000_000) },
    ]
  }

  /// The length of the first packet was entered twice.
  static var packetLengths: [Definition] {
    let defect = "Kept: the length of the first packet is entered twice; padding counts."
    return [
      Definition(
        "packet_length_mean", "", in: .bytes,
        "Mean payload, the first packet counted twice.", formula: "(Σ p + p(first)) / (n + 1)",
        defect: defect
      ) { $0.doubledLengths.mean },
      Definition(
        "packet_length_standard_deviation", "", in: .bytes,
        "Sample deviation of the same n + 1 values.", formula: "√(Σ (p − mean)² / n)",
        defect: defect
      ) { $0.doubledLengths.deviation },
      Definition(
        "packet_length_variance", "", in: .bytesSquared,
        "Sample variance of the same n + 1 values.", formula: "Σ (p − mean)² / n", defect: defect
      ) { $0.doubledLengths.variance },
    ]
  }

  static var ratios: [Definition] {
    [
      Definition(
        "down_up_ratio", "", in: .ratio, "Backward packets by forward packets, a whole number.",
        formula: "b div f", defect: "Kept: divided to whole numbers."
      ) { flow in
        let (forward, backward) = (flow.sums(.forward), flow.sums(.backward))
        return forward.packetCount == 0 ? 0 : Double(backward.packetCount / forward.packetCount)
      },
      Definition(
        "average_packet_size", "", in: .bytes,
        "Bytes of payload, those of the first packet counted twice, by the packets.",
        formula: "(Σ p + p(first)) / n", defect: "Kept: the first packet is entered twice."
      ) { $0.doubledLengths.total / Double($0.packetCount) },
    ]
  }

  static var bulks: [Definition] {
    [Side.forward, .backward].flatMap { side in
      [("bytes", Unit.bytes), ("packets", .packets), ("rate", .bytesPerSecond)].map { name, unit in
        Definition(
          "\(side.rawValue)_bulk_\(name)_mean", "", in: unit, "Always 0.", formula: "0",
          defect: "Kept: never computed."
        ) { _ in 0 }
      }
    }
  }

  static var subflows: [Definition] {
    [Side.forward, .backward].flatMap { side in
      let defect = "Kept: the number of sub-flows is always 1."
      return [
        Definition(
          "subflow_\(side.rawValue)_packets", "", in: .packets,
          "Equals \(side.rawValue)_packet_count.", formula: side.letter, defect: defect
        ) { Double($0.sums(side).packetCount) },
        Definition(
          "subflow_\(side.rawValue)_bytes", "", in: .bytes,
          "Equals \(side.rawValue)_packet_length_total.", formula: "Σ p, \(side.rawValue)",
          defect: defect
        ) { $0.sums(side).lengths.total },
      ]
    }
  }

  static var windows: [Definition] {
    [
      Definition(
        "forward_initial_window_bytes", "", in: .bytes,
        "Window field of the first packet, whichever side sent it; −1 for other protocols than "
          + "TCP.",
        formula: "w(first)", defect: "Kept: −1 for no window."
      ) { $0.isTCP ? Double($0.accumulators.firstWindow) : -1 },
      Definition(
        "backward_initial_window_bytes", "", in: .bytes,
        "Window field of the last backward packet; −1 without one and for other protocols than "
          + "TCP.",
        formula: "w(last backward)", defect: "Kept: the last window, not the first."
      ) { flow in
        flow.isTCP && flow.sums(.backward).packetCount > 0
          ? Double(flow.accumulators.lastBackwardWindow) : -1
      },
      Definition(
        "forward_data_packet_count", "", in: .packets,
        "Forward packets with payload, the first packet of the flow left out.",
        formula: "packets with p ≥ 1, forward, without the first",
        defect: "Kept: the first packet is left out, and empty segments count with their padding."
      ) { flow in
        let first: UInt32 = flow.accumulators.firstLength > 0 ? 1 : 0
        return Double(flow.sums(.forward).dataPacketCount - first)
      },
    ]
  }
}

extension MeasuredFlow where Accumulators == CIC2017Accumulators {
  /// Bytes of payload of all packets, the first counted twice.
  fileprivate var doubledLengths: Sample { lengths.adding(Int64(accumulators.firstLength)) }
}

extension MeasuredFlow {
  fileprivate var isTCP: Bool { key.protocolNumber == IPProtocol.tcp }
}
