import Evaluation
import FeatureTables
import Models
import Reports

/// A model's word on the rows of a table.
struct ModelEvaluation {
  /// The rows that were scored, with the features of the model.
  let table: LabeledTable
  let scores: Scores
  let decisions: Decisions
  let predictions: Predictions
  /// What is behind the rows, also where the model does not look at it.
  let volumes: TrafficVolumes

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
    // A large table is not copied for nothing.
    let areAllScored = scores.scoredRows.count == labeled.rowCount
    var scored = areAllScored ? labeled : labeled.rows(scores.scoredRows)
    volumes = TrafficVolumes(of: scored.matrix)
    scored.matrix = try model.inputMatrix(
      of: scored, allowingDifferentDefinitions: allowingDifferentDefinitions)
    scored.labels = scored.labels.asSeen(by: model)
    self.table = scored
    predictions = Predictions(
      labels: scored.labels, classes: model.classes, benign: model.benign,
      predicted: decisions.predicted, probabilities: scores.probabilities,
      alarms: decisions.alarms)
  }

  /// Labeled rows that the model's policy for values that are not finite leaves without a verdict.
  var unscoredCount: Int { scores.account.dropped.values.reduce(0, +) }

  /// The metrics, without findings.
  var result: EvaluationResult { EvaluationResult(predictions) }
}

extension Console {
  /// Says what was not judged.
  func noteUnscored(_ count: Int) {
    guard count > 0 else { return }
    note(
      NumberText.counted(count, "row was", "rows were")
        + " not scored: a value is not finite, and the policy is drop")
  }

  /// Warns of features of the model that the rows have no value of.
  func warnOfEmptyColumns(_ matrix: FeatureMatrix) {
    // A few rows may well have no value of a feature.
    guard matrix.rowCount >= 10 else { return }
    let empty = matrix.schema.features.indices.filter { column in
      matrix.schema.features[column].kind == .numeric
        && matrix.column(column).allSatisfy { !$0.isFinite }
    }
    guard !empty.isEmpty else { return }
    let names = empty.map { matrix.schema.features[$0].name }
    warn("no row has a finite value of \(names.listing()), which the model takes as a feature")
  }
}

extension Labels {
  /// Folded into benign and malicious where that is all that the model knows.
  func asSeen(by model: Model) -> Labels {
    model.knowsTwoSidesOnly && classes != model.classes ? folded() : self
  }
}
