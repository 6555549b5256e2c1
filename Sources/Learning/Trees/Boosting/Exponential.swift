/// e to the power of `x`, from additions and multiplications alone: the C library may answer
/// differently in the last bit on another processor, and so would every model after it.
///
/// Within 1.5 units in the last place on -700...700, and taken at that range's end beyond it.
/// Range reduction by ln 2 in two parts (Cody and Waite, 1980), then the Taylor series to x^13.
///
/// Without a branch or a conversion, so that a loop over it becomes one over vectors.
@inline(__always)
package func exponential(_ x: Double) -> Double {
  let fromBelow = x < -700 ? -700 : x
  let bounded = fromBelow > 700 ? 700 : fromBelow
  // Adding and taking away 1.5 x 2^52 rounds to the nearest integer.
  let shifted = bounded * 1.442_695_040_888_963_4 + 0x1.8p52
  let multiple = shifted - 0x1.8p52
  let rest = (bounded - multiple * 0x1.62e42feep-1) - multiple * 0x1.a39ef35793c76p-33
  var series = 1.605_904_383_682_161_3e-10
  series = series * rest + 2.087_675_698_786_81e-09
  series = series * rest + 2.505_210_838_544_172e-08
  series = series * rest + 2.755_731_922_398_589e-07
  series = series * rest + 2.755_731_922_398_589e-06
  series = series * rest + 2.480_158_730_158_73e-05
  series = series * rest + 1.984_126_984_126_984e-04
  series = series * rest + 1.388_888_888_888_889e-03
  series = series * rest + 8.333_333_333_333_333e-03
  series = series * rest + 4.166_666_666_666_666_4e-02
  series = series * rest + 1.666_666_666_666_666_6e-01
  series = series * rest + 0.5
  let fraction = 1 + (rest + rest * rest * series)
  // The last bits of the shifted number are the multiple as an integer.
  let exponent = shifted.bitPattern &+ 1_023
  return fraction * Double(bitPattern: exponent &<< 52)
}

/// The natural logarithm of a positive, normal number, by the series of the inverse hyperbolic
/// tangent; like `exponential`, the same on every processor.
package func naturalLogarithm(_ x: Double) -> Double {
  precondition(x.isNormal && x > 0)
  var (exponent, significand) = (Double(x.exponent), x.significand)
  if significand > 1.414_213_562_373_095_1 {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  // Terms below 2^-60 of the first: the ratio is at most 0.172.
  var series = 0.0
  for power in stride(from: 25.0, through: 1, by: -2) { series = series * square + 1 / power }
  return exponent * 0.693_147_180_559_945_3 + 2 * ratio * series
}
