import FeatureTables

/// The set `flowmeter`: the 39 features of FlowMeter's model, each with one sane definition.
///
/// Sizes are whole frames on the wire, deviations are those of the population, gaps are taken on
/// the clock of the flow, and what divides by a duration of zero is 0. No value is ever NaN.
package enum FlowMeterFeatures: FlowFeatureSet {
  package typealias Assembly = SymmetricAssembly

  package static let identifier = "flowmeter"
  package static let version = 1
  package static let rules = FlowRules(
    idleTimeout: 120 * Timestamp.nanosecondsPerSecond,
    ageLimit: 1_800 * Timestamp.nanosecondsPerSecond)
  package static let summary = """
    The 39 features of FlowMeter's model, each with one sane definition. Sizes are whole frames on \
    the wire, deviations those of the population. Times are taken on the clock of the flow, which \
    never runs back: a packet that comes late has a gap of 0. A flow ends by a gap of more than \
    120 s, 1,800 s after its first packet, and by a SYN after its TCP connection was closed. No \
    value is NaN or infinite.
    """

  package static let definitions: [FeatureDefinition<Measured>] = counts + sizes + gaps + rates

  package typealias Accumulators = FlowMeterAccumulators
  private typealias Definition = FeatureDefinition<Measured>

  private static let fewDefect =
    "Mended: no row below 15 packets, and packets after the 83rd ignored."
  private static let directionDefect =
    "Mended: in the model that comes with FlowMeter every packet is backward."
  private static let sizeDefect =
    "Mended: captured bytes, wrong under a snap length."
  private static let unionDefect =
    "Mended: taken over the forward gaps and the backward gaps, not over consecutive packets."
  private static let cutDefect = "Mended: cut to whole microseconds."
  private static let deviationDefect =
    "Mended: the first gap left out of the squares, mean and result cut to whole microseconds."
  private static let orderDefect = "Mended: negative where the capture runs back."
  private static let rateDefect =
    "Mended: by the nanosecond, infinite or NaN at zero duration."

  private static func microseconds(_ nanoseconds: Double) -> Double { nanoseconds / 1_000 }

  private static func perSecond(
    _ amount: Double, _ flow: Measured
  ) -> Double {
    flow.gaps.sum == 0 ? 0 : amount / (flow.gaps.total / 1_000_000_000)
  }
  private static let counts: [Definition] = [
    Definition(
      "flow_duration", "flowDuration", in: .microseconds,
      "Time of the last packet minus that of the first.",
      formula: "c(last) − c(first)"
    ) { microseconds($0.gaps.total) },
    Definition(
      "packet_count", "flowLength", in: .packets,
      "Packets in both directions.",
      formula: "n", defect: fewDefect
    ) { Double($0.sizes.count) },
    Definition(
      "forward_packet_count", "fwdFlowLength", in: .packets,
      "Packets of the side that opened the flow.",
      formula: "f", defect: directionDefect
    ) { Double($0.forward.sizes.count) },
    Definition(
      "backward_packet_count", "bwdFlowLength", in: .packets,
      "Packets of the other side.",
      formula: "b"
    ) { Double($0.backward.sizes.count) },
  ]

  private static let sizes: [Definition] = [
    Definition(
      "packet_size_total", "packetSizeTotal", in: .bytes,
      "Bytes of all frames.",
      formula: "Σ s", defect: sizeDefect
    ) { $0.sizes.total },
    Definition(
      "packet_size_mean", "packetSizeMean", in: .bytes,
      "Mean frame size.",
      formula: "Σ s / n", defect: sizeDefect
    ) { $0.sizes.mean },
    Definition(
      "packet_size_standard_deviation", "packetSizeStd", in: .bytes,
      "Population deviation of the frame sizes; 0 for one packet.",
      formula: "√(Σ (s − mean)² / n)", defect: sizeDefect
    ) { $0.sizes.populationDeviation },
    Definition(
      "packet_size_minimum", "packetSizeMin", in: .bytes,
      "Smallest frame.",
      formula: "min s", defect: sizeDefect
    ) { $0.sizes.minimum },
    Definition(
      "packet_size_maximum", "packetSizeMax", in: .bytes,
      "Largest frame.",
      formula: "max s", defect: sizeDefect
    ) { $0.sizes.maximum },
    Definition(
      "forward_packet_size_total", "fwdPacketSizeTotal", in: .bytes,
      "Bytes of forward frames.",
      formula: "Σ s, forward", defect: sizeDefect
    ) { $0.forward.sizes.total },
    Definition(
      "backward_packet_size_total", "bwdPacketSizeTotal", in: .bytes,
      "Bytes of backward frames.",
      formula: "Σ s, backward", defect: sizeDefect
    ) { $0.backward.sizes.total },
    Definition(
      "forward_packet_size_mean", "fwdPacketSizeMean", in: .bytes,
      "Mean forward frame size; 0 without one.",
      formula: "Σ s / f, forward", defect: sizeDefect
    ) { $0.forward.sizes.mean },
    Definition(
      "backward_packet_size_mean", "bwdPacketSizeMean", in: .bytes,
      "Mean backward frame size; 0 without one.",
      formula: "Σ s / b, backward", defect: sizeDefect
    ) { $0.backward.sizes.mean },
    Definition(
      "forward_packet_size_standard_deviation", "fwdPacketSizeStd", in: .bytes,
      "Population deviation of forward frame sizes; 0 for fewer than two.",
      formula: "√(Σ (s − mean)² / f), forward", defect: sizeDefect
    ) { $0.forward.sizes.populationDeviation },
    Definition(
      "backward_packet_size_standard_deviation", "bwdPacketSizeStd", in: .bytes,
      "Population deviation of backward frame sizes; 0 for fewer than two.",
      formula: "√(Σ (s − mean)² / b), backward", defect: sizeDefect
    ) { $0.backward.sizes.populationDeviation },
    Definition(
      "forward_packet_size_minimum", "fwdPacketSizeMin", in: .bytes,
      "Smallest forward frame; 0 without one.",
      formula: "min s, forward", defect: sizeDefect
    ) { $0.forward.sizes.minimum },
    Definition(
      "backward_packet_size_minimum", "bwdPacketSizeMin", in: .bytes,
      "Smallest backward frame; 0 without one.",
      formula: "min s, backward", defect: sizeDefect
    ) { $0.backward.sizes.minimum },
    Definition(
      "forward_packet_size_maximum", "fwdPacketSizeMax", in: .bytes,
      "Largest forward frame; 0 without one.",
      formula: "max s, forward", defect: sizeDefect
    ) { $0.forward.sizes.maximum },
    Definition(
      "backward_packet_size_maximum", "bwdPacketSizeMax", in: .bytes,
      "Largest backward frame; 0 without one.",
      formula: "max s, backward", defect: sizeDefect
    ) { $0.backward.sizes.maximum },
  ]

  private static let gaps: [Definition] = [
    Definition(
      "flow_interarrival_time_mean", "IATMean", in: .microseconds,
      "Mean gap between consecutive packets of either direction; 0 for one packet.",
      formula: "Σ g / (n − 1)", defect: unionDefect
    ) { microseconds($0.gaps.mean) },
    Definition(
      "flow_interarrival_time_standard_deviation", "IATStd", in: .microseconds,
      "Population deviation of the same gaps; 0 for one packet.",
      formula: "√(Σ (g − mean)² / (n − 1))", defect: unionDefect
    ) { microseconds($0.gaps.populationDeviation) },
    Definition(
      "flow_interarrival_time_minimum", "IATMin", in: .microseconds,
      "Smallest of the same gaps; 0 for one packet.",
      formula: "min g", defect: unionDefect
    ) { microseconds($0.gaps.minimum) },
    Definition(
      "flow_interarrival_time_maximum", "IATMax", in: .microseconds,
      "Largest of the same gaps; 0 for one packet.",
      formula: "max g", defect: unionDefect
    ) { microseconds($0.gaps.maximum) },
    Definition(
      "forward_interarrival_time_total", "fwdIATTotal", in: .microseconds,
      "Sum of the gaps between consecutive forward packets; 0 for fewer than two.",
      formula: "Σ g, forward"
    ) { microseconds($0.forward.gaps.total) },
    Definition(
      "backward_interarrival_time_total", "bwdIATTotal", in: .microseconds,
      "Sum of the gaps between consecutive backward packets; 0 for fewer than two.",
      formula: "Σ g, backward"
    ) { microseconds($0.backward.gaps.total) },
    Definition(
      "forward_interarrival_time_mean", "fwdIATMean", in: .microseconds,
      "Mean forward gap; 0 for fewer than two packets.",
      formula: "Σ g / (f − 1), forward", defect: cutDefect
    ) { microseconds($0.forward.gaps.mean) },
    Definition(
      "backward_interarrival_time_mean", "bwdIATMean", in: .microseconds,
      "Mean backward gap; 0 for fewer than two packets.",
      formula: "Σ g / (b − 1), backward", defect: cutDefect
    ) { microseconds($0.backward.gaps.mean) },
    Definition(
      "forward_interarrival_time_standard_deviation", "fwdIATStd", in: .microseconds,
      "Population deviation of the forward gaps; 0 for fewer than two packets.",
      formula: "√(Σ (g − mean)² / (f − 1)), forward", defect: deviationDefect
    ) { microseconds($0.forward.gaps.populationDeviation) },
    Definition(
      "backward_interarrival_time_standard_deviation", "bwdIATStd", in: .microseconds,
      "Population deviation of the backward gaps; 0 for fewer than two packets.",
      formula: "√(Σ (g − mean)² / (b − 1)), backward", defect: deviationDefect
    ) { microseconds($0.backward.gaps.populationDeviation) },
    Definition(
      "forward_interarrival_time_minimum", "fwdIATMin", in: .microseconds,
      "Smallest forward gap; 0 for fewer than two packets.",
      formula: "min g, forward", defect: orderDefect
    ) { microseconds($0.forward.gaps.minimum) },
    Definition(
      "backward_interarrival_time_minimum", "bwdIATMin", in: .microseconds,
      "Smallest backward gap; 0 for fewer than two packets.",
      formula: "min g, backward", defect: orderDefect
    ) { microseconds($0.backward.gaps.minimum) },
    Definition(
      "forward_interarrival_time_maximum", "fwdIATMax", in: .microseconds,
      "Largest forward gap; 0 for fewer than two packets.",
      formula: "max g, forward"
    ) { microseconds($0.forward.gaps.maximum) },
    Definition(
      "backward_interarrival_time_maximum", "bwdIATMax", in: .microseconds,
      "Largest backward gap; 0 for fewer than two packets.",
      formula: "max g, backward"
    ) { microseconds($0.backward.gaps.maximum) },
  ]

  private static let rates: [Definition] = [
    Definition(
      "flow_packets_per_second", "flowLengthPerTime", in: .packetsPerSecond,
      "Packets by the duration of the flow; 0 at zero duration.",
      formula: "n / D", defect: rateDefect
    ) { perSecond(Double($0.sizes.count), $0) },
    Definition(
      "forward_packets_per_second", "fwdFlowLengthPerTime", in: .packetsPerSecond,
      "Forward packets by the duration of the whole flow; 0 at zero duration.",
      formula: "f / D", defect: rateDefect
    ) { perSecond(Double($0.forward.sizes.count), $0) },
    Definition(
      "backward_packets_per_second", "bwdFlowLengthPerTime", in: .packetsPerSecond,
      "Backward packets by the duration of the whole flow; 0 at zero duration.",
      formula: "b / D", defect: rateDefect
    ) { perSecond(Double($0.backward.sizes.count), $0) },
    Definition(
      "packet_size_per_second", "packetSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of all frames by the duration; 0 at zero duration.",
      formula: "Σ s / D", defect: rateDefect
    ) { perSecond($0.sizes.total, $0) },
    Definition(
      "forward_packet_size_per_second", "fwdPacketSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of forward frames by the duration of the whole flow; 0 at zero duration.",
      formula: "Σ s / D, forward", defect: rateDefect
    ) { perSecond($0.forward.sizes.total, $0) },
    Definition(
      "backward_packet_size_per_second", "bwdPacketSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of backward frames by the duration of the whole flow; 0 at zero duration.",
      formula: "Σ s / D, backward", defect: rateDefect
    ) { perSecond($0.backward.sizes.total, $0) },
  ]
}
