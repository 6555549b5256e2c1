import FeatureTables
import Models

extension Training {
  /// Fits fold by fold, encoding included, and asks each model about the rows of its fold.
  ///
  /// A class that the model of a fold does not know has probability 0 there; a row that the policy
  /// for values that are not finite leaves out holds NaN.
  /// - Parameter stopping: rows that tell every fold when to stop early; nil for none.
  /// - Throws: `FitError`, `DataError`.
  public func crossValidate(
    _ table: LabeledTable, on split: Split, stopping: LabeledTable? = nil,
    parallel: Parallel = Parallel()
  ) throws -> CrossValidation {
    var training = self
    // The model to begin with may have seen the rows of the folds, and all would write one file.
    (training.warmStart, training.checkpoints, training.observe) = (nil, nil, nil)
    return try Learning.crossValidate(split, parallel: parallel) { [training] fold, parallel in
      let trained = try training.fit(
        table.rows(fold.training), validation: stopping, parallel: parallel)
      let scores = try trained.model.score(table.rows(fold.test), parallel: parallel)
      return FoldPrediction(
        probabilities: spread(
          scores.probabilities, of: trained.model.classes, over: table.labels.classes,
          scoredRows: scores.scoredRows, rowCount: fold.test.count),
        seconds: ["prepare": trained.prepareSeconds, "fit": trained.fitSeconds])
    }
  }
}

/// Row-major probabilities over other classes than the model's: 0 for a class that the model does
/// not know, NaN for a row that was not scored.
/// - Parameters:
///   - probabilities: row-major, scored rows by `known` classes.
///   - scoredRows: rows of the table that were scored, ascending.
func spread(
  _ probabilities: [Double], of known: [String], over classes: [String], scoredRows: [Int],
  rowCount: Int
) -> [Double] {
  var spread = [Double](repeating: .nan, count: rowCount * classes.count)
  let position = known.map { classes.firstIndex(of: $0) }
  for (index, row) in scoredRows.enumerated() {
    for code in classes.indices { spread[row * classes.count + code] = 0 }
    for (code, target) in position.enumerated() {
      guard let target else { continue }
      spread[row * classes.count + target] = probabilities[index * known.count + code]
    }
  }
  return spread
}
