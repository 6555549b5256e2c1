import Evaluation
import FeatureTables
import Learning
import Models

/// What is fitted to rows that the fit has not seen: calibration, then the threshold.
struct DecisionPlan {
  let calibration: CalibrationMethod
  let rule: ThresholdRule
  let folds: Int
  let split: SplitMethod

  /// Whether rows must be held out, which takes a fit for each fold.
  var holdsOut: Bool { calibration != .none || rule.needsScores }

  /// The model with its calibration and its threshold.
  ///
  /// Both are fitted to rows of training, each asked about by a model of the other folds, so that
  /// the rows set aside judge the whole.
  /// - Throws: `DataError`, `FitError`.
  func apply(
    to model: Model, training: Training, rows: DividedTable, parallel: Parallel
  ) throws -> Model {
    guard holdsOut else {
      var decided = model
      decided.threshold = try rule.choose(scores: [], isMalicious: [], description: "")
      return decided
    }
    let table = rows.training
    let division = try Split.folds(
      table, method: split, count: folds, seed: training.seed, parallel: parallel)
    let heldOut = HeldOutRows(
      try training.crossValidate(
        table, on: division, stopping: rows.validation, parallel: parallel),
      labels: table.labels)
    var decided = try model.calibrated(by: calibration, on: heldOut, parallel: parallel)
    let (scores, isMalicious) = heldOut.maliciousScores(by: decided)
    decided.threshold = try rule.choose(
      scores: scores, isMalicious: isMalicious, description: heldOut.description,
      seed: training.seed, parallel: parallel)
    return decided
  }
}
