import Foundation

/// The rule of Gauss and Legendre on the interval from 0 to 1: with n points it integrates every
/// polynomial of a degree below 2n exactly.
struct GaussLegendre: Sendable {
  /// Between 0 and 1, symmetric about the middle.
  let points: [Double]
  /// One a point, all greater than 0, with a sum of 1.
  let weights: [Double]

  /// - Parameter count: at least 1.
  init(count: Int) {
    precondition(count >= 1)
    var (points, weights) = ([Double](), [Double]())
    for index in 0..<count {
      // Newton's method from a guess that is good for every count.
      var root = cos(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        let value: Double
        (value, slope) = GaussLegendre.polynomial(degree: count, at: root)
        let step = value / slope
        root -= step
        if abs(step) < 1e-15 { break }
      }
      slope = GaussLegendre.polynomial(degree: count, at: root).slope
      points.append((1 - root) / 2)
      weights.append(1 / ((1 - root * root) * slope * slope))
    }
    self.points = points
    self.weights = weights
  }

  /// The Legendre polynomial, by the recurrence of Bonnet.
  private static func polynomial(degree: Int, at x: Double) -> (value: Double, slope: Double) {
    var (last, current) = (1.0, x)
    for step in stride(from: 2, through: degree, by: 1) {
      let next = (Double(2 * step - 1) * x * current - Double(step - 1) * last) / Double(step)
      (last, current) = (current, next)
    }
    return (current, Double(degree) * (x * current - last) / (x * x - 1))
  }
}
