/// What whole numbers come to: count, sum, sum of squares and extrema, all exact.
struct Sample: Sendable {
  let count: UInt64
  let sum: Int64
  /// Modulo 2^128.
  let squares: UInt128
  /// Of no meaning where `count` is 0.
  let lowest, highest: Int64

  var total: Double { Double(sum) }
  /// 0 where there is no value.
  var minimum: Double { count == 0 ? 0 : Double(lowest) }
  /// 0 where there is no value.
  var maximum: Double { count == 0 ? 0 : Double(highest) }
  /// 0 where there is no value.
  var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// Squared distances from the mean, divided by one less than their count; 0 for fewer than two
  /// values.
  var variance: Double {
    count < 2
      ? 0
      : Sample.scaledVariance(count: count, sum: sum, squares: squares)
        / (Double(count) * Double(count - 1))
  }

  /// The square root of the variance: what the CIC sets call Std.
  var deviation: Double { variance.squareRoot() }

  /// With one value more.
  func adding(_ value: Int64) -> Sample {
    Sample(
      count: count + 1, sum: sum &+ value,
      squares: squares &+ UInt128(square: value.magnitude),
      lowest: count == 0 ? value : min(lowest, value),
      highest: count == 0 ? value : max(highest, value))
  }

  /// n² times the mean squared distance of n > 0 whole numbers from their mean, rounded once.
  ///
  /// With q the mean rounded down and r the remainder of the division, it is n Σ(x − q)² − r², and
  /// Σ(x − q)² = Σx² − q (Σx + r), all in whole numbers.
  static func scaledVariance(count: UInt64, sum: Int64, squares: UInt128) -> Double {
    var (quotient, remainder) = sum.quotientAndRemainder(dividingBy: Int64(clamping: count))
    if remainder < 0 {
      quotient -= 1
      remainder += Int64(clamping: count)
    }
    // The sum of squares is known modulo 2^128, and so is the difference.
    let product = Int128(quotient) &* (Int128(sum) + Int128(remainder))
    let central = squares &- UInt128(truncatingIfNeeded: product)
    let (scaled, isTooLarge) = central.multipliedReportingOverflow(by: UInt128(count))
    // Where the product needs more than 128 bits, r² is far below the last digit of a Double.
    return isTooLarge
      ? central.rounded * Double(count)
      : (scaled &- UInt128(square: UInt64(remainder))).rounded
  }
}

extension UInt128 {
  /// The square of a number, exact.
  @inline(__always)
  init(square value: UInt64) {
    let square = value.multipliedFullWidth(by: value)
    self = UInt128(truncatingIfNeeded: square.high) &<< 64 | UInt128(truncatingIfNeeded: square.low)
  }

  /// The nearest number of 64 bits with a point, ties to even. The library's conversion is generic,
  /// and takes as long as all the rest of a deviation.
  @inline(__always)
  package var rounded: Double {
    let high = UInt64(truncatingIfNeeded: self >> 64)
    let low = UInt64(truncatingIfNeeded: self)
    guard high != 0 else { return Double(low) }
    // The first 64 bits that count; a 1 among those behind them is kept as the last bit, far
    // below the digits of the result.
    let shift = UInt64(64 - high.leadingZeroBitCount)
    let leading = UInt64(truncatingIfNeeded: self >> UInt128(shift))
    let isInexact = low & ((1 &<< shift) &- 1) != 0 || (shift == 64 && low != 0)
    return Double(leading | (isInexact ? 1 : 0))
      * Double(sign: .plus, exponent: Int(shift), significand: 1)
  }
}
