/// What is added to the loss to keep coefficients small. The intercept is never penalized. The raw
/// value is the printed form.
public enum Penalty: String, Sendable, Equatable, CaseIterable {
  case none
  /// The sum of absolute coefficients.
  case l1
  /// Half the sum of squared coefficients.
  case l2
  /// `l1Ratio` times L1 plus the rest times L2.
  case elasticNet = "elastic-net"

  /// The parts of L1 and of L2.
  func shares(l1Ratio: Double) -> (l1: Double, l2: Double) {
    switch self {
    case .none: (0, 0)
    case .l1: (1, 0)
    case .l2: (0, 1)
    case .elasticNet: (l1Ratio, 1 - l1Ratio)
    }
  }
}

/// The penalty as the solver sees it: one factor a coefficient, as its columns are scaled and the
/// user's may not be.
package struct PenaltyFactors: Sendable {
  /// Factors of the absolute values.
  let l1: [Double]
  /// Factors of half the squares.
  let l2: [Double]

  package init(l1: [Double], l2: [Double]) {
    self.l1 = l1
    self.l2 = l2
  }

  /// Whether the penalty has no L1 part.
  var isSmooth: Bool { l1.allSatisfy { $0 == 0 } }
  /// Whether nothing is penalized.
  var isAbsent: Bool { isSmooth && l2.allSatisfy { $0 == 0 } }

  package func value(at coefficients: [Double]) -> Double {
    absoluteValue(at: coefficients) + squareValue(at: coefficients)
  }

  /// The derivative along a direction; for L1 that of the side to which the coefficients lie.
  func slope(at coefficients: [Double], along direction: [Double]) -> Double {
    coefficients.indices.reduce(0) { sum, index in
      let coefficient = coefficients[index]
      let sign = coefficient == 0 ? direction[index] : coefficient
      let part = sign == 0 ? 0 : sign > 0 ? l1[index] : -l1[index]
      return sum + (part + l2[index] * coefficient) * direction[index]
    }
  }

  func absoluteValue(at coefficients: [Double]) -> Double {
    coefficients.indices.reduce(0) { $0 + l1[$1] * abs(coefficients[$1]) }
  }

  private func squareValue(at coefficients: [Double]) -> Double {
    coefficients.indices.reduce(0) { $0 + l2[$1] / 2 * coefficients[$1] * coefficients[$1] }
  }
}

/// How far a coordinate is from its optimum: the size of the smallest subgradient of a convex
/// function, smooth with this slope plus `l1` times the absolute value.
func optimalityResidual(slope: Double, coefficient: Double, l1: Double) -> Double {
  if coefficient > 0 { return abs(slope + l1) }
  if coefficient < 0 { return abs(slope - l1) }
  return max(0, abs(slope) - l1)
}
