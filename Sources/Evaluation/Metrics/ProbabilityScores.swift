import Foundation

/// Scores of the probabilities themselves rather than of the decision. Lower is better.
enum ProbabilityScores {
  /// The mean of -ln p over the probability p of the true class, clipped to [ε, 1 - ε] with
  /// ε = 2^-52, as `sklearn.metrics.log_loss`; nil without rows.
  static func logLoss(_ predictions: Predictions) -> Double? {
    guard predictions.rowCount > 0 else { return nil }
    var sum = 0.0
    for row in predictions.truth.indices { sum += logLoss(predictions, row: row) }
    return sum / Double(predictions.rowCount)
  }

  /// The mean squared error of the probabilities (Brier 1950): with two classes of the positive
  /// one's, as `sklearn.metrics.brier_score_loss`; with more summed over the classes. Nil without
  /// rows.
  static func brierScore(_ predictions: Predictions) -> Double? {
    guard predictions.rowCount > 0 else { return nil }
    var sum = 0.0
    for row in predictions.truth.indices { sum += squaredError(predictions, row: row) }
    return sum / Double(predictions.rowCount)
  }

  /// What one row adds to the log loss.
  static func logLoss(_ predictions: Predictions, row: Int) -> Double {
    let epsilon = Double.ulpOfOne
    let place = row * predictions.classes.count + Int(predictions.truth[row])
    return -log(min(max(predictions.probabilities[place], epsilon), 1 - epsilon))
  }

  /// What one row adds to the Brier score.
  static func squaredError(_ predictions: Predictions, row: Int) -> Double {
    let classCount = predictions.classes.count
    var sum = 0.0
    for code in classCount == 2 ? 1..<2 : 0..<classCount {
      let target = code == Int(predictions.truth[row]) ? 1.0 : 0
      let error = predictions.probabilities[row * classCount + code] - target
      sum += error * error
    }
    return sum
  }
}
