import ArgumentParser
import FeatureExtraction
import FeatureTables
import Models

/// `flowmeter classify`.
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give a verdict on every flow.",
    discussion: """
      Examples:
        flowmeter classify model.json today.pcap -o verdicts.jsonl
        flowmeter classify model.json flows.csv --format csv | head
        flowmeter classify model.json today.pcap --explain 3 -o verdicts.jsonl

      Captures are metered as those that the model was trained on. One verdict a flow, in the \
      order of the input; labels are not needed.
      """)

  @Argument(help: "The model.")
  var model: String

  @Argument(help: "Captures or tables.")
  var inputs: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write verdicts here; '-' is standard output.", valueName: "file"))
  var output = "-"

  @Option(help: ArgumentHelp("How verdicts are written.", valueName: "jsonl|csv"))
  var format: VerdictFormat = .jsonl

  @Option(
    help: ArgumentHelp(
      "Raise an alarm from this malicious score on (0 to 1), in place of the model's rule.",
      valueName: "score"))
  var threshold: Double?

  @Option(
    help: ArgumentHelp(
      "Name the features that contribute most to each verdict (count), with what each adds.",
      discussion: "Contributions are Shapley values: with the baseline and the rest they add up to "
        + "the margin (logistic regression, gradient boosting) or the probability (random forest) "
        + "of the explained class, which is the second of two and the verdict among more, before "
        + "any calibration.",
      valueName: "count"))
  var explain: Int?

  @Flag(help: "Take columns of another feature set that have the same names and units.")
  var allowDifferentDefinitions = false

  @OptionGroup(title: "Tables") var table: TableOptions
  @OptionGroup(title: "Captures") var capture: CaptureOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold takes a number from 0 to 1, not \(threshold).")
    }
    if let explain, explain < 1 {
      throw ValidationError("--explain takes a count of at least 1, not \(explain).")
    }
    if common.json, output == "-" {
      throw ValidationError("--json needs --output: standard output would hold two things.")
    }
  }

  func run() throws {
    let plan = explain.map { Verdicts.ExplanationPlan(count: $0, modelFile: self.model) }
    var model = try ModelDocument(path: model, parallel: common.parallel).model
    if let threshold { model.threshold = Threshold(.fixed, value: threshold) }
    var reading = table.readingOptions()
    reading.prepare(for: model)
    reading.keepsUnlabeledRows = true
    let input = InputReader(capture: capture, pinned: model.flowSettings, common: common)
    let flows = try input.read(inputs, reading: reading)
    let takesOthers = model.takes(flows, whateverIsDefined: allowDifferentDefinitions)
    let verdicts = try common.console.during("classifying") {
      try Verdicts(
        on: flows, by: model, explaining: plan, allowingDifferentDefinitions: takesOthers,
        parallel: common.parallel)
    }
    common.console.warnOfEmptyColumns(
      try model.inputMatrix(of: flows, allowingDifferentDefinitions: takesOthers))
    try verdicts.write(to: output, format: format)
    if common.json {
      try common.write(verdicts.summary) { _ in "" }
    } else {
      common.console.note(verdicts.summary.text)
    }
  }
}
