import ArgumentParser
import Evaluation
import FeatureExtraction
import FeatureTables
import Learning
import Models
import Reports

/// `flowmeter crossval`.
struct CrossValidate: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "crossval",
    abstract: "Estimate by cross-validation what a learner makes of labeled flows.",
    discussion: """
      Examples:
        flowmeter crossval friday.csv --learner random-forest --folds 5
        flowmeter crossval week.csv --split time --set trees=300 --json

      Rows of one connection, and equal rows, stay in one fold unless --split says otherwise.
      """)

  @Argument(help: "Labeled tables, or captures with --label-rules.")
  var inputs: [String] = []

  @Option(help: ArgumentHelp("Divide the rows into so many folds (count).", valueName: "count"))
  var folds = 10

  @Option(help: ArgumentHelp("Divide anew so many times (count).", valueName: "count"))
  var repeats = 1

  @Option(
    help: ArgumentHelp("How rows are divided.", valueName: "grouped|time|stratified|random"))
  var split: SplitMethod = .grouped

  @Option(help: ArgumentHelp("Write the result into this folder.", valueName: "folder"))
  var report: String?

  @OptionGroup var learner: LearnerOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var classes: ClassOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try input.validate(files: inputs)
    if folds < 2 { throw ValidationError("--folds takes a count of at least 2, not \(folds).") }
    if repeats < 1 {
      throw ValidationError("--repeats takes a count of at least 1, not \(repeats).")
    }
    if repeats > 1, split == .time {
      throw ValidationError("--repeats does not go with --split time: there is one order in time.")
    }
  }

  func run() throws {
    let training = Training(
      try learner.settings(), nonfinite: input.table.nonfinite ?? .missing, seed: common.seed)
    let table = try input.read(inputs, classes: classes, common: common)
    try FlowTables.requireTrainable(table)
    let division = try Split.folds(
      table, method: split, count: folds, repetitions: repeats, seed: common.seed,
      parallel: common.parallel)
    let result = try common.console.during("cross-validating") {
      try CrossValidationWorkflow(training: training, table: table, parallel: common.parallel)
        .run(division)
    }
    common.console.noteUnscored(result.unscoredCount(of: division))
    if let report { try ReportFiles.write(result, to: report) }
    try common.write(result) { $0.text }
  }
}
