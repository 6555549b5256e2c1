import Foundation
import TestSupport
import Testing

/// `evaluate`: its JSON, predictions, requirements, and tables that do not fit.
struct EvaluateTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file(
      "flows.csv", SmallTables.generic(rows: 240, classes: ["benign", "scan", "flood"]))
    model = folder.path("model.json")
    let trained = try Tool.flowmeter(["train", table, "-o", model, "--quiet"] + quickLearner)
    #expect(trained.status == 0, "\(trained.errors)")
  }

  private func evaluate(_ options: [String], table: String? = nil) throws -> ToolResult {
    try Tool.flowmeter(["evaluate", model, table ?? self.table] + options)
  }

  @Test func jsonHasEveryKeyOfTheContract() throws {
    let result = try evaluate(["--json"]).json()
    let keys: Set<String> = [
      "rows", "classes", "confusion_matrix", "accuracy", "balanced_accuracy", "macro_f1",
      "weighted_f1", "roc_auc", "average_precision", "log_loss", "brier_score",
      "matthews_correlation", "per_class", "recall", "precision", "f1", "false_positive_rate",
      "fpr", "data_reduction", "malicious_share_of_passed", "findings",
    ]
    #expect(result.keys.isSuperset(of: keys), "\(keys.subtracting(result.keys))")
    #expect(result.number("rows") == 240)
    #expect(result.texts("classes") == ["benign", "flood", "scan"])
    #expect(result.number("fpr") == result.number("false_positive_rate"))
    for scores in result.objects("per_class") {
      #expect(scores.keys == ["class", "precision", "recall", "f1", "support"])
    }
    #expect(result.objects("per_class").compactMap { $0.number("support") } == [80, 80, 80])
    for finding in result.objects("findings") {
      #expect(finding.keys == ["kind", "severity", "message", "evidence"])
    }
    let tool = try Tool.run(
      Tool.folder.appending(path: "Evaluate"), [model, table, "--json"], in: nil, input: nil)
    #expect(try evaluate(["--json"]).output == tool.output)
  }

  /// Predictions say the same as the scores: accuracy and recall are counted again.
  @Test func predictionsFile() throws {
    let path = folder.path("predictions.csv")
    let result = try evaluate(["--json", "--predictions", path]).json()
    let text = String(decoding: try folder.bytes("predictions.csv"), as: UTF8.self)
    let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(
      lines[0] == [
        "row", "label", "predicted", "probability:benign", "probability:flood", "probability:scan",
      ])
    let rows = lines.dropFirst()
    #expect(rows.map { $0[0] } == (0..<240).map { "\($0)" })
    let right = rows.count { $0[1] == $0[2] }
    #expect(abs((result.number("accuracy") ?? 0) - Double(right) / 240) < 1e-12)
    for row in rows {
      let probabilities = row[3...].compactMap { Double($0) }
      #expect(abs(probabilities.reduce(0, +) - 1) < 1e-9)
    }
    #expect(try evaluate(["--predictions", "-"]).output == text)
  }

  @Test func requirements() throws {
    let broken = try evaluate(["--require", "recall>=1.5", "--require", "fpr<=1", "--quiet"])
    #expect(broken.status == 1)
    #expect(broken.errors.contains("requirement recall>=1.5 does not hold: recall is"))
    #expect(!broken.errors.contains("fpr") && !broken.errors.contains("false_positive"))
    #expect(broken.output.contains("macro F1"), "the evaluation is told all the same")
    let kept = try evaluate(["--require", "recall>=0.1", "--require", "fpr < 1", "--quiet"])
    #expect(kept.status == 0 && kept.errors.isEmpty)
  }

  /// Every requirement is named with its interval, and with `--ci` a small table proves little.
  @Test func requirementsByInterval() throws {
    let claims = ["--require", "recall>=0.1", "--require", "fpr<=0.999", "--json", "--quiet"]
    let value = try evaluate(claims)
    #expect(value.status == 0)
    let told = try value.json().objects("requirements")
    #expect(told.compactMap { $0.text("requirement") }.count == 2)
    #expect(told.allSatisfy { $0.flag("holds") == true && $0.flag("by_interval") == false })
    let low = try #require(told[0].object("interval")?.number("low"))
    let recall = try #require(told[0].number("value"))
    #expect(low < recall)
    let between = "recall>=\((low + recall) / 2)"
    #expect(try evaluate(["--require", between, "--quiet"]).status == 0)
    let strict = try evaluate(["--require", between, "--ci", "--quiet"])
    #expect(strict.status == 1 && strict.errors.contains("its interval does not"))
    #expect(strict.output.contains("Requirements") && strict.output.contains("judged by"))
    #expect(try evaluate(["--ci"]).status == 64)
  }

  @Test func alertsPerDay() throws {
    let day = ["--flows-per-day", "1e6", "--prevalence", "0.001"]
    let result = try evaluate(day + ["--json"]).json()
    let alerts = try #require(result.object("alerts_per_day"))
    let recall = try #require(result.number("recall"))
    #expect(abs((alerts.object("true_alerts")?.number("value") ?? 0) - 1_000 * recall) < 1e-6)
    #expect(result.object("intervals")?.objects("metrics").count == 15)
    let written = try evaluate(day + ["--report", folder.path("day"), "--quiet"])
    #expect(written.output.contains("Alerts per day") && written.output.contains("95 % from"))
    for name in ["report.html", "report.md"] {
      let text = String(decoding: try folder.bytes("day/\(name)"), as: UTF8.self)
      #expect(text.contains("Alerts per day") && text.contains("95 % from"), "\(name)")
    }
    #expect(try evaluate(["--flows-per-day", "100"]).status == 64)
    #expect(try evaluate(["--flows-per-day", "100", "--prevalence", "1"]).status == 64)
  }

  @Test func aBinaryModelOnManyClasses() throws {
    let binary = try Tool.flowmeter(
      ["train", table, "-o", model, "--binary", "--quiet"] + quickLearner)
    #expect(binary.status == 0)
    let result = try evaluate(["--json"]).json()
    #expect(result.texts("classes") == ["benign", "malicious"])
    #expect(result.objects("per_class").compactMap { $0.number("support") } == [80, 160])
  }

  @Test func classesThatTheModelDoesNotKnow() throws {
    let other = try folder.file(
      "other.csv", SmallTables.generic(rows: 90, classes: ["benign", "scan", "worm"], seed: 3))
    let result = try evaluate(["--json", "--predictions", folder.path("p.csv")], table: other)
    #expect(result.status == 0, "\(result.errors)")
    let json = try result.json()
    #expect(json.number("rows") == 90)
    #expect(json.texts("classes")?.contains("worm") == true)
    let worm = json.objects("per_class").first { $0.text("class") == "worm" }
    #expect(worm?.number("support") == 30 && worm?.number("recall") == 0)
    #expect(String(decoding: try folder.bytes("p.csv"), as: UTF8.self).contains("\n2,worm,"))
    let known = try evaluate(["--json", "--training", table], table: other).json()
    #expect(known.findingKinds.contains("class_not_trained"))
  }

  @Test func tablesThatDoNotFit() throws {
    let text = SmallTables.generic(rows: 30)
    let other = try folder.file("other.csv", text.replacing("size,rate", with: "size,speed"))
    try evaluate([], table: other).expectError(65, naming: other, "missing: rate; extra: speed")
    try Tool.flowmeter(["classify", model, other]).expectError(65, naming: other, "missing: rate")
    let wider = try folder.file(
      "wider.csv",
      text.split(separator: "\n").enumerated().map { ($0 == 0 ? "more," : "\($0 % 7),") + $1 }
        .joined(separator: "\n"))
    #expect(try evaluate(["--quiet"], table: wider).status == 0, "columns beyond are no harm")
  }

  /// The columns of a CSV in other units or of another feature set are not those of the model.
  @Test func otherUnitsAndSetsAreRefused() throws {
    let capture = try folder.file("a.pcap", SmallCaptures.capture(flows: 30, payload: 50).pcap())
    let second = try folder.file("b.pcap", SmallCaptures.capture(flows: 30, payload: 5).pcap())
    let flows = folder.path("extracted.csv")
    #expect(
      try Tool.flowmeter(
        ["train", "--benign", capture, "--malicious", second, "-o", model, "--quiet"]
          + quickLearner
      ).status == 0)
    #expect(try Tool.flowmeter(["extract", capture, "-o", flows, "--quiet"]).status == 0)
    #expect(try Tool.flowmeter(["classify", model, flows, "--quiet"]).lines.count == 30)
    let sidecar = String(decoding: try folder.bytes("extracted.csv.meta.json"), as: UTF8.self)
    let changes = [
      ("\"microseconds\"", "\"milliseconds\"", "microseconds"),
      ("\"identifier\" : \"flowmeter2\"", "\"identifier\" : \"other\"", "other"),
    ]
    for (own, other, words) in changes {
      #expect(sidecar.contains(own))
      try folder.file("extracted.csv.meta.json", sidecar.replacing(own, with: other))
      try Tool.flowmeter(["classify", model, flows]).expectError(65, naming: flows, words)
    }
    let allowed = try Tool.flowmeter(
      ["classify", model, flows, "--allow-different-definitions", "--quiet"])
    #expect(allowed.lines.count == 30, "\(allowed.errors)")
  }

  @Test func aFeatureWithoutValuesIsWarnedOf() throws {
    let empty = try folder.file(
      "empty.csv", SmallTables.generic(rows: 60, classes: ["benign", "scan", "flood"], gapEvery: 1))
    for result in [try evaluate([], table: empty), try Tool.flowmeter(["classify", model, empty])] {
      #expect(result.status == 0)
      #expect(result.errors.contains("no row has a finite value of size"), "\(result.errors)")
    }
  }

  /// The report of both tools, whatever the number of threads.
  @Test func reportIsThreeFilesOfTheSameNumbers() throws {
    let names = ["report.html", "report.json", "report.md"]
    let first = try evaluate(["--report", folder.path("one"), "--threads", "1", "--quiet"])
    #expect(first.status == 0, "\(first.errors)")
    let second = try Tool.run(
      Tool.folder.appending(path: "Evaluate"),
      [model, table, "--report", folder.path("two"), "--threads", "3", "--quiet"], in: nil,
      input: nil)
    #expect(second.status == 0 && second.output == first.output)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("one")).sorted() == names)
    for name in names {
      #expect(try folder.bytes("one/\(name)") == folder.bytes("two/\(name)"), "\(name)")
    }
    let page = String(decoding: try folder.bytes("one/report.html"), as: UTF8.self)
    for part in ["class=\"verdict", "Confusion matrix", "Data reduction", "size", "Findings"] {
      #expect(page.contains(part), "\(part)")
    }
    let card = String(decoding: try folder.bytes("one/report.md"), as: UTF8.self)
    #expect(card.hasPrefix("# Model card: model.json"))
    let inspected = try Tool.flowmeter(["inspect", folder.path("one/report.json"), "--json"]).json()
    #expect(inspected.text("kind") == "evaluation")
  }

  @Test func thresholds() throws {
    let none = try evaluate(["--json", "--threshold", "1"]).json()
    let all = try evaluate(["--json", "--threshold", "0"]).json()
    #expect(all.number("recall") == 1 && all.number("fpr") == 1)
    #expect(none.number("recall") ?? 1 < 1)
  }
}
