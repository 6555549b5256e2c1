import FeatureTables

/// The definitions that the CIC sets share, under the names of the corrected release. What a set
/// defines in another way it replaces by name.
enum CICDefinitions<Assembly: FlowAssembly, Accumulators: CICSums> {
  typealias Measured = MeasuredFlow<Assembly, Accumulators>
  typealias Definition = FeatureDefinition<Measured>

  /// What all of them have, in the order of the corrected release.
  static var common: [Definition] {
    volume + lengths(.forward) + lengths(.backward) + flowRates + flowGaps + gaps(.forward)
      + gaps(.backward) + headers + directionRates + packetLengths + ratios + headerMinimum
      + activity
  }

  /// The definitions in the order of names.
  static func ordered(_ definitions: [Definition], by names: [String]) -> [Definition] {
    names.map { name in
      guard let definition = definitions.last(where: { $0.feature.name == name }) else {
        preconditionFailure("no definition of \(name)")
      }
      return definition
    }
  }

  static var lengthDefect: String {
    "Mended: captured bytes, so that a snap length shortens payload, with the padding of tagged "
      + "frames; in the published rows of 2018 with all padding."
  }

  private static var volume: [Definition] {
    [
      Definition(
        "flow_duration", "Flow Duration", in: .microseconds,
        "Time of the last packet minus that of the first, in the order of the capture; negative "
          + "where that runs back.",
        formula: "t(last) − t(first)"
      ) { $0.duration },
      Definition(
        "forward_packet_count", "Total Fwd Packet", in: .packets,
        "Packets of the forward direction.", formula: "f"
      ) { Double($0.sums(.forward).packetCount) },
      Definition(
        "backward_packet_count", "Total Bwd packets", in: .packets,
        "Packets of the backward direction.", formula: "b"
      ) { Double($0.sums(.backward).packetCount) },
      Definition(
        "forward_packet_length_total", "Total Length of Fwd Packet", in: .bytes,
        "Bytes of payload, forward.", formula: "Σ p, forward", defect: lengthDefect
      ) { $0.sums(.forward).lengths.total },
      Definition(
        "backward_packet_length_total", "Total Length of Bwd Packet", in: .bytes,
        "Bytes of payload, backward.", formula: "Σ p, backward", defect: lengthDefect
      ) { $0.sums(.backward).lengths.total },
    ]
  }

  private static func lengths(_ side: Side) -> [Definition] {
    let count = side.letter
    return [
      Definition(
        "\(side.rawValue)_packet_length_maximum", "\(side.published) Packet Length Max",
        in: .bytes, "Largest payload of a \(side.rawValue) packet; 0 without one.",
        formula: "max p, \(side.rawValue)", defect: lengthDefect
      ) { $0.sums(side).lengths.maximum },
      Definition(
        "\(side.rawValue)_packet_length_minimum", "\(side.published) Packet Length Min",
        in: .bytes, "Smallest payload of a \(side.rawValue) packet; 0 without one.",
        formula: "min p, \(side.rawValue)", defect: lengthDefect
      ) { $0.sums(side).lengths.minimum },
      Definition(
        "\(side.rawValue)_packet_length_mean", "\(side.published) Packet Length Mean",
        in: .bytes, "Mean payload of \(side.rawValue) packets; 0 without one.",
        formula: "Σ p / \(count), \(side.rawValue)", defect: lengthDefect
      ) { $0.sums(side).lengths.mean },
      Definition(
        "\(side.rawValue)_packet_length_standard_deviation", "\(side.published) Packet Length Std",
        in: .bytes,
        "Sample deviation of the payload of \(side.rawValue) packets; 0 for fewer "
          + "than two.",
        formula: "√(Σ (p − mean)² / (\(count) − 1)), \(side.rawValue)", defect: lengthDefect
      ) { $0.sums(side).lengths.deviation },
    ]
  }

  static var rateDefect: String {
    "Mended: Infinity or NaN at zero duration through 2022, −1 in 2024."
  }

  private static var flowRates: [Definition] {
    [
      Definition(
        "flow_bytes_per_second", "Flow Bytes/s", in: .bytesPerSecond,
        "Bytes of payload in both directions by the duration; 0 at durations of 0 and less.",
        formula: "Σ p / D", defect: rateDefect
      ) { $0.perSecond($0.lengths.total) },
      Definition(
        "flow_packets_per_second", "Flow Packets/s", in: .packetsPerSecond,
        "Packets in both directions by the duration; 0 at durations of 0 and less.",
        formula: "n / D", defect: rateDefect
      ) { $0.perSecond(Double($0.packetCount)) },
    ]
  }

  private static var directionRates: [Definition] {
    [Side.forward, .backward].map { side in
      Definition(
        "\(side.rawValue)_packets_per_second", "\(side.published) Packets/s",
        in: .packetsPerSecond,
        "\(side.rawValue.capitalizedFirst) packets by the duration of the whole flow; 0 at "
          + "durations of 0 and less.",
        formula: "\(side.letter) / D"
      ) { $0.perSecond(Double($0.sums(side).packetCount)) }
    }
  }

  private static var headers: [Definition] {
    [Side.forward, .backward].map { side in
      Definition(
        "\(side.rawValue)_header_length_total", "\(side.published) Header Length", in: .bytes,
        "Bytes of transport headers, \(side.rawValue): data offset of TCP, 8 of UDP, 12 of SCTP.",
        formula: "Σ h, \(side.rawValue)"
      ) { Double($0.sums(side).headerTotal) }
    }
  }

  private static var headerMinimum: [Definition] {
    [
      Definition(
        "forward_segment_size_minimum", "Fwd Seg Size Min", in: .bytes,
        "Smallest transport header of a forward packet; 0 without one.",
        formula: "min h, forward", defect: "Kept: a header length under the name of a segment size."
      ) { $0.sums(.forward).headerMinimum }
    ]
  }
}

extension String {
  /// With a capital at its start.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
