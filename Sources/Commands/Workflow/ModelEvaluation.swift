import Evaluation
import FeatureTables
import Models

/// A model's word on the rows of a table.
struct ModelEvaluation {
  /// The rows that were scored, with the features of the model.
  let table: LabeledTable
  let scores: Scores
  let decisions: Decisions
  let predictions: Predictions

  /// Scores the labeled rows of a table.
  /// - Throws: `DataError` where the table does not fit the model or no labeled row is left.
  init(
    of model: Model, on table: LabeledTable, allowingDifferentDefinitions: Bool = false,
    parallel: Parallel
  ) throws(DataError) {
    let known = table.labels.codes.indices.filter { table.labels.codes[$0] != Labels.unlabeled }
    guard !known.isEmpty else {
      throw DataError(
        file: table.identity.sources.first ?? "table", problem: "no row has a label",
        remedy: "name the column with --label-column, or give --label-rules; "
          + "'flowmeter classify' takes rows without labels")
    }
    let labeled = known.count == table.rowCount ? table : table.rows(known)
    scores = try model.score(
      labeled, parallel: parallel, allowingDifferentDefinitions: allowingDifferentDefinitions)
    decisions = model.decide(scores)
    var scored = labeled.rows(scores.scoredRows)
    scored.matrix = try model.inputMatrix(
      of: scored, allowingDifferentDefinitions: allowingDifferentDefinitions)
    scored.labels = scored.labels.asSeen(by: model)
    self.table = scored
    predictions = Predictions(
      labels: scored.labels, classes: model.classes, benign: model.benign,
      predicted: decisions.predicted, probabilities: scores.probabilities,
      alarms: decisions.alarms)
  }

  /// The metrics, without findings.
  var result: EvaluationResult { EvaluationResult(predictions) }
}

extension Labels {
  /// Folded into benign and malicious where that is all that the model knows.
  func asSeen(by model: Model) -> Labels {
    let twoSides = ["benign", "malicious"]
    return model.classes == twoSides && classes != twoSides ? folded() : self
  }
}
