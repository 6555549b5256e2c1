import FeatureTables
import Models

extension HyperparameterSettings {
  /// Fits the learner that these settings are for.
  /// - Parameters:
  ///   - matrix: encoded; `labels` has one code a row, none unlabeled.
  ///   - standardErrors: whether a logistic regression tells those of its coefficients.
  ///   - judgesOutOfBag: whether a forest of bootstrap samples tells what it is worth.
  ///   - validation: rows for early stopping, which only gradient boosting can do.
  ///   - course: of trees; logistic regression has none.
  /// - Throws: `FitError`.
  func fit(
    _ matrix: FeatureMatrix, labels: Labels, validation: ValidationRows?, seed: UInt64,
    judgesOutOfBag: Bool = false, standardErrors: Bool = false,
    course: TreeFitCourse = TreeFitCourse(), parallel: Parallel
  ) throws(FitError) -> FittedEstimator {
    switch learner {
    case .logisticRegression:
      let fit = try LogisticRegression(self).fitWithReport(
        matrix, labels: labels, parallel: parallel, standardErrors: standardErrors)
      return FittedEstimator(.logisticRegression(fit.model), warning: fit.warning)
    case .randomForest:
      let forest = RandomForest(self, seed: seed)
      guard judgesOutOfBag && forest.bootstrap else {
        return FittedEstimator(
          .randomForest(
            try forest.fit(
              matrix, labels: labels, weights: nil, course: course, parallel: parallel)))
      }
      let (model, outOfBag) = try forest.fitWithOutOfBag(
        matrix, labels: labels, weights: nil, course: course, parallel: parallel)
      return FittedEstimator(.randomForest(model), outOfBag: outOfBag)
    case .gradientBoosting:
      return FittedEstimator(
        .gradientBoosting(
          try GradientBoosting(self, seed: seed).fit(
            matrix, labels: labels, weights: nil, validation: validation, course: course,
            parallel: parallel
          ).model))
    }
  }
}

/// An estimator and what its user should know of the fit.
struct FittedEstimator: Sendable {
  let estimator: Estimator
  /// In words; nil where there is nothing to say.
  let warning: String?
  /// Nil where it was not asked for, or where no row is out of a bag.
  let outOfBag: OutOfBag?

  init(_ estimator: Estimator, warning: String? = nil, outOfBag: OutOfBag? = nil) {
    self.estimator = estimator
    self.warning = warning
    self.outOfBag = outOfBag
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
