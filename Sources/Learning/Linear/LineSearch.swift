/// Finds the minimum of a convex function of one variable on 0...1, roughly.
///
/// A step of Newton's method that only has to gain something (Armijo) costs less than one near the
/// best length, but on heavy-tailed columns the fit then takes twice as many steps, and a step
/// costs far more than a look along it: the Hessian is as dear as hundreds of margins.
package enum LineSearch {
  /// The function with its derivative.
  package struct Sample {
    package let length: Double
    let value: Double
    let slope: Double

    package init(length: Double, value: Double, slope: Double) {
      self.length = length
      self.value = value
      self.slope = slope
    }
  }

  /// Where the derivative is this small beside that at 0, the minimum is near enough.
  private static let flatness = 0.25

  /// - Parameters:
  ///   - value: the function at 0.
  ///   - slope: its derivative there, or a bound of it, below 0.
  ///   - sample: the function at a length.
  /// - Returns: the sample to stop at; nil where none is lower than at 0.
  package static func minimum(
    value: Double, slope: Double, _ sample: (Double) -> Sample
  ) -> Sample? {
    guard slope < 0 else { return nil }
    let flat = -flatness * slope
    var low = Sample(length: 0, value: value, slope: slope)
    var high = sample(1)
    if gains(high, on: value, slope) && high.slope <= flat { return high }
    // `high` is beyond the minimum, `low` before it: close in from both sides.
    var share = share(low, high)
    for _ in 0..<60 {
      let next = sample(low.length + share * (high.length - low.length))
      let isBeyond = !(next.slope <= 0)
      if gains(next, on: value, slope) && abs(next.slope) <= flat { return next }
      if isBeyond {
        // One end that moves twice has to run: the minimum may be orders of magnitude nearer.
        share = share <= 0.5 ? 0.1 : 0.5
        high = next
      } else {
        share = self.share(next, high)
        low = next
      }
      // At a kink the derivative never becomes small.
      if low.length > 0 && high.length - low.length < 1e-2 * high.length { break }
    }
    return [low, high].filter { $0.length > 0 && gains($0, on: value, slope) }
      .min { $0.value < $1.value }
  }

  /// Armijo's rule.
  private static func gains(_ sample: Sample, on value: Double, _ slope: Double) -> Bool {
    sample.value <= value + 1e-4 * sample.length * slope
  }

  /// Where the line through two derivatives is 0, kept away from both ends.
  private static func share(_ low: Sample, _ high: Sample) -> Double {
    let share = low.slope / (low.slope - high.slope)
    return share.isFinite ? min(max(share, 0.1), 0.9) : 0.1
  }
}
