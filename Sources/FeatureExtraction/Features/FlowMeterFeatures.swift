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

  package static let definitions: [FeatureDefinition<FlowMeterAccumulators>] =
    counts + sizes + gaps + rates

  private typealias Definition = FeatureDefinition<FlowMeterAccumulators>

  private static func microseconds(_ nanoseconds: Double) -> Double { nanoseconds / 1_000 }

  private static func perSecond(
    _ amount: Double, _ flow: borrowing FlowMeterAccumulators
  ) -> Double {
    flow.gaps.sum == 0 ? 0 : amount / (flow.gaps.total / 1_000_000_000)
  }
  private static let counts: [Definition] = [
    Definition(
      "flow_duration", "flowDuration", in: .microseconds,
      "Time of the last packet minus that of the first."
    ) { microseconds($0.gaps.total) },
    Definition(
      "packet_count", "flowLength", in: .packets,
      "Packets in both directions."
    ) { Double($0.sizes.count) },
    Definition(
      "forward_packet_count", "fwdFlowLength", in: .packets,
      "Packets of the side that opened the flow."
    ) { Double($0.forward.sizes.count) },
    Definition(
      "backward_packet_count", "bwdFlowLength", in: .packets,
      "Packets of the other side."
    ) { Double($0.backward.sizes.count) },
  ]

  private static let sizes: [Definition] = [
    Definition(
      "packet_size_total", "packetSizeTotal", in: .bytes,
      "Bytes of all frames."
    ) { $0.sizes.total },
    Definition(
      "packet_size_mean", "packetSizeMean", in: .bytes,
      "Mean frame size."
    ) { $0.sizes.mean },
    Definition(
      "packet_size_standard_deviation", "packetSizeStd", in: .bytes,
      "Population deviation of the frame sizes."
    ) { $0.sizes.populationDeviation },
    Definition(
      "packet_size_minimum", "packetSizeMin", in: .bytes,
      "Smallest frame."
    ) { $0.sizes.minimum },
    Definition(
      "packet_size_maximum", "packetSizeMax", in: .bytes,
      "Largest frame."
    ) { $0.sizes.maximum },
    Definition(
      "forward_packet_size_total", "fwdPacketSizeTotal", in: .bytes,
      "Bytes of forward frames."
    ) { $0.forward.sizes.total },
    Definition(
      "backward_packet_size_total", "bwdPacketSizeTotal", in: .bytes,
      "Bytes of backward frames."
    ) { $0.backward.sizes.total },
    Definition(
      "forward_packet_size_mean", "fwdPacketSizeMean", in: .bytes,
      "Mean forward frame size; 0 without one."
    ) { $0.forward.sizes.mean },
    Definition(
      "backward_packet_size_mean", "bwdPacketSizeMean", in: .bytes,
      "Mean backward frame size; 0 without one."
    ) { $0.backward.sizes.mean },
    Definition(
      "forward_packet_size_standard_deviation", "fwdPacketSizeStd", in: .bytes,
      "Population deviation of forward frame sizes."
    ) { $0.forward.sizes.populationDeviation },
    Definition(
      "backward_packet_size_standard_deviation", "bwdPacketSizeStd", in: .bytes,
      "Population deviation of backward frame sizes."
    ) { $0.backward.sizes.populationDeviation },
    Definition(
      "forward_packet_size_minimum", "fwdPacketSizeMin", in: .bytes,
      "Smallest forward frame; 0 without one."
    ) { $0.forward.sizes.minimum },
    Definition(
      "backward_packet_size_minimum", "bwdPacketSizeMin", in: .bytes,
      "Smallest backward frame; 0 without one."
    ) { $0.backward.sizes.minimum },
    Definition(
      "forward_packet_size_maximum", "fwdPacketSizeMax", in: .bytes,
      "Largest forward frame; 0 without one."
    ) { $0.forward.sizes.maximum },
    Definition(
      "backward_packet_size_maximum", "bwdPacketSizeMax", in: .bytes,
      "Largest backward frame; 0 without one."
    ) { $0.backward.sizes.maximum },
  ]

  private static let gaps: [Definition] = [
    Definition(
      "flow_interarrival_time_mean", "IATMean", in: .microseconds,
      "Mean gap between consecutive packets of either direction; 0 for one packet."
    ) { microseconds($0.gaps.mean) },
    Definition(
      "flow_interarrival_time_standard_deviation", "IATStd", in: .microseconds,
      "Population deviation of the same gaps."
    ) { microseconds($0.gaps.populationDeviation) },
    Definition(
      "flow_interarrival_time_minimum", "IATMin", in: .microseconds,
      "Smallest of the same gaps."
    ) { microseconds($0.gaps.minimum) },
    Definition(
      "flow_interarrival_time_maximum", "IATMax", in: .microseconds,
      "Largest of the same gaps."
    ) { microseconds($0.gaps.maximum) },
    Definition(
      "forward_interarrival_time_total", "fwdIATTotal", in: .microseconds,
      "Sum of the gaps between consecutive forward packets; 0 for fewer than two."
    ) { microseconds($0.forward.gaps.total) },
    Definition(
      "backward_interarrival_time_total", "bwdIATTotal", in: .microseconds,
      "Sum of the gaps between consecutive backward packets; 0 for fewer than two."
    ) { microseconds($0.backward.gaps.total) },
    Definition(
      "forward_interarrival_time_mean", "fwdIATMean", in: .microseconds,
      "Mean forward gap."
    ) { microseconds($0.forward.gaps.mean) },
    Definition(
      "backward_interarrival_time_mean", "bwdIATMean", in: .microseconds,
      "Mean backward gap."
    ) { microseconds($0.backward.gaps.mean) },
    Definition(
      "forward_interarrival_time_standard_deviation", "fwdIATStd", in: .microseconds,
      "Population deviation of the forward gaps."
    ) { microseconds($0.forward.gaps.populationDeviation) },
    Definition(
      "backward_interarrival_time_standard_deviation", "bwdIATStd", in: .microseconds,
      "Population deviation of the backward gaps."
    ) { microseconds($0.backward.gaps.populationDeviation) },
    Definition(
      "forward_interarrival_time_minimum", "fwdIATMin", in: .microseconds,
      "Smallest forward gap."
    ) { microseconds($0.forward.gaps.minimum) },
    Definition(
      "backward_interarrival_time_minimum", "bwdIATMin", in: .microseconds,
      "Smallest backward gap."
    ) { microseconds($0.backward.gaps.minimum) },
    Definition(
      "forward_interarrival_time_maximum", "fwdIATMax", in: .microseconds,
      "Largest forward gap."
    ) { microseconds($0.forward.gaps.maximum) },
    Definition(
      "backward_interarrival_time_maximum", "bwdIATMax", in: .microseconds,
      "Largest backward gap."
    ) { microseconds($0.backward.gaps.maximum) },
  ]

  private static let rates: [Definition] = [
    Definition(
      "flow_packets_per_second", "flowLengthPerTime", in: .packetsPerSecond,
      "Packets by the duration of the flow; 0 at zero duration."
    ) { perSecond(Double($0.sizes.count), $0) },
    Definition(
      "forward_packets_per_second", "fwdFlowLengthPerTime", in: .packetsPerSecond,
      "Forward packets by the duration of the whole flow."
    ) { perSecond(Double($0.forward.sizes.count), $0) },
    Definition(
      "backward_packets_per_second", "bwdFlowLengthPerTime", in: .packetsPerSecond,
      "Backward packets by the duration of the whole flow."
    ) { perSecond(Double($0.backward.sizes.count), $0) },
    Definition(
      "packet_size_per_second", "packetSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of all frames by the duration; 0 at zero duration."
    ) { perSecond($0.sizes.total, $0) },
    Definition(
      "forward_packet_size_per_second", "fwdPacketSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of forward frames by the duration of the whole flow."
    ) { perSecond($0.forward.sizes.total, $0) },
    Definition(
      "backward_packet_size_per_second", "bwdPacketSizeTotalPerTime", in: .bytesPerSecond,
      "Bytes of backward frames by the duration of the whole flow."
    ) { perSecond($0.backward.sizes.total, $0) },
  ]
}
