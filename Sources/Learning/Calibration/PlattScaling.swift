import FeatureTables
import Foundation
import Models

/// Fits the logistic function of Platt ("Probabilistic outputs for support vector machines", 1999)
/// by Newton's method as Lin, Lin and Weng do it ("A note on Platt's probabilistic outputs for
/// support vector machines", 2007).
///
/// Targets are not 1 and 0 but (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2), which keeps the fit finite
/// where scores tell the sides apart without error, and is right when all rows are on one side.
package struct PlattScaling {
  private let scores: [Double]
  private let isPositive: [Bool]
  private let target: (positive: Double, negative: Double)
  /// Scores are divided by it, so that both parameters have one scale.
  private let unit: Double
  private let parallel: Parallel

  private struct Parameters {
    var slope: Double
    var intercept: Double
  }

  /// The negative log-likelihood and its derivatives.
  private struct Objective {
    var value = 0.0
    var slopeGradient = 0.0
    var interceptGradient = 0.0
    var slopeCurvature = 0.0
    var mixedCurvature = 0.0
    var interceptCurvature = 0.0

    var gradientSize: Double { abs(slopeGradient) + abs(interceptGradient) }

    /// Whether a step here from `last` was one forward. Close to the minimum the values are equal
    /// but for rounding, while the gradient still tells.
    func improves(on last: Objective) -> Bool {
      value < last.value
        || (value <= last.value * (1 + 1e-13) && gradientSize < last.gradientSize / 2)
    }

    static func += (sum: inout Objective, part: Objective) {
      sum.value += part.value
      sum.slopeGradient += part.slopeGradient
      sum.interceptGradient += part.interceptGradient
      sum.slopeCurvature += part.slopeCurvature
      sum.mixedCurvature += part.mixedCurvature
      sum.interceptCurvature += part.interceptCurvature
    }
  }

  /// - Parameters:
  ///   - scores: finite, at least one.
  ///   - isPositive: one a score.
  package static func fit(scores: [Double], isPositive: [Bool], parallel: Parallel) -> Calibrator {
    precondition(scores.count == isPositive.count && !scores.isEmpty)
    return PlattScaling(scores: scores, isPositive: isPositive, parallel: parallel).fit()
  }

  private init(scores: [Double], isPositive: [Bool], parallel: Parallel) {
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(isPositive.count) - positives
    self.scores = scores
    self.isPositive = isPositive
    self.parallel = parallel
    target = ((positives + 1) / (positives + 2), 1 / (negatives + 2))
    let largest = scores.reduce(0) { max($0, abs($1)) }
    unit = largest > 0 ? largest : 1
  }

  private func fit() -> Calibrator {
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(scores.count) - positives
    var parameters = Parameters(slope: 0, intercept: log((positives + 1) / (negatives + 1)))
    var current = objective(at: parameters)
    for _ in 0..<200 {
      guard let better = step(from: parameters, current) else { break }
      (parameters, current) = better
    }
    return .platt(slope: parameters.slope / unit, intercept: parameters.intercept)
  }

  /// A Newton step, halved until the objective falls; nil where it falls no further.
  private func step(
    from parameters: Parameters, _ current: Objective
  ) -> (Parameters, Objective)? {
    // The ridge keeps the system regular where all scores are equal.
    let ridge = 1e-12 * (current.slopeCurvature + current.interceptCurvature)
    let (a, b, c) = (
      current.slopeCurvature + ridge, current.mixedCurvature, current.interceptCurvature + ridge
    )
    let determinant = a * c - b * b
    guard determinant > 0 else { return nil }
    let slope = -(c * current.slopeGradient - b * current.interceptGradient) / determinant
    let intercept = -(a * current.interceptGradient - b * current.slopeGradient) / determinant
    var length = 1.0
    while length > 1e-10 {
      let next = Parameters(
        slope: parameters.slope + length * slope,
        intercept: parameters.intercept + length * intercept)
      let objective = objective(at: next)
      if objective.improves(on: current) { return (next, objective) }
      length /= 2
    }
    return nil
  }

  private func objective(at parameters: Parameters) -> Objective {
    let parts = parallel.mapBlocks(rowCount: scores.count) { rows in
      var sum = Objective()
      for row in rows { add(row, parameters, to: &sum) }
      return sum
    }
    return parts.reduce(into: Objective()) { $0 += $1 }
  }

  @inline(__always)
  private func add(_ row: Int, _ parameters: Parameters, to sum: inout Objective) {
    let score = scores[row] / unit
    let goal = isPositive[row] ? target.positive : target.negative
    let margin = parameters.slope * score + parameters.intercept
    let exponential = exp(-abs(margin))
    let larger = 1 / (1 + exponential)
    let smaller = exponential / (1 + exponential)
    let probability = margin >= 0 ? larger : smaller
    // -goal ln p - (1 - goal) ln (1 - p), with ln p = -ln(1 + exp(-margin)).
    sum.value += log1p(exponential) + (margin >= 0 ? (1 - goal) * margin : -goal * margin)
    let difference = probability - goal
    let curvature = larger * smaller
    sum.slopeGradient += difference * score
    sum.interceptGradient += difference
    sum.slopeCurvature += curvature * score * score
    sum.mixedCurvature += curvature * score
    sum.interceptCurvature += curvature
  }
}
