/// Numbers as integers, in units of a power of two, so that their sums are exact and do not depend
/// on the order of adding. A power of two keeps whole numbers whole.
enum FixedPoint {
  /// The greatest power of two that keeps `bound` times it at or below 2^`bits`.
  static func factor(for bound: Double, bits: Int) -> Double {
    guard bound > 0 else { return 1 }
    // bound < 2^(exponent + 1); exactly 2^exponent for a power of two.
    let exponent = Int(bound.exponent) + (bound.significand == 1 ? 0 : 1)
    return Double(sign: .plus, exponent: min(1_000, max(-1_000, bits - exponent)), significand: 1)
  }

  /// To the nearest integer, halves away from zero.
  @inline(__always)
  static func round(_ value: Double) -> Int64 {
    Int64(value + Double(signOf: value, magnitudeOf: 0.5))
  }
}
