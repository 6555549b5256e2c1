import Evaluation
import FeatureExtraction
import FeatureTables
import Foundation
import Learning
import Models
import Reports

/// Trains on the divided rows, judges the model, writes it, and tells.
struct TrainingRun {
  let training: Training
  let rows: DividedTable
  let readSeconds: Double
  let output: String
  let report: String?
  let console: Console
  let parallel: Parallel

  /// - Throws: `DataError`, `FitError`; nothing is written then.
  func run() throws -> TrainingSummary {
    try FlowTables.requireTwoClasses(rows.training)
    let trained = try console.during("fitting \(training.settings.learner.rawValue)") {
      try training.fit(
        rows.training, validation: rows.validation, split: rows.description, parallel: parallel)
    }
    var model = trained.model
    let clock = ContinuousClock()
    let start = clock.now
    let result = try rows.validation.map { validation in
      try console.during("evaluating") { try evaluate(model, on: validation) }
    }
    if let result { model.metrics = try result.forModel() }
    let evaluated = clock.now
    if let report, let result { try ReportFiles.write(result, to: report) }
    try ModelDocument.write(model, to: output)
    return TrainingSummary(
      model: model, path: output, rows: rows, result: result,
      timings: [
        "read": readSeconds, "prepare": trained.prepareSeconds, "fit": trained.fitSeconds,
        "evaluate": (evaluated - start) / .seconds(1),
        "write": (clock.now - evaluated) / .seconds(1),
      ])
  }

  private func evaluate(
    _ model: Model, on validation: LabeledTable
  ) throws(DataError) -> EvaluationResult {
    let evaluation = try ModelEvaluation(of: model, on: validation, parallel: parallel)
    var result = evaluation.result
    result.findings = Honesty.findings(
      training: try model.view(of: rows.training), testing: evaluation.table,
      modelScore: result.balancedAccuracy, split: rows.split)
    return result
  }
}

extension Model {
  /// The table with the features that the model takes and no others.
  func view(
    of table: LabeledTable, allowingDifferentDefinitions: Bool = false
  ) throws(DataError) -> LabeledTable {
    var view = table
    view.matrix = try inputMatrix(
      of: table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    view.labels = view.labels.asSeen(by: self)
    return view
  }
}

extension EvaluationResult {
  /// As a model document keeps it.
  func forModel() throws -> ValidationMetrics {
    let values = Metric.allCases.compactMap { metric in
      value(of: metric).map { (metric.rawValue, $0) }
    }
    let bytes = try StableJSON.encode(self)
    return ValidationMetrics(
      values: Dictionary(uniqueKeysWithValues: values),
      detail: try StableJSON.decode(JSONValue.self, from: bytes))
  }
}

/// What `train` and `tune` say in the end.
struct TrainingSummary: Encodable {
  let model: Model
  let path: String
  let rows: DividedTable
  let result: EvaluationResult?
  let timings: [String: Double]

  private enum CodingKeys: String, CodingKey {
    case model, learner, rows, classes, split, timings, metrics, excluded, account
    case classCounts = "class_counts"
    case validationRows = "validation_rows"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let facts = model.training
    try container.encode(path, forKey: .model)
    try container.encode(facts.learner, forKey: .learner)
    try container.encode(facts.rows, forKey: .rows)
    try container.encode(rows.validation?.rowCount ?? 0, forKey: .validationRows)
    try container.encode(model.classes, forKey: .classes)
    try container.encode(
      Dictionary(uniqueKeysWithValues: zip(model.classes, facts.classCounts)),
      forKey: .classCounts)
    try container.encode(facts.split, forKey: .split)
    try container.encode(timings, forKey: .timings)
    try container.encode(result, forKey: .metrics)
    try container.encode(facts.excluded, forKey: .excluded)
    try container.encode(facts.account, forKey: .account)
  }

  /// For a person.
  var text: String {
    let facts = model.training
    var lines = [
      "\(facts.learner) of \(model.encoding.encodedCount) columns, trained on \(facts.rows) rows"
    ]
    lines += zip(model.classes, facts.classCounts).map { "  \($0): \($1) rows" }
    lines += facts.account.lines + facts.excluded.lines
    lines.append("validation: \(facts.split)")
    if let result { lines.append(result.text.trimmingCharacters(in: .newlines)) }
    lines.append("model: \(path)")
    return lines.joined(separator: "\n") + "\n"
  }
}

extension RowAccount {
  /// What became of the rows, where there is something to say.
  var lines: [String] {
    var lines: [String] = []
    if !dropped.isEmpty {
      let reasons = dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      lines.append("rows: \(read) read, \(used) used; dropped: \(reasons.joined(separator: ", "))")
    }
    if !nonfinite.isEmpty {
      let columns = nonfinite.sorted { $0.key < $1.key }.map { column, kinds in
        "\(column) \(kinds.values.reduce(0, +))"
      }
      lines.append("values that are not finite: \(columns.joined(separator: ", "))")
    }
    if !remarks.isEmpty {
      let texts = remarks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append("remarks: \(texts.joined(separator: ", "))")
    }
    return lines
  }
}

extension [ExcludedColumn] {
  /// One line a reason, naming the columns that are no features.
  var lines: [String] {
    Dictionary(grouping: self, by: \.reason).sorted { $0.key.rawValue < $1.key.rawValue }.map {
      "left out as \($0.key.rawValue): \($0.value.map(\.name).joined(separator: ", "))"
    }
  }
}
