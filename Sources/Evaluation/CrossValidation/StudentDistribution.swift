import Foundation

/// Student's t distribution with a whole number of degrees of freedom.
package enum StudentDistribution {
  /// The t that a deviate exceeds in size with probability `1 - confidence`.
  /// - Parameters:
  ///   - confidence: above 0 and below 1.
  ///   - degrees: at least 1.
  package static func quantile(twoSided confidence: Double, degrees: Int) -> Double {
    precondition(confidence > 0 && confidence < 1 && degrees >= 1)
    // In the angle atan(t / √degrees) the range is bounded; halving it 80 times leaves no bit open.
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if probability(within: middle, degrees: degrees) < confidence {
        low = middle
      } else {
        high = middle
      }
    }
    return tan(low) * Double(degrees).squareRoot()
  }

  /// The probability of a t between -√degrees·tan(angle) and its opposite, by the finite series of
  /// Abramowitz and Stegun 26.7.3 and 26.7.4.
  private static func probability(within angle: Double, degrees: Int) -> Double {
    let (sine, cosine) = (sin(angle), cos(angle))
    let isOdd = degrees % 2 == 1
    if degrees == 1 { return 2 * angle / .pi }
    var term = isOdd ? cosine : 1
    var sum = term
    for step in stride(from: isOdd ? 3 : 2, to: degrees, by: 2) {
      term *= Double(step - 1) / Double(step) * cosine * cosine
      sum += term
    }
    return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
  }
}
