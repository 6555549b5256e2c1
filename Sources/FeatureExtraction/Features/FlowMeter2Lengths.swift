import FeatureTables

/// Family length: how long the packets of each direction are.
struct FlowMeter2Lengths: FlowMeter2Family {
  struct Direction: Sendable, BitwiseCopyable {
    /// Of 2^32 lengths below 2^16: fits.
    fileprivate(set) var squares: UInt64 = 0
    fileprivate var lowest = UInt16.max
    fileprivate(set) var highest: UInt16 = 0

    /// 0 where there is no packet.
    var minimum: UInt16 { min(lowest, highest) }
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    var direction = directions[place.direction]
    let length = UInt64(place.length)
    direction.squares &+= length &* length
    direction.lowest = min(direction.lowest, place.length)
    direction.highest = max(direction.highest, place.length)
    directions[place.direction] = direction
  }
}

extension FlowMeter2Features {
  static let lengths: [Definition] = joined(
    eachWay(
      "length_mean", in: .bytes, "Mean length of {way} IP packets; 0 without one.",
      formula: "Σ L, {way} / {count}"
    ) {
      share($0.base.directions[$1].bytes, of: UInt64($0.base.directions[$1].packets))
    },
    eachWay(
      "length_standard_deviation", in: .bytes, "Population deviation of {way} lengths.",
      formula: "√(Σ (L − mean)² / {count}), {way}"
    ) {
      deviation(
        count: $0.base.directions[$1].packets, sum: $0.base.directions[$1].bytes,
        squares: UInt128($0.lengths.directions[$1].squares))
    },
    eachWay(
      "length_minimum", in: .bytes, "Length of the shortest {way} packet; 0 without one.",
      formula: "min L, {way}"
    ) {
      Double($0.lengths.directions[$1].minimum)
    },
    eachWay(
      "length_maximum", in: .bytes, "Length of the longest {way} packet; 0 without one.",
      formula: "max L, {way}"
    ) {
      Double($0.lengths.directions[$1].highest)
    })
}
