import Evaluation
import FeatureTables
import Foundation
import Learning
import Models
import Reports

/// What `train` and `tune` say in the end.
struct TrainingSummary: Encodable {
  let model: Model
  let path: String
  let rows: DividedTable
  /// Nil where no row judged the model.
  let result: EvaluationResult?
  /// Those of `result`, or what the training rows alone show.
  let findings: [Finding]
  /// What a random forest is worth on rows that its trees did not draw.
  let outOfBag: OutOfBag?
  var timings: [String: Double]

  private enum CodingKeys: String, CodingKey {
    case model, learner, rows, classes, split, timings, metrics, findings, excluded, account
    case calibration, threshold
    case classCounts = "class_counts"
    case outOfBag = "out_of_bag"
    case validationRows = "validation_rows"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let facts = model.training
    try container.encode(path, forKey: .model)
    try container.encode(facts.learner, forKey: .learner)
    try container.encode(facts.rows, forKey: .rows)
    try container.encode(result?.rows ?? 0, forKey: .validationRows)
    try container.encode(model.classes, forKey: .classes)
    try container.encode(
      Dictionary(uniqueKeysWithValues: zip(model.classes, facts.classCounts)),
      forKey: .classCounts)
    try container.encode(facts.split, forKey: .split)
    try container.encode(model.estimator.calibration, forKey: .calibration)
    try container.encode(model.threshold.summary, forKey: .threshold)
    try container.encode(timings, forKey: .timings)
    try container.encode(outOfBag.flatMap(OutOfBagSummary.init), forKey: .outOfBag)
    try container.encode(result, forKey: .metrics)
    try container.encode(findings, forKey: .findings)
    try container.encode(facts.excluded, forKey: .excluded)
    try container.encode(facts.account, forKey: .account)
  }

  /// For a person: what was learned from, what it is worth, where it lies.
  var text: String {
    let facts = model.training
    var lines = [
      "\(facts.learner) of \(NumberText.counted(model.encoding.encodedCount, "column", "columns")), "
        + "trained on \(NumberText.counted(facts.rows, "row", "rows"))"
    ]
    lines += zip(model.classes, facts.classCounts).map {
      "  \($0): " + NumberText.counted($1, "row", "rows")
    }
    lines += facts.account.lines + facts.excluded.lines
    if let calibration = model.estimator.calibration {
      lines.append("calibration: \(calibration)")
    }
    if model.threshold != .likeliest { lines += model.threshold.lines }
    if let outOfBag = outOfBag.flatMap(OutOfBagSummary.init) { lines.append(outOfBag.text) }
    lines.append("validation: \(facts.split)")
    let report = result.map { $0.text } ?? TerminalRenderer().render(ReportDocument(findings))
    return lines.map(\.printable).joined(separator: "\n")
      + "\n\n\(report)\nmodel: \(path.printable)\n"
  }
}

/// The score of a forest by the rows that its trees did not draw.
private struct OutOfBagSummary: Encodable {
  let rows: Int
  let accuracy: Double
  let logLoss: Double

  private enum CodingKeys: String, CodingKey {
    case rows, accuracy
    case logLoss = "log_loss"
  }

  /// Nil where there is no such row.
  init?(_ outOfBag: OutOfBag) {
    guard outOfBag.scoredRows > 0 else { return nil }
    rows = outOfBag.scoredRows
    accuracy = outOfBag.accuracy
    logLoss = outOfBag.logLoss
  }

  var text: String {
    let (accuracy, logLoss) = (
      String(format: "%.5f", accuracy), String(format: "%.5f", logLoss)
    )
    return "out of bag: accuracy \(accuracy), log loss \(logLoss), over "
      + NumberText.counted(rows, "row", "rows")
  }
}
