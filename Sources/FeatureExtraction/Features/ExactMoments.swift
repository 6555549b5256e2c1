/// Count, sum, sum of squares and extrema of whole numbers, all exact.
///
/// The sum must stay below 2^64 and the sum of squares below 2^128: both hold for lengths of up to
/// 2^32 packets, and for gaps, whose sum is a difference of two times.
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
    let square = value.multipliedFullWidth(by: value)
    squares &+= UInt128(truncatingIfNeeded: square.high) << 64 | UInt128(square.low)
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
  var populationDeviation: Double { populationVariance.squareRoot() }

  /// The mean squared distance from the mean, rounded once; 0 for fewer than two values.
  ///
  /// With q the mean rounded down and r the remainder of the division,
  /// n² variance = n Σ(x − q)² − r² and Σ(x − q)² = Σx² − q (Σx + r), all in whole numbers.
  var populationVariance: Double {
    guard count > 1 else { return 0 }
    let n = UInt128(count)
    let (quotient, remainder) = UInt128(sum).quotientAndRemainder(dividingBy: n)
    let central = squares &- quotient &* (UInt128(sum) &+ remainder)
    let (scaled, isTooLarge) = central.multipliedReportingOverflow(by: n)
    // Where the product needs more than 128 bits, r² is far below the last digit of a Double.
    let numerator =
      isTooLarge ? Double(central) * Double(count) : Double(scaled &- remainder &* remainder)
    return numerator / (Double(count) * Double(count))
  }
}
