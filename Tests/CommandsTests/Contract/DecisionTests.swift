import TestSupport
import Testing

/// `train --calibrate` and `train --threshold`, and what uses the model afterwards.
struct DecisionTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file(
      "flows.csv", SmallTables.generic(rows: 300, classes: ["benign", "scan", "flood"]))
    model = folder.path("model.json")
  }

  private func train(_ options: [String]) throws -> ToolResult {
    try Tool.flowmeter(["train", table, "-o", model] + quickLearner + options)
  }

  @Test(arguments: ["platt", "isotonic"], [[], ["--binary"]])
  func calibrated(_ method: String, _ folding: [String]) throws {
    let result = try train(["--calibrate", method, "--json"] + folding)
    #expect(result.status == 0, "\(result.errors)")
    let summary = try result.json()
    #expect(summary.text("calibration")?.hasPrefix("\(method) (240 rows held out") == true)
    #expect(summary.object("timings")?.number("hold_out") != nil)
    let inspected = try Tool.flowmeter(["inspect", model, "--json"]).json()
    #expect(inspected.object("model")?.text("learner") == "random-forest")
    #expect(inspected.object("model")?.number("trees") == 5)
    #expect(try Tool.flowmeter(["inspect", model]).output.contains("calibration: \(method)"))
    // Every verb that predicts takes the model, and probabilities still sum to one.
    #expect(try Tool.flowmeter(["evaluate", model, table]).status == 0)
    let verdicts = try Tool.flowmeter(["classify", model, table, "--explain", "1", "--quiet"])
    #expect(verdicts.lines.count == 300)
    for line in verdicts.lines {
      #expect(abs(try JSONObject(line).sum("probabilities") - 1) < 1e-9)
    }
  }

  @Test(arguments: [
    ("fpr=0.1", "false-positive-rate", "false_positive_rate"), ("f1", "best-f-score", "f_score"),
    ("cost=5", "cost-ratio", "cost_per_flow"),
    ("alerts-per-day=100,flows-per-day=500,prevalence=0.1", "alerts-per-day", "alerts_per_day"),
  ])
  func chosenThreshold(_ rule: String, _ method: String, _ measure: String) throws {
    let result = try train(["--threshold", rule, "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let threshold = try #require(try result.json().object("threshold"))
    #expect(threshold.text("method") == method)
    let value = try #require(threshold.number("value"))
    #expect((0...1).contains(value))
    let measured = try #require(threshold.objects("measured").first)
    #expect(measured.text("name") == measure)
    if rule == "fpr=0.1" { #expect(measured.number("value") ?? 1 <= 0.1) }
    let text = try Tool.flowmeter(["inspect", model]).output
    #expect(text.contains("alarm: from score \(value)") && text.contains("95 % interval"))
    // The alarm follows from it.
    for line in try Tool.flowmeter(["classify", model, table, "--quiet"]).lines {
      let verdict = try JSONObject(line)
      let isAlarm = verdict.number("score") ?? 0 >= value
      #expect(verdict.flag("alarm") == isAlarm)
    }
  }

  @Test func sameSeedSameBytes() throws {
    var files: [[UInt8]] = []
    for threads in ["1", "2"] {
      let result = try train([
        "--calibrate", "isotonic", "--threshold", "f1", "--threads", threads, "--quiet",
      ])
      #expect(result.status == 0, "\(result.errors)")
      files.append(try folder.bytes("model.json"))
    }
    #expect(files[0] == files[1])
  }

  @Test func aThresholdByHand() throws {
    let threshold = try #require(
      try train(["--threshold", "0.4", "--json"]).json().object("threshold"))
    #expect(threshold.text("method") == "fixed" && threshold.number("value") == 0.4)
  }

  @Test func clearErrors() throws {
    try train(["--threshold", "often"]).expectError(64, naming: "--threshold often", "is no rule")
    try train(["--threshold", "fpr=2"]).expectError(64, naming: "--threshold fpr=2", "bounds")
    let folds = try train(["--held-out-folds", "1"])
    #expect(folds.status == 64 && folds.errors.contains("--held-out-folds"))
    let few = try folder.file("few.csv", SmallTables.generic(rows: 8))
    try Tool.flowmeter(
      ["train", few, "-o", model, "--calibrate", "platt", "--held-out-folds", "20"] + quickLearner
    ).expectError(65, naming: few, "fewer folds")
  }
}
