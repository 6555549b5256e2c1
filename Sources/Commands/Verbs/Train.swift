import ArgumentParser
import FeatureExtraction
import FeatureTables
import Learning

/// `flowmeter train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on labeled flows.",
    discussion: """
      Examples:
        flowmeter train friday.csv --learner random-forest -o model.json
        flowmeter train --benign office.pcap --malicious scans.pcap -o model.json
        flowmeter train friday.csv --calibrate platt --threshold fpr=0.001 -o m.json
        flowmeter train week.csv --checkpoint half.ckpt --resume -o m.json

      A part of the rows (--validation) judges the model and does not teach it. Where rows are \
      known to be of one connection they stay on one side.

      An interrupt leaves the last checkpoint, from which the same call goes on with --resume.
      """)

  @Argument(help: "Labeled tables, or captures with --label-rules.")
  var inputs: [String] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Write the model here.", valueName: "file"))
  var output: String

  @OptionGroup var learner: LearnerOptions
  @OptionGroup var validationOptions: ValidationOptions
  @OptionGroup var decision: DecisionOptions
  @OptionGroup(title: "Long fits") var longFit: LongFitOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var classes: ClassOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try input.validate(files: inputs)
    try longFit.validate(for: learner.learner, output: output)
    if output == "-" { throw ValidationError("--output takes a file: a model is written whole.") }
  }

  func run() throws {
    let settings = try learner.settings()
    let plan = try decision.plan(split: validationOptions.split)
    let start = ContinuousClock.now
    var training = Training(
      settings, nonfinite: input.table.nonfinite ?? .missing, seed: common.seed)
    try longFit.apply(to: &training, parallel: common.parallel)
    let table = try input.read(inputs, classes: classes, common: common)
    let rows = try validationOptions.divide(
      table, input: input, classes: classes, common: common)
    let run = TrainingRun(
      training: training, rows: rows, decision: plan,
      readSeconds: (ContinuousClock.now - start) / .seconds(1),
      output: output,
      report: validationOptions.report, console: common.console, parallel: common.parallel)
    try common.write(try run.run(), text: \.text)
  }
}

/// Which rows judge the model, and where the report goes.
struct ValidationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Set aside this share of the rows, or judge on this file.", valueName: "none|share|file"))
  var validation: ValidationPlan = .share(0.2)

  @Option(
    help: ArgumentHelp(
      "How rows are divided.", valueName: "grouped|time|stratified|random"))
  var split: SplitMethod = .grouped

  @Option(help: ArgumentHelp("Write the evaluation into this folder.", valueName: "folder"))
  var report: String?

  func validate() throws {
    if report != nil, case .none = validation {
      throw ValidationError("--report needs rows that judge; --validation none leaves none.")
    }
  }

  func divide(
    _ table: LabeledTable, input: InputOptions, classes: ClassOptions, common: CommonOptions
  ) throws -> DividedTable {
    try FlowTables.requireTrainable(table)
    return try DividedTable(
      table, plan: validation, method: split, seed: common.seed, parallel: common.parallel
    ) { path in
      try input.read([path], classes: classes, common: common)
    }
  }
}
