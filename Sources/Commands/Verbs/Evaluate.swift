import ArgumentParser
import Evaluation
import FeatureExtraction
import FeatureTables
import Foundation
import Models
import Reports

/// `flowmeter evaluate`, and the tool `Evaluate`.
public struct Evaluate: ParsableCommand {
  /// Name, help and worked examples.
  public static let configuration = CommandConfiguration(
    abstract: "Say what a model is worth on labeled flows.",
    discussion: """
      Examples:
        flowmeter evaluate model.json thursday.csv --report report
        flowmeter evaluate model.json new.pcap --label-rules new.rules.yaml \\
          --require 'recall>=0.99' --require 'fpr<=0.001'
        flowmeter evaluate model.json thursday.csv --on friday.csv

      Ends with exit code 1 where a requirement does not hold; with --ci the unfavorable end of its \
      95 % interval must hold, too. --training names the tables that \
      the model was trained on, to look for rows on both sides; without it the fingerprints in \
      the model serve.
      """)

  @Argument(help: "The model.")
  var model: String

  @Argument(help: "Labeled tables, or captures with --label-rules.")
  var inputs: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The tables that the model was trained on.", valueName: "table"))
  var training: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write report.html, report.json and a model card, report.md, into this folder.",
      discussion: "The report measures importance on at most 2,000 of the rows; with "
        + "--importance on more.", valueName: "folder"))
  var report: String?

  @Option(
    name: .customLong("on"),
    help: ArgumentHelp(
      "Evaluate on this file, too, and show its scores beside the first (repeatable).",
      discussion: "Columns are found by name; a requirement is about the first.",
      valueName: "other"))
  var others: [String] = []

  @Option(help: ArgumentHelp("Write one line a row with its probabilities.", valueName: "file"))
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "Raise an alarm from this malicious score on (0 to 1), in place of the model's rule.",
      valueName: "score"))
  var threshold: Double?

  @Flag(
    help: ArgumentHelp(
      "Measure how much each feature matters: by gain, by shuffling it, and by its contributions.",
      discussion: "Shuffling and contributions are measured on at most 10,000 of the rows."))
  var importance = false

  @Flag(help: "Take columns of another feature set that have the same names and units.")
  var allowDifferentDefinitions = false

  @OptionGroup(title: "Claims") var claims: ClaimOptions
  @OptionGroup var input: InputOptions
  @OptionGroup var classes: ClassOptions
  @OptionGroup var common: CommonOptions

  /// Without arguments; parsing fills them in.
  public init() {}

  /// - Throws: `ValidationError` for arguments that do not go together.
  public func validate() throws {
    try input.validate(files: inputs)
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold takes a number from 0 to 1, not \(threshold).")
    }
    if common.json, predictions == "-" {
      throw ValidationError("--json and --predictions - would both write to standard output.")
    }
  }

  /// - Throws: `DataError`; `ExitCode` 1 where a requirement does not hold.
  public func run() throws {
    let requirements = try claims.parsedRequirements()
    var model = try ModelDocument(path: model, parallel: common.parallel).model
    if let threshold { model.threshold = Threshold(.fixed, value: threshold) }
    var evaluation = try evaluate(model)
    claims.judge(&evaluation.result, evaluation.rows, requirements, common: common)
    if let predictions { try PredictionsFile.write(evaluation.rows, of: model, to: predictions) }
    let others = try others.map { try evaluate(model, onOther: $0) }
    if let report { try write(evaluation, others: others, of: model, to: report) }
    if predictions != "-" {
      try common.write(EvaluationWithOthers(evaluation.result, others: others)) { $0.text }
    }
    let broken = evaluation.result.requirements.filter { !$0.holds }
    for outcome in broken { Console.fail("requirement \(outcome)") }
    if !broken.isEmpty { throw ExitCode(1) }
  }

  private func evaluate(_ model: Model) throws -> (rows: ModelEvaluation, result: EvaluationResult)
  {
    try evaluate(model, on: try read(inputs, for: model))
  }

  private func evaluate(_ model: Model, onOther file: String) throws -> OtherEvaluation {
    let table = try read([file], for: model)
    let evaluation = try evaluate(model, on: table)
    let known = Set(model.inputSchema.features.map(\.name))
    return OtherEvaluation(
      data: (file as NSString).lastPathComponent,
      surplusColumns: table.matrix.schema.features.map(\.name).filter { !known.contains($0) },
      result: evaluation.result)
  }

  private func evaluate(
    _ model: Model, on table: LabeledTable
  ) throws -> (rows: ModelEvaluation, result: EvaluationResult) {
    let rows = try common.console.during("evaluating") {
      try ModelEvaluation(
        of: model, on: table,
        allowingDifferentDefinitions: model.takes(
          table, whateverIsDefined: allowDifferentDefinitions),
        parallel: common.parallel)
    }
    common.console.noteUnscored(rows.unscoredCount)
    common.console.warnOfEmptyColumns(rows.table.matrix)
    var result = rows.result
    result.findings = try findings(on: rows.table, model: model, score: result.balancedAccuracy)
    result.drift = Drift(of: model, on: rows.table, parallel: common.parallel)
    result.findings += shift(result, from: model, on: rows.table)
    if importance { result.importances = try importances(of: model, on: rows.table) }
    return (rows, result)
  }

  /// What has changed since training, as far as the model itself can tell.
  private func shift(
    _ result: EvaluationResult, from model: Model, on table: LabeledTable
  ) -> [Finding] {
    let mix = ClassMix(of: model, labels: table.labels)
    return (training.isEmpty ? mix.classFindings : [])
      + mix.balanceFindings(result, benign: model.benign.union(table.labels.benign))
      + (result.drift?.findings ?? [])
  }

  private func importances(
    of model: Model, on table: LabeledTable
  ) throws(DataError) -> FeatureImportances {
    try common.console.during("measuring importance") { () throws(DataError) in
      try FeatureImportances(
        of: model, on: table, seed: common.seed, file: self.model, parallel: common.parallel)
    }
  }

  private func write(
    _ evaluation: (rows: ModelEvaluation, result: EvaluationResult),
    others: [OtherEvaluation], of model: Model, to folder: String
  ) throws(DataError) {
    var result = evaluation.result
    if result.importances == nil {
      let table = EvaluationReport.sample(of: evaluation.rows.table, seed: common.seed)
      result.importances = try importances(of: model, on: table)
    }
    try common.console.during("drawing the report") { () throws(DataError) in
      let report = EvaluationReport(
        of: model, file: self.model, rows: evaluation.rows, result: result,
        others: others, parallel: common.parallel)
      try ReportFiles.write(report, to: folder)
    }
  }

  private func read(_ files: [String], for model: Model) throws -> LabeledTable {
    var reading = input.table.readingOptions(
      areFolded: classes.areFolded || model.knowsTwoSidesOnly)
    reading.prepare(for: model)
    let table = try input.read(
      files, pinned: model.flowSettings, reading: reading, common: common)
    return try classes.apply(to: table)
  }

  private func findings(
    on tested: LabeledTable, model: Model, score: Double?
  ) throws -> [Finding] {
    guard training.isEmpty else {
      let table = try read(training, for: model)
      let learned = try model.view(
        of: table,
        allowingDifferentDefinitions: model.takes(
          table, whateverIsDefined: allowDifferentDefinitions))
      return Honesty.findings(
        training: learned, testing: tested, modelScore: score, split: SplitDescription(.separate))
    }
    return Honesty.findings(
      fingerprints: TrainingFingerprints(
        rows: model.training.rowFingerprints,
        connections: model.training.connectionFingerprints),
      testing: tested, modelScore: score)
  }
}

extension TableReadingOptions {
  /// Reads columns that the model takes although they are left out by default, and leaves values
  /// that are not finite to the model's own policy.
  mutating func prepare(for model: Model) {
    nonfinite = .missing
    schema = model.inputSchema
  }
}
