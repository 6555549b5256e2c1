import FeatureTables
import Models

/// The encoded rows of one fold. The encoding was made from the training rows alone.
public struct PreparedFold: Sendable {
  /// The training rows of the fold, in its order.
  public let training: FeatureMatrix
  /// The test rows of the fold, in its order, with the columns of `training`.
  public let test: FeatureMatrix

  /// - Parameters:
  ///   - training: one row for each of `Fold.training`.
  ///   - test: one row for each of `Fold.test`, with the same columns.
  public init(training: FeatureMatrix, test: FeatureMatrix) {
    self.training = training
    self.test = test
  }
}

/// Cross-validates a learner.
/// - Parameters:
///   - labels: of the whole table; the folds take their rows.
///   - weights: one a row of the whole table; nil for 1 each.
///   - prepare: encodes the training rows of a fold, and the test rows in the same way.
/// - Throws: as the form of `crossValidate` with a body.
public func crossValidate<Chosen: Learner>(
  _ learner: Chosen, on split: Split, labels: Labels, weights: [Double]? = nil,
  parallel: Parallel = Parallel(), prepare: @Sendable (Fold) throws -> PreparedFold
) throws -> CrossValidation {
  try crossValidate(split, parallel: parallel) { fold, threads in
    let clock = ContinuousClock()
    let start = clock.now
    let prepared = try prepare(fold)
    let preparation = clock.now
    let model = try learner.fit(
      prepared.training, labels: labels.rows(fold.training),
      weights: weights.map { weights in fold.training.map { weights[$0] } }, parallel: threads)
    let fit = clock.now
    let probabilities = model.probabilities(for: prepared.test, parallel: threads)
    return FoldPrediction(
      probabilities: probabilities,
      seconds: [
        "prepare": (preparation - start) / .seconds(1), "fit": (fit - preparation) / .seconds(1),
        "predict": (clock.now - fit) / .seconds(1),
      ])
  }
}
