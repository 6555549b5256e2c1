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
  ) throws(FitError) -> FittedEstimator {
    switch learner {
    case .logisticRegression:
      let fit = try LogisticRegression(self).fitWithReport(
        matrix, labels: labels, parallel: parallel)
      return FittedEstimator(.logisticRegression(fit.model), warning: fit.warning)
    case .randomForest:
      return FittedEstimator(
        .randomForest(
          try RandomForest(self, seed: seed).fit(
            matrix, labels: labels, weights: nil, parallel: parallel)))
    case .gradientBoosting:
      return FittedEstimator(
        .gradientBoosting(
          try GradientBoosting(self, seed: seed).fit(
            matrix, labels: labels, weights: nil, validation: validation, parallel: parallel
          ).model))
    }
  }
}

/// An estimator and what its user should know of the fit.
struct FittedEstimator: Sendable {
  let estimator: Estimator
  /// In words; nil where there is nothing to say.
  let warning: String?

  init(_ estimator: Estimator, warning: String? = nil) {
    self.estimator = estimator
    self.warning = warning
  }
}

extension LogisticRegressionFit {
  /// That the tolerance was not reached, and by how much.
  fileprivate var warning: String? {
    isConverged
      ? nil
      : "the fit did not reach its tolerance in \(iterations) iterations: its last step could still "
        + "gain \(relativeGap) of the objective; raise max_iterations, or strengthen the penalty"
  }
}
