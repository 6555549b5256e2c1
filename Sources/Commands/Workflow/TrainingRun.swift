import Evaluation
import FeatureExtraction
import FeatureTables
import Learning
import Models
import Reports

/// Trains on the divided rows, judges the model, writes it, and tells.
struct TrainingRun {
  let training: Training
  let rows: DividedTable
  let decision: DecisionPlan
  let readSeconds: Double
  let output: String
  let report: String?
  let console: Console
  let parallel: Parallel

  /// - Throws: `DataError`, `FitError`; nothing is written then.
  func run() throws -> TrainingSummary {
    try FlowTables.requireTwoClasses(rows.training)
    // What was kept stays worth telling until the model is written.
    defer { Interruption.say(nil) }
    let trained = try fit()
    if let warning = trained.warning { console.warn(warning) }
    let clock = ContinuousClock()
    let fitted = clock.now
    var model = try console.during("fitting on held-out folds") {
      try decision.apply(
        to: trained.model, training: training, rows: rows, parallel: parallel)
    }
    let start = clock.now
    let result = try rows.validation.map { validation in
      try console.during("evaluating") { try evaluate(model, on: validation) }
    }
    if let result {
      model.metrics = try result.metrics.forModel()
      model.training.account.drop(result.unscoredCount, as: "nonfinite_rows")
    }
    let evaluated = clock.now
    if let report, let result { try ReportFiles.write(result.metrics, to: report) }
    try ModelDocument.write(model, to: output)
    var timings = [
      "read": readSeconds, "prepare": trained.prepareSeconds, "fit": trained.fitSeconds,
      "evaluate": (evaluated - start) / .seconds(1),
      "write": (clock.now - evaluated) / .seconds(1),
    ]
    if decision.holdsOut { timings["hold_out"] = (start - fitted) / .seconds(1) }
    return TrainingSummary(
      model: model, path: output, rows: rows, result: result?.metrics,
      findings: try result?.metrics.findings
        ?? Honesty.findings(table: try model.view(of: rows.training)),
      outOfBag: trained.outOfBag, timings: timings)
  }

  private func fit() throws -> TrainedModel {
    let pace = PaceKeeper(unit: "trees")
    var judged = training
    judged.judgesOutOfBag = true
    judged.tellsStandardErrors = true
    judged.observe = { [console] in TrainingRun.follow($0, training.checkpoints, pace, console) }
    if let plan = training.checkpoints {
      Interruption.say(
        "interrupted; "
          + (plan.resumes ? "\(plan.path) is as it was" : "no checkpoint was written yet"))
    }
    return try console.during("fitting \(training.settings.learner.rawValue)", pace: pace) {
      [judged] in
      try judged.fit(
        rows.training, validation: rows.validation, split: rows.description, parallel: parallel)
    }
  }

  /// Passes on what a fit tells.
  private static func follow(
    _ event: TrainingEvent, _ plan: CheckpointPlan?, _ pace: PaceKeeper, _ console: Console
  ) {
    switch event {
    case .grown(let trees, let total): pace.report(trees, of: total)
    case .resumed(let trees):
      pace.begin(with: trees)
      console.note("resuming with \(NumberText.counted(trees, "tree", "trees"))")
    case .keeping: Interruption.beginWriting()
    case .kept(let trees):
      guard let plan else { return }
      Interruption.say(
        "interrupted; \(plan.path) holds \(NumberText.counted(trees, "tree", "trees"))\n"
          + "  help: the same call goes on from there with --resume")
    }
  }

  private func evaluate(
    _ model: Model, on validation: LabeledTable
  ) throws(DataError) -> (metrics: EvaluationResult, unscoredCount: Int) {
    let evaluation = try ModelEvaluation(of: model, on: validation, parallel: parallel)
    var result = evaluation.result
    result.findings = Honesty.findings(
      training: try model.view(of: rows.training), testing: evaluation.table,
      modelScore: result.balancedAccuracy, split: rows.split)
    return (result, evaluation.unscoredCount)
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
