/// What all CIC sets sum up, for the features that they have in common.
protocol CICSums: FlowAccumulators {
  var forward: CICDirection { get }
  var backward: CICDirection { get }
  /// Microseconds between consecutive packets of a direction.
  var forwardGaps: Sample { get }
  var backwardGaps: Sample { get }
  var activity: ActivityPeriods { get }

  /// Microseconds between consecutive packets of either direction.
  /// - Parameters:
  ///   - packets: how many the flow has.
  ///   - time: nanoseconds from its first to its last.
  func gaps(packets: UInt32, over time: Int64) -> Sample
}

extension MeasuredFlow where Accumulators: CICSums {
  /// Microseconds from the first packet to the last; negative where the capture runs back.
  var duration: Double { Double(microseconds(last &- start)) }

  var gaps: Sample { accumulators.gaps(packets: packetCount, over: last &- start) }

  /// Bytes of payload of all packets.
  var lengths: Sample { accumulators.forward.lengths + accumulators.backward.lengths }

  func sums(_ side: Side) -> CICDirection {
    side == .forward ? accumulators.forward : accumulators.backward
  }

  func gaps(_ side: Side) -> Sample {
    side == .forward ? accumulators.forwardGaps : accumulators.backwardGaps
  }

  /// An amount by the duration in seconds; 0 where that is not above 0.
  func perSecond(_ amount: Double) -> Double {
    duration > 0 ? amount / (duration / 1_000_000) : 0
  }
}

/// One of the two directions of a flow, and how features name it.
enum Side: String, Sendable {
  case forward, backward

  var index: Int { self == .forward ? 0 : 1 }
  /// How CICFlowMeter calls it.
  var published: String { self == .forward ? "Fwd" : "Bwd" }
  /// The letter of its count in formulas.
  var letter: String { self == .forward ? "f" : "b" }
}
