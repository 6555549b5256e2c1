import FeatureTables

/// Family gap: the time between consecutive packets of each direction.
struct FlowMeter2Gaps: FlowMeter2Family {
  struct Direction: Sendable, BitwiseCopyable {
    /// Of gaps below 2^27 microseconds.
    fileprivate(set) var squares: UInt128 = 0
    fileprivate(set) var sum: UInt64 = 0
    fileprivate var lowest = UInt32.max
    fileprivate(set) var highest: UInt32 = 0

    /// 0 where there is no gap.
    var minimum: UInt32 { min(lowest, highest) }
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard let gap = place.gap else { return }
    var direction = directions[place.direction]
    direction.squares &+= UInt128(UInt64(gap) &* UInt64(gap))
    direction.sum &+= UInt64(gap)
    direction.lowest = min(direction.lowest, gap)
    direction.highest = max(direction.highest, gap)
    directions[place.direction] = direction
  }
}

extension FlowMeter2Accumulators {
  /// Gaps between consecutive packets of a direction.
  func gapCount(_ direction: Int) -> UInt32 { max(base.directions[direction].packets, 1) - 1 }

  /// In microseconds; 0 without a gap.
  func gapMean(_ direction: Int) -> Double {
    FlowMeter2Features.share(gaps.directions[direction].sum, of: UInt64(gapCount(direction)))
  }

  /// In microseconds; 0 without a gap.
  func gapDeviation(_ direction: Int) -> Double {
    FlowMeter2Features.deviation(
      count: gapCount(direction), sum: gaps.directions[direction].sum,
      squares: gaps.directions[direction].squares)
  }
}

extension FlowMeter2Features {
  static let gaps: [Definition] = joined(
    eachWay(
      "gap_mean", in: .microseconds,
      "Mean gap between consecutive {way} packets, each 120 s at most; 0 for fewer than two.",
      formula: "Σ min(gap, 120 s) / ({count} − 1), {way}"
    ) { $0.gapMean($1) },
    eachWay(
      "gap_standard_deviation", in: .microseconds, "Population deviation of {way} gaps.",
      formula: "√(Σ (gap − mean)² / ({count} − 1)), {way}"
    ) { $0.gapDeviation($1) },
    eachWay("gap_minimum", in: .microseconds, "Shortest {way} gap.", formula: "min gap, {way}") {
      Double($0.gaps.directions[$1].minimum)
    },
    eachWay("gap_maximum", in: .microseconds, "Longest {way} gap.", formula: "max gap, {way}") {
      Double($0.gaps.directions[$1].highest)
    })
}
