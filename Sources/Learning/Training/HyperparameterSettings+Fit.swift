import FeatureTables
import Models

extension HyperparameterSettings {
  /// Fits the learner that these settings are for.
  /// - Parameters:
  ///   - matrix: encoded; `labels` has one code a row, none unlabeled.
  ///   - validation: rows for early stopping, which only gradient boosting can do.
  /// - Throws: `FitError`.
  func fit(
    _ matrix: FeatureMatrix, labels: Labels, validation: ValidationRows?, seed: UInt64,
    parallel: Parallel
  ) throws(FitError) -> Estimator {
    switch learner {
    case .logisticRegression:
      .logisticRegression(
        try LogisticRegression(self).fit(
          matrix, labels: labels, weights: nil, parallel: parallel))
    case .randomForest:
      .randomForest(
        try RandomForest(self, seed: seed).fit(
          matrix, labels: labels, weights: nil, parallel: parallel))
    case .gradientBoosting:
      .gradientBoosting(
        try GradientBoosting(self, seed: seed).fit(
          matrix, labels: labels, weights: nil, validation: validation, parallel: parallel
        ).model)
    }
  }
}
