import Foundation

/// Scores of the probabilities themselves rather than of the decision. Lower is better.
enum ProbabilityScores {
  /// The mean of -ln p over the probability p of the true class, clipped to [ε, 1 - ε] with
  /// ε = 2^-52, as `sklearn.metrics.log_loss`; nil without rows.
  static func logLoss(_ predictions: Predictions) -> Double? {
    guard predictions.rowCount > 0 else { return nil }
    let classCount = predictions.classes.count
    let epsilon = Double.ulpOfOne
    var sum = 0.0
    for (row, code) in predictions.truth.enumerated() {
      let probability = predictions.probabilities[row * classCount + Int(code)]
      sum -= log(min(max(probability, epsilon), 1 - epsilon))
    }
    return sum / Double(predictions.rowCount)
  }

  /// The mean squared error of the probabilities (Brier 1950): with two classes of the positive
  /// one's, as `sklearn.metrics.brier_score_loss`; with more summed over the classes. Nil without
  /// rows.
  static func brierScore(_ predictions: Predictions) -> Double? {
    guard predictions.rowCount > 0 else { return nil }
    let classCount = predictions.classes.count
    let counted = classCount == 2 ? 1..<2 : 0..<classCount
    var sum = 0.0
    for (row, truth) in predictions.truth.enumerated() {
      for code in counted {
        let target = code == Int(truth) ? 1.0 : 0
        let error = predictions.probabilities[row * classCount + code] - target
        sum += error * error
      }
    }
    return sum / Double(predictions.rowCount)
  }
}
