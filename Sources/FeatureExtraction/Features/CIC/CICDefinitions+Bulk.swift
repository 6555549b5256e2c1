import FeatureTables

extension CICDefinitions where Accumulators == CICAccumulators {
  static func bulk(_ side: Side) -> [Definition] {
    let defect =
      "Mended: never computed in 2018; forward packets taken as backward in 2020 and 2021; divided "
      + "to whole numbers in 2022."
    return [
      Definition(
        "\(side.rawValue)_bulk_bytes_mean", "\(side.published) Bytes/Bulk Avg", in: .bytes,
        "Bytes a bulk, \(side.rawValue); 0 without a bulk. A bulk is four packets or more with "
          + "payload, none more than 1 s after the one before, with no payload from the other "
          + "side between.",
        formula: "bytes in bulks / bulks", defect: defect
      ) { $0.accumulators.bulk(side).bytesMean },
      Definition(
        "\(side.rawValue)_bulk_packets_mean", "\(side.published) Packet/Bulk Avg", in: .packets,
        "Packets a bulk, \(side.rawValue); 0 without a bulk.",
        formula: "packets in bulks / bulks", defect: defect
      ) { $0.accumulators.bulk(side).packetsMean },
      Definition(
        "\(side.rawValue)_bulk_rate_mean", "\(side.published) Bulk Rate Avg", in: .bytesPerSecond,
        "Bytes in bulks by the time that bulks took, \(side.rawValue); 0 where that is 0.",
        formula: "bytes in bulks / (bulk time / 10⁶)", defect: defect
      ) { $0.accumulators.bulk(side).rateMean },
    ]
  }

  static var subflows: [Definition] {
    [
      subflow(.forward, "packets", "Packets", in: .packets, formula: "f / s") {
        Double($0.sums(.forward).packetCount)
      },
      subflow(.forward, "bytes", "Bytes", in: .bytes, formula: "Σ p / s, forward") {
        $0.sums(.forward).lengths.total
      },
      subflow(.backward, "packets", "Packets", in: .packets, formula: "b / s") {
        Double($0.sums(.backward).packetCount)
      },
      subflow(.backward, "bytes", "Bytes", in: .bytes, formula: "Σ p / s, backward") {
        $0.sums(.backward).lengths.total
      },
    ]
  }

  private static func subflow(
    _ side: Side, _ name: String, _ published: String, in unit: Unit, formula: String,
    amount: @escaping @Sendable (Measured) -> Double
  ) -> Definition {
    Definition(
      "subflow_\(side.rawValue)_\(name)", "Subflow \(side.published) \(published)", in: unit,
      "\(side.rawValue.capitalizedFirst) \(name) by the number s of gaps above 1 s between "
        + "consecutive packets; 0 without such a gap.",
      formula: formula,
      defect: "Kept: s counts breaks, not the sub-flows between them. Mended: s was always 1 in "
        + "2018, and the number of packets in 2020 and 2022."
    ) { flow in
      let breaks = flow.accumulators.breakCount
      return breaks == 0 ? 0 : amount(flow) / Double(breaks)
    }
  }

  /// Of the whole connection and of its first message.
  static func connection<Dialect>() -> [Definition] where Assembly == CICAssembly<Dialect> {
    [
      Definition(
        "icmp_code", "ICMP Code", in: .none, kind: .categorical,
        "Code of the first packet; −1 for other protocols than ICMP and ICMPv6.",
        formula: "code(first)"
      ) { $0.isControlMessage ? Double($0.controlMessage & 0xFF) : -1 },
      Definition(
        "icmp_type", "ICMP Type", in: .none, kind: .categorical,
        "Type of the first packet; −1 for other protocols than ICMP and ICMPv6.",
        formula: "type(first)"
      ) { $0.isControlMessage ? Double($0.controlMessage >> 8) : -1 },
      Definition(
        "tcp_flow_time_total", "Total TCP Flow Time", in: .microseconds,
        "Of TCP: the duration, and for a piece that goes on after a cut by age those of the pieces "
          + "before and the gaps between; 0 for other protocols.",
        formula: "t(last) − t(first of the first piece)",
        defect: "Mended: in 2024 of UDP too, and never forgotten: here after 3,600 s of silence."
      ) { flow in
        guard flow.key.protocolNumber == IPProtocol.tcp else { return 0 }
        return flow.duration + Double(microseconds(flow.assembly.timeBefore))
      },
    ]
  }
}

extension CICAccumulators {
  func bulk(_ side: Side) -> Bulk { side == .forward ? forwardBulk : backwardBulk }
}

extension MeasuredFlow {
  /// Whether its packets are ICMP or ICMPv6.
  var isControlMessage: Bool {
    key.protocolNumber == IPProtocol.icmp || key.protocolNumber == IPProtocol.icmp6
  }
}
