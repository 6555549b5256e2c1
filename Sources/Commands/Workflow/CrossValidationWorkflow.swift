import Evaluation
import FeatureTables
import Learning
import Models

/// Fits fold by fold, encoding included, and evaluates each fold.
struct CrossValidationWorkflow: Sendable {
  let training: Training
  let table: LabeledTable
  let parallel: Parallel

  /// - Throws: `FitError`, `DataError`.
  func run(_ split: Split) throws -> CrossValidationResult {
    let validation = try validate(split)
    let folds = validation.results.compactMap { result in
      result.prediction.map { prediction in
        CrossValidationResult.Fold(
          repetition: result.fold.repetition, fold: result.fold.index,
          trainingRows: result.fold.training.count,
          evaluation: evaluation(of: result.fold, prediction))
      }
    }
    var result = CrossValidationResult(
      learner: training.settings.learner.rawValue, split: split.forEvaluation, folds: folds)
    result.findings = Honesty.findings(
      table: table, folds: testFold(of: split),
      modelScore: result.summary(of: .balancedAccuracy)?.mean, split: split.forEvaluation)
    return result
  }

  /// One score a fold, nil where the fold has none.
  func scores(_ split: Split, metric: Metric) throws -> [Double?] {
    try validate(split).scores { score($0, $1, metric: metric) }
  }

  /// What a metric says of the predictions of a fold; nil where it says nothing.
  func score(_ fold: Fold, _ prediction: FoldPrediction, metric: Metric) -> Double? {
    evaluation(of: fold, prediction).value(of: metric)
  }

  private func validate(_ split: Split) throws -> CrossValidation {
    try training.crossValidate(table, on: split, parallel: parallel)
  }

  private func evaluation(of fold: Fold, _ prediction: FoldPrediction) -> EvaluationResult {
    let labels = table.labels
    let width = labels.classes.count
    let scored = fold.test.indices.filter { !prediction.probabilities[$0 * width].isNaN }
    let probabilities = scored.flatMap { prediction.probabilities[$0 * width..<($0 + 1) * width] }
    let decisions = Threshold.likeliest.decide(
      probabilities: probabilities, classes: labels.classes, benign: labels.benign)
    return EvaluationResult(
      Predictions(
        labels: labels.rows(scored.map { fold.test[$0] }), classes: labels.classes,
        benign: labels.benign, predicted: decisions.predicted, probabilities: probabilities,
        alarms: decisions.alarms))
  }

  /// The fold of the first repetition in which each row was tested; -1 for a row that never was.
  private func testFold(of split: Split) -> [Int] {
    var folds = [Int](repeating: -1, count: table.rowCount)
    for fold in split.folds where fold.repetition == 0 {
      for row in fold.test { folds[row] = fold.index }
    }
    return folds
  }
}

extension CrossValidationResult {
  /// The rows that no model scored when their turn came, in the first repetition.
  func unscoredCount(of split: Split) -> Int {
    let tested = split.folds.filter { $0.repetition == 0 }.map(\.test.count).reduce(0, +)
    return tested - folds.filter { $0.repetition == 0 }.map(\.evaluation.rows).reduce(0, +)
  }
}
