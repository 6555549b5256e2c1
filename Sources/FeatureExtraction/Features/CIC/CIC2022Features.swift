import FeatureTables

/// The set `cic2022-compat`: what made the published corrected rows of CIC-IDS2017. It leaves the
/// set `cic` by rules P1 to P9. For models that are trained on those tables.
///
/// Not repeated: header lengths that wrap at 16 bits (the release's writing of tables did that), and
/// flows of frames that are not IPv4, which are no packets here.
package enum CIC2022Features: FlowFeatureSet {
  package typealias Assembly = CICAssembly<CICDialect2022>
  package typealias Accumulators = CICAccumulators

  package static let identifier = "cic2022-compat"
  package static let version = 1
  package static let summary = """
    What made the published corrected rows of CIC-IDS2017 (corrected CICFlowMeter of October \
    2022), bug for bug. IPv4 on Ethernet only; all but TCP, UDP and ICMP is one flow of protocol 0 \
    for each pair of addresses. Payload is what was captured behind the transport header, with the \
    padding of tagged frames. Flows are made as in `cic`, but a first SYN+ACK does not reverse the \
    direction, only TCP goes on after a cut by age, and a SYN+ACK that meets a closed connection \
    goes on with it. Rates and gaps can be infinite or NaN.
    """
  package static let rules = CICFeatures.rules

  @inline(__always)
  package static func admit(
    _ packet: inout PacketHeader, options: borrowing ExtractionOptions
  ) -> Bool {
    guard packet.traits.contains(.isEthernet), packet.key.isVersion4 else { return false }
    packet.floorTime()
    let isMessage =
      packet.key.protocolNumber == IPProtocol.icmp && !packet.traits.contains(.isLaterFragment)
    if packet.hasTransportHeader {
      packet.payloadLength = packet.unpaddedPayload
    } else if !isMessage {
      packet.forgetTransport()
    }
    return true
  }

  package static let definitions: [FeatureDefinition<Measured>] = CICDefinitions.ordered(
    CICDefinitions.all().map { $0.published(as: $0.publishedName, defect: kept($0)) }
      + rates + gaps + firstPacketLeftOut + windows + bulks + subflows,
    by: CICColumns.corrected)

  /// What `cic` mends of lengths stays as it was here.
  private static func kept(_ definition: FeatureDefinition<Measured>) -> String {
    if definition.feature.name.hasSuffix("header_length_total") {
      return "Mended: the published tables hold it modulo 65,536."
    }
    return definition.defect.replacing(
      CICDefinitions<Assembly, Accumulators>.lengthDefect,
      with: "Kept: captured bytes, so that a snap length shortens payload, with the padding of "
        + "tagged frames.")
  }
}

/// The columns that the state of October 2022 computes in its own way.
extension CIC2022Features {
  typealias Definition = FeatureDefinition<Measured>

  private static var rates: [Definition] {
    let defect = "Kept: divides by a duration of 0."
    return [
      Definition(
        "flow_bytes_per_second", "Flow Bytes/s", in: .bytesPerSecond,
        "Bytes of payload by the duration; at zero duration Infinity, or NaN without payload.",
        formula: "Σ p / D", defect: defect
      ) { $0.lengths.total / ($0.duration / 1_000_000) },
      Definition(
        "flow_packets_per_second", "Flow Packets/s", in: .packetsPerSecond,
        "Packets by the duration; Infinity at zero duration.", formula: "n / D", defect: defect
      ) { Double($0.packetCount) / ($0.duration / 1_000_000) },
    ]
  }

  private static var gaps: [Definition] {
    CICDefinitions<Assembly, Accumulators>.flowGaps.map { definition in
      Definition(
        definition.feature.name, definition.publishedName, in: definition.feature.unit,
        definition.meaning.replacing("0 for one packet", with: "NaN for one packet")
          .replacing("0 for fewer than two", with: "0 for one gap, NaN for none"),
        formula: definition.formula, defect: "Kept: NaN for one packet."
      ) { $0.packetCount == 1 ? .nan : definition.value($0) }
    }
  }

  private static var firstPacketLeftOut: [Definition] {
    [
      reset(.forward), reset(.backward),
      Definition(
        "forward_data_packet_count", "Fwd Act Data Pkts", in: .packets,
        "Forward packets with payload, the first packet of the flow left out.",
        formula: "packets with p ≥ 1, forward, without the first",
        defect: "Kept: the first packet is left out."
      ) { flow in
        Double(flow.sums(.forward).dataPacketCount - flow.accumulators.firstHasPayload(.forward))
      },
    ]
  }

  private static func reset(_ side: Side) -> Definition {
    Definition(
      "\(side.rawValue)_reset_flag_count", "\(side.published) RST Flags", in: .count,
      "\(side.rawValue.capitalizedFirst) packets with RST set, the first packet of the flow left "
        + "out.",
      formula: "packets with RST, \(side.rawValue), without the first",
      defect: "Kept: the first packet is left out."
    ) { flow in
      let sums = flow.accumulators
      return Double(sums.count(of: .rst, side) - sums.first(has: .rst, side))
    }
  }

  private static var windows: [Definition] {
    [
      Definition(
        "backward_initial_window_bytes", "Bwd Init Win Bytes", in: .bytes,
        "Window field of the last backward packet; 0 without one and for other protocols than TCP.",
        formula: "w(last backward)", defect: "Kept: the last window, not the first."
      ) { Double($0.accumulators.lastBackwardWindow) }
    ]
  }

  /// Cut to whole numbers.
  private static var bulks: [Definition] {
    (CICDefinitions<Assembly, Accumulators>.bulk(.forward)
      + CICDefinitions<Assembly, Accumulators>.bulk(.backward)).map { definition in
        Definition(
          definition.feature.name, definition.publishedName, in: definition.feature.unit,
          definition.meaning + " Cut to a whole number.", formula: "whole(\(definition.formula))",
          defect: "Kept: divided to whole numbers."
        ) { definition.value($0).rounded(.towardZero) }
      }
  }

  /// Every packet is taken for a break, and the division is one of whole numbers.
  private static var subflows: [Definition] {
    [Side.forward, .backward].flatMap { side in
      let defect = "Kept: every packet counts as a break; divided to whole numbers."
      return [
        Definition(
          "subflow_\(side.rawValue)_packets", "Subflow \(side.published) Packets", in: .packets,
          "\(side.rawValue.capitalizedFirst) packets by all packets, cut to a whole number.",
          formula: "\(side.letter) div n", defect: defect
        ) { Double($0.sums(side).packetCount / $0.packetCount) },
        Definition(
          "subflow_\(side.rawValue)_bytes", "Subflow \(side.published) Bytes", in: .bytes,
          "Bytes of payload, \(side.rawValue), by all packets, cut to a whole number.",
          formula: "Σ p div n, \(side.rawValue)", defect: defect
        ) { ($0.sums(side).lengths.total / Double($0.packetCount)).rounded(.towardZero) },
      ]
    }
  }
}
