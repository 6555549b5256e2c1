import FeatureTables
import Models

/// Tries combinations of logistic regression as `search` does, and shares their work: each fold is
/// encoded and its columns are measured once for all trials, fits begin where their neighbours
/// ended, and folds run side by side.
///
/// The scores are those of fits to a relative gap of 1e-6 of the objective, unless the settings say
/// `tolerance`; they do not depend on the number of threads. A trial's `seconds` are those of its
/// fits and predictions, over all folds.
/// - Parameters:
///   - combinations: from `HyperparameterSpace.grid()` or `.random(_:seed:)`.
///   - training: the settings that the combinations leave open, and how rows are encoded.
///   - report: called after each trial, in order, once all folds are done.
///   - score: of what a fold's model says of its test rows; nil where it has none.
/// - Throws: `DataError` for a combination that does not fit the learner, or for a value that the
///   policy refuses; the first `FitError` if no trial has a score.
public func searchLogisticRegression(
  _ combinations: [[String: HyperparameterValue]], training: Training,
  objective: SearchObjective, table: LabeledTable, split: Split,
  parallel: Parallel = Parallel(), report: (Trial) -> Void = { _ in },
  score: @Sendable (Fold, FoldPrediction) -> Double?
) throws -> SearchResult {
  let base = training.settings
  let paths = LogisticRegressionPaths(try combinations.map { try base.replacing($0) })
  let sideBySide = max(1, min(parallel.threads, split.folds.count))
  let inner = Parallel(threads: parallel.threads / sideBySide)
  let folds = try Parallel(threads: sideBySide).map(split.folds.count) { index in
    Result {
      try training.outcomes(
        of: paths, count: combinations.count, table: table, fold: split.folds[index],
        parallel: inner, score: score)
    }
  }.map { try $0.get() }
  var failure: FitError?
  let trials = try combinations.enumerated().map { number, combination in
    let outcomes = folds.map { $0[number] }
    let (trial, error) = try Trial.attempt(
      number, combination, evaluate: { try scores(outcomes) },
      seconds: { outcomes.reduce(0) { $0 + $1.seconds } })
    failure = failure ?? error
    report(trial)
    return trial
  }
  let result = SearchResult(learner: base.learner, objective: objective, trials: trials)
  if result.best == nil, let failure { throw failure }
  return result
}

/// What came of a trial in one fold.
struct FoldOutcome: Sendable {
  let score: Result<Double?, FitError>
  /// Wall seconds of fit, prediction and score.
  let seconds: Double

  var isUnfitted: Bool { if case .failure = score { true } else { false } }
}

/// One score a fold; nil where the rows of the fold could not teach.
private func scores(_ outcomes: [FoldOutcome]) throws -> [Double?] {
  var problem: FitError?
  let scores = try outcomes.map { outcome -> Double? in
    if case .failure(let error) = outcome.score, error.isLackOfRows {
      problem = problem ?? error
      return nil
    }
    return try outcome.score.get()
  }
  if let problem, outcomes.allSatisfy(\.isUnfitted) { throw problem }
  return scores
}

extension Training {
  /// Fits all paths to the training rows of a fold and scores what they say of its test rows.
  /// - Returns: one outcome for each of `count` settings, in their order.
  fileprivate func outcomes(
    of paths: LogisticRegressionPaths, count: Int, table: LabeledTable, fold: Fold,
    parallel: Parallel, score: (Fold, FoldPrediction) -> Double?
  ) throws -> [FoldOutcome] {
    let rows = table.rows(fold.training)
    let encoding = FeatureEncoding.fit(to: rows.labeledRows.matrix, nonfinite: nonfinite)
    let prepared = try prepare(rows, encoding: encoding)
    let testRows = table.rows(fold.test)
    let test = try encoding.encode(testRows.matrix, from: testRows.inputName)
    let linear: LinearRows
    do throws(FitError) {
      linear = try LinearRows(prepared.matrix, parallel: parallel)
    } catch {
      return Array(repeating: FoldOutcome(score: .failure(error), seconds: 0), count: count)
    }
    var outcomes = Array(repeating: FoldOutcome(score: .success(nil), seconds: 0), count: count)
    let clock = ContinuousClock()
    var start = clock.now
    paths.fit(linear, labels: prepared.labels, parallel: parallel) { position, result in
      let scored = result.map { model in
        let probabilities = spread(
          model.probabilities(for: test.matrix, parallel: parallel), of: prepared.labels.classes,
          over: table.labels.classes, scoredRows: test.rows, rowCount: fold.test.count)
        return score(fold, FoldPrediction(probabilities: probabilities))
      }
      outcomes[position] = FoldOutcome(score: scored, seconds: (clock.now - start) / .seconds(1))
      start = clock.now
    }
    return outcomes
  }
}
