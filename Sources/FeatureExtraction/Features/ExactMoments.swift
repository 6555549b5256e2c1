/// Count, sum, sum of squares and extrema of whole numbers from 0 on, all exact.
///
/// The sum must stay below 2^63 and the sum of squares below 2^128: both hold for lengths of up to
/// 2^31 packets, and for gaps, whose sum is a difference of two times.
struct ExactMoments: Sendable, BitwiseCopyable {
  private(set) var count: UInt64 = 0
  private(set) var sum: UInt64 = 0
  private var squares: UInt128 = 0
  private var lowest = UInt64.max
  private var highest: UInt64 = 0

  @inline(__always)
  mutating func add(_ value: UInt64) {
    count &+= 1
    sum &+= value
    squares &+= UInt128(square: value)
    lowest = min(lowest, value)
    highest = max(highest, value)
  }

  /// The moments of the values of both.
  static func + (left: ExactMoments, right: ExactMoments) -> ExactMoments {
    var both = left
    both.count &+= right.count
    both.sum &+= right.sum
    both.squares &+= right.squares
    both.lowest = min(left.lowest, right.lowest)
    both.highest = max(left.highest, right.highest)
    return both
  }

  /// The smallest value; 0 where there is none.
  var minimum: Double { count == 0 ? 0 : Double(lowest) }
  /// The largest value; 0 where there is none.
  var maximum: Double { Double(highest) }
  var total: Double { Double(sum) }
  /// 0 where there is no value.
  var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// The square root of the mean squared distance from the mean; 0 for fewer than two values.
  var populationDeviation: Double {
    guard count > 1 else { return 0 }
    let scaled = Sample.scaledVariance(
      count: count, sum: Int64(bitPattern: sum), squares: squares)
    return (scaled / (Double(count) * Double(count))).squareRoot()
  }
}
