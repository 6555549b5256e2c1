import Foundation

/// A function from the score of a class to its probability, fitted on rows that the estimator had
/// not learned from.
public enum Calibrator: Sendable, Equatable {
  /// Platt (1999): 1 / (1 + exp(-(slope · score + intercept))).
  case platt(slope: Double, intercept: Double)
  /// Straight lines between points; below the first and above the last their probability. Scores
  /// are strictly ascending, probabilities ascending from 0 to 1, at least one of each.
  case isotonic(scores: [Double], probabilities: [Double])

  /// From 0 to 1.
  /// - Parameter score: finite.
  public func probability(of score: Double) -> Double {
    switch self {
    case .platt(let slope, let intercept):
      let margin = slope * score + intercept
      return margin >= 0 ? 1 / (1 + exp(-margin)) : exp(margin) / (1 + exp(margin))
    case .isotonic(let scores, let probabilities):
      return Calibrator.interpolate(score, scores, probabilities)
    }
  }

  private static func interpolate(
    _ score: Double, _ scores: [Double], _ probabilities: [Double]
  ) -> Double {
    // The number of points that are at most the score.
    var (low, high) = (0, scores.count)
    while low < high {
      let middle = (low + high) / 2
      if scores[middle] <= score { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return probabilities[0] }
    guard low < scores.count else { return probabilities[scores.count - 1] }
    let share = (score - scores[low - 1]) / (scores[low] - scores[low - 1])
    return probabilities[low - 1] + share * (probabilities[low] - probabilities[low - 1])
  }
}
