import FeatureTables

/// The set `cic2017-compat`: what made the published rows of CIC-IDS2017, bug for bug. For models
/// that are trained on those tables.
///
/// Two things of the original are not repeated. Values of 10⁷ and more are not cut to three digits
/// (a spreadsheet did that; `--round-large` does). And frames that are not IPv4, which it read as if
/// an IPv4 header stood at their first byte, are no packets here.
package enum CIC2017Features: FlowFeatureSet {
  package typealias Assembly = CIC2017Assembly
  package typealias Accumulators = CIC2017Accumulators

  package static let identifier = "cic2017-compat"
  package static let version = 1
  package static let summary = """
    What made the published rows of CIC-IDS2017 (CICFlowMeter of February 2018), bug for bug. IPv4 \
    on Ethernet only; all but TCP and UDP is one flow of protocol 0 for each pair of addresses. \
    Payload is what was captured behind the transport header, padding of Ethernet included \
    (`--padding strip` leaves out that of untagged frames, as later builds of the same program \
    do). A flow ends with the first FIN and 120 s after its first packet; the first packet after \
    such a cut counts as forward. Flows of one packet give no row. Rates can be infinite or NaN.
    """
  package static let rules = FlowRules(
    idleTimeout: FlowRules.never, ageLimit: 120 * Timestamp.nanosecondsPerSecond)
  package static let minimumPackets = 2

  @inline(__always)
  package static func admit(
    _ packet: inout PacketHeader, options: borrowing ExtractionOptions
  ) -> Bool {
    guard packet.traits.contains(.isEthernet), packet.key.isVersion4 else { return false }
    packet.floorTime()
    if packet.hasTransportHeader {
      packet.payloadLength =
        options.stripsPadding ? packet.unpaddedPayload : packet.capturedPayload
    } else {
      packet.forgetTransport()
    }
    packet.separateDirections()
    return true
  }

  private typealias Definitions = CICDefinitions<Assembly, Accumulators>

  package static let definitions: [FeatureDefinition<Measured>] = {
    let own =
      directionFlags + flags + rates + packetLengths + ratios + bulks + subflows + windows
    let ordered = Definitions.ordered(
      Definitions.common.map { $0.published(as: $0.publishedName, defect: kept($0)) } + own,
      by: CICColumns.original.map(\.name))
    return zip(ordered, CICColumns.original).map { $0.published(as: $1.published) }
  }()

  /// What the shared definitions say of defects is true of `cic`.
  private static func kept(_ definition: FeatureDefinition<Measured>) -> String {
    let name = definition.feature.name
    if name.contains("packet_length") {
      return "Kept: captured bytes with the padding of Ethernet, so that an empty segment has 6."
    }
    if name.contains("active_time") || name.contains("idle_time") {
      return "Kept: the last active period is never counted; a FIN does not move the clock."
    }
    if name.hasSuffix("segment_size_mean") { return definition.defect }
    if name == "forward_segment_size_minimum" { return definition.defect }
    return ""
  }
}
