import FeatureTables

/// Family gap regularity: whether forward packets come at a beat.
struct FlowMeter2GapRegularity: FlowMeter2Family {
  /// Sum of products of consecutive gaps.
  private var products: UInt128 = 0
  private var first: UInt32 = 0
  private var last: UInt32 = 0
  private var count: UInt32 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.direction == 0, let gap = place.directionGap else { return }
    if count == 0 {
      first = gap
    } else {
      products &+= UInt128(UInt64(last) &* UInt64(gap))
    }
    last = gap
    count &+= 1
  }

  /// Pearson's correlation of each gap with the next, −1 to 1; 0 for fewer than three gaps, and
  /// where either side of the pairs has no spread. The sums are exact: a pair of sides lacks the
  /// last gap and the first.
  func autocorrelation(_ gaps: FlowMeter2Gaps.Direction) -> Double {
    guard count >= 3 else { return 0 }
    let pairs = Int128(count - 1)
    let (leftSum, rightSum) = (Int128(gaps.sum) - Int128(last), Int128(gaps.sum) - Int128(first))
    let squares = Int128(truncatingIfNeeded: gaps.squares)
    let left = pairs * (squares - square(last)) - leftSum * leftSum
    let right = pairs * (squares - square(first)) - rightSum * rightSum
    guard left > 0, right > 0 else { return 0 }
    let both = pairs * Int128(truncatingIfNeeded: products) - leftSum * rightSum
    let correlation = Double(both) / (Double(left).squareRoot() * Double(right).squareRoot())
    return min(max(correlation, -1), 1)
  }

  private func square(_ gap: UInt32) -> Int128 { Int128(UInt64(gap) * UInt64(gap)) }
}

extension FlowMeter2Features {
  static let gapRegularity: [Definition] = [
    define(
      "forward_gap_variation", in: .ratio,
      "Deviation of the forward gaps by their mean, at most 100; 0 where the mean is 0."
    ) { flow in
      let mean = flow.gapMean(0)
      return mean == 0 ? 0 : min(flow.gapDeviation(0) / mean, 100)
    },
    define(
      "forward_gap_autocorrelation", in: .ratio,
      "Correlation of each forward gap with the next; 0 for fewer than three or without spread."
    ) { $0.gapRegularity.autocorrelation($0.gaps.directions[0]) },
  ]
}
