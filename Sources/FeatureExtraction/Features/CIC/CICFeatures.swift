import FeatureTables

/// The set `cic`: the 81 features of the corrected CICFlowMeter, without its faults of decoding.
package enum CICFeatures: FlowFeatureSet {
  package typealias Assembly = CICAssembly<CICDialect2024>
  package typealias Accumulators = CICAccumulators

  package static let identifier = "cic"
  package static let version = 1
  package static let summary = """
    The features of the corrected CICFlowMeter (state of 2024), without its faults of decoding. \
    Lengths are transport payload by the length field of IP, deviations those of a sample, times \
    whole microseconds in the order of the capture. A flow is cut 120 s after its first packet; \
    the next piece of a TCP connection keeps its direction, and so does that of UDP if no gap was \
    longer than that. A connection is closed by RST, or by FIN from both sides and an ACK; a SYN \
    then begins a new flow, late packets stay. No value is NaN or infinite.
    """
  package static let rules = FlowRules(
    idleTimeout: FlowRules.never, ageLimit: 120 * Timestamp.nanosecondsPerSecond)

  @inline(__always)
  package static func admit(
    _ packet: inout PacketHeader, options: borrowing ExtractionOptions
  ) -> Bool {
    packet.floorTime()
    return true
  }

  package static let definitions: [FeatureDefinition<Measured>] =
    CICDefinitions<Assembly, Accumulators>.all()
}

extension CICDefinitions where Accumulators == CICAccumulators {
  /// The 81 columns of the corrected release, in its order.
  static func all<Dialect>() -> [Definition] where Assembly == CICAssembly<Dialect> {
    let own =
      directionFlags + flags + bulk(.forward) + bulk(.backward) + subflows + windows
      + [dataPacketCount(.forward)] + connection()
    return ordered(common + own, by: CICColumns.corrected)
  }
}

/// The set `cic+extensions`: `cic`, and two columns that the fork of 2024 added and that are off by
/// default.
///
/// The fork has three more, counts of retransmissions. They need every segment of a connection to
/// be remembered, and a flow has constant state here: no bounded memory gives the same numbers, so
/// they are left out rather than approximated under their name.
package enum CICExtendedFeatures: FlowFeatureSet {
  package typealias Assembly = CICFeatures.Assembly
  package typealias Accumulators = CICFeatures.Accumulators

  package static let identifier = "cic+extensions"
  package static let version = 1
  package static let summary = """
    The set `cic` and two columns that the corrected CICFlowMeter has since 2024. Its three counts \
    of retransmissions are left out: they need unbounded memory for each connection.
    """
  package static let rules = CICFeatures.rules

  @inline(__always)
  package static func admit(
    _ packet: inout PacketHeader, options: borrowing ExtractionOptions
  ) -> Bool { CICFeatures.admit(&packet, options: options) }

  package static let definitions: [FeatureDefinition<Measured>] =
    CICFeatures.definitions + [
      CICDefinitions<Assembly, Accumulators>.dataPacketCount(.backward),
      FeatureDefinition(
        "backward_segment_size_minimum", "Bwd Seg Size Min", in: .bytes,
        "Smallest transport header of a backward packet; 0 without one.",
        formula: "min h, backward",
        defect: "Mended: 0 unless the first packet goes backward."
      ) { $0.sums(.backward).headerMinimum },
    ]
}
