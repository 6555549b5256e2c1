import ArgumentParser
import Evaluation
import FeatureTables
import Learning
import Reports

/// `flowmeter tune`.
struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Search for good hyperparameters and train a model with the best.",
    discussion: """
      Examples:
        flowmeter tune friday.csv --trials 30 -o model.json
        flowmeter tune friday.csv --try trees=50,100 --try leaves=7,31 -o m.json

      Every trial is cross-validated on the rows that teach; the rows set aside (--validation) \
      judge the best one only.
      """)

  @Argument(help: "Labeled tables, or captures with --label-rules.")
  var inputs: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the model here.", valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Try so many random combinations (count); without it all of a grid.", valueName: "count"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "Search the grid of the original FlowMeter: logistic regression, 10 folds, ROC AUC.",
      valueName: "flowmeter"))
  var preset: SearchPreset?

  @Option(
    name: .customLong("try"),
    help: ArgumentHelp(
      "Values to try for a hyperparameter (repeatable), in place of the standard search.",
      valueName: "name=value,value,..."))
  var tried: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Try all combinations on a small part of the rows, the best third of them on three times as "
        + "many, and so on; the last on all."))
  var halving = false

  @Option(help: ArgumentHelp("Cross-validate each trial with so many folds.", valueName: "count"))
  var folds: Int?

  @Option(
    help: ArgumentHelp("Choose the trial that is best by this metric.", valueName: "metric"))
  var metric: Metric?

  @Option(help: ArgumentHelp("Write the table of trials here, as CSV.", valueName: "file"))
  var trialsFile: String?

  @OptionGroup var learner: LearnerOptions
  @OptionGroup var validationOptions: ValidationOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var classes: ClassOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try input.validate(files: inputs)
    if output == "-" { throw ValidationError("--output takes a file: a model is written whole.") }
    if let trials, trials < 1 {
      throw ValidationError("--trials takes a count of at least 1, not \(trials).")
    }
    if let folds, folds < 2 {
      throw ValidationError("--folds takes a count of at least 2, not \(folds).")
    }
    if preset != nil, trials != nil || !tried.isEmpty {
      throw ValidationError("--preset is a grid of its own; leave out --trials and --try.")
    }
  }

  func run() throws {
    let plan = try decision.plan(split: validationOptions.split)
    let start = ContinuousClock.now
    let table = try input.read(inputs, classes: classes, common: common)
    let rows = try validationOptions.divide(
      table, input: input, classes: classes, common: common)
    let readSeconds = (ContinuousClock.now - start) / .seconds(1)
    let search = try SearchWorkflow(
      plan: SearchPlan(
        base: try learner.settings(), preset: preset, trials: trials, tried: tried,
        folds: folds, metric: metric, split: validationOptions.split, halving: halving),
      nonfinite: input.table.nonfinite ?? .missing, seed: common.seed, rows: rows.training,
      console: common.console, parallel: common.parallel)
    let searchStart = ContinuousClock.now
    let found = try search.run()
    let searchSeconds = (ContinuousClock.now - searchStart) / .seconds(1)
    if let trialsFile { try found.result.writeCSV(to: trialsFile) }
    let run = TrainingRun(
      training: Training(
        found.settings, nonfinite: input.table.nonfinite ?? .missing, seed: common.seed),
      rows: rows, decision: plan, readSeconds: readSeconds, output: output,
      report: validationOptions.report,
      console: common.console, parallel: common.parallel)
    var summary = try run.run()
    summary.timings["search"] = searchSeconds
    try common.write(TuningSummary(search: found, training: summary), text: \.text)
  }
}

extension Metric: ExpressibleByArgument {}

/// What `tune` says in the end: the best trial and the model made with it.
struct TuningSummary: Encodable {
  let search: SearchWorkflow.Found
  let training: TrainingSummary

  private enum CodingKeys: String, CodingKey {
    case best, trials, objective
    case bestScore = "best_score"
  }

  func encode(to encoder: any Encoder) throws {
    try training.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(search.settings.printed, forKey: .best)
    try container.encode(search.result.best?.meanScore, forKey: .bestScore)
    try container.encode(search.result.objective.name, forKey: .objective)
    try container.encode(search.result.trials.count, forKey: .trials)
  }

  var text: String {
    let objective = search.result.objective.name
    let score = NumberText.score(search.result.best?.meanScore)
    let best = search.result.best?.hyperparameters.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    return """
      \(search.result.trials.count) trials; best mean \(objective) \(score): \(best ?? "")

      """ + training.text
  }
}
