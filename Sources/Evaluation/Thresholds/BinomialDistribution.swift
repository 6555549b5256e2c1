import Foundation

/// The number of hits in independent trials.
package enum BinomialDistribution {
  /// The probability of at least `hits` hits in `trials` trials of probability `rate` each.
  package static func probability(atLeast hits: Int, of trials: Int, rate: Double) -> Double {
    if hits <= 0 { return 1 }
    if hits > trials || rate <= 0 { return 0 }
    if rate >= 1 { return 1 }
    return incompleteBeta(Double(hits), Double(trials - hits + 1), at: rate)
  }

  /// The probability of at most `hits` hits.
  package static func probability(atMost hits: Int, of trials: Int, rate: Double) -> Double {
    if hits < 0 { return 0 }
    if hits >= trials || rate <= 0 { return 1 }
    if rate >= 1 { return 0 }
    return incompleteBeta(Double(trials - hits), Double(hits + 1), at: 1 - rate)
  }

  /// The exact interval of Clopper and Pearson (1934) for the rate behind `hits` of `trials`.
  /// - Parameters:
  ///   - trials: at least 1.
  ///   - confidence: above 0 and below 1.
  package static func interval(
    _ hits: Int, of trials: Int, confidence: Double = 0.95
  ) -> ClosedRange<Double> {
    precondition(trials >= 1 && (0...trials).contains(hits))
    let tail = (1 - confidence) / 2
    let low =
      hits == 0
      ? 0 : crossing { probability(atLeast: hits, of: trials, rate: $0) < tail }
    let high =
      hits == trials
      ? 1 : crossing { probability(atMost: hits, of: trials, rate: $0) > tail }
    return low...max(low, high)
  }

  /// Where `isBelow` turns from true to false between 0 and 1.
  private static func crossing(_ isBelow: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if isBelow(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The regularized incomplete beta function by its continued fraction (DLMF 8.17.22).
  private static func incompleteBeta(_ a: Double, _ b: Double, at x: Double) -> Double {
    // The fraction converges fast on this side only.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(b, a, at: 1 - x) }
    let logFactor = lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x) - log(a)
    // Lentz's method: the fraction is a product of ratios.
    let tiny = 1e-300
    var (ratio, inverse, fraction) = (1.0, 0.0, 1.0)
    for step in 0..<100_000 {
      let term = coefficient(step, a, b, x)
      inverse = 1 / nonzero(1 + term * inverse, tiny)
      ratio = nonzero(1 + term / ratio, tiny)
      fraction *= ratio * inverse
      if step > 0, abs(ratio * inverse - 1) < 1e-15 { break }
    }
    return exp(logFactor) / fraction
  }

  /// The numerator of a step of the fraction 1 + d1 / (1 + d2 / (1 + …)).
  private static func coefficient(_ step: Int, _ a: Double, _ b: Double, _ x: Double) -> Double {
    let half = Double((step + 1) / 2)
    return step % 2 == 1
      ? half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
      : -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
  }

  private static func nonzero(_ value: Double, _ substitute: Double) -> Double {
    abs(value) < substitute ? substitute : value
  }
}
