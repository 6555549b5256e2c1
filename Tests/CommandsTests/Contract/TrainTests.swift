import Foundation
import TestSupport
import Testing

/// `train`: its JSON, its text, its options, and the same bytes each time.
struct TrainTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file(
      "flows.csv", SmallTables.generic(rows: 240, classes: ["Normal", "scan", "flood"]))
    model = folder.path("model.json")
  }

  private func train(_ options: [String], table: String? = nil) throws -> ToolResult {
    try Tool.flowmeter(["train", table ?? self.table, "-o", model] + options)
  }

  private func summary(_ options: [String], table: String? = nil) throws -> JSONObject {
    let result = try train(options + ["--json"], table: table)
    #expect(result.status == 0, "\(result.errors)")
    return try result.json()
  }

  @Test func json() throws {
    let summary = try summary(quickLearner)
    #expect(summary.text("model") == model)
    #expect(summary.text("learner") == "random-forest")
    #expect(summary.texts("classes") == ["normal", "flood", "scan"], "benign first, then by name")
    #expect((summary.number("rows") ?? 0) + (summary.number("validation_rows") ?? 0) == 240)
    #expect(summary.sum("class_counts") == summary.number("rows"))
    let timings = try #require(summary.object("timings"))
    #expect(timings.keys == ["read", "prepare", "fit", "evaluate", "write"])
    #expect(timings.keys.allSatisfy { (timings.number($0) ?? -1) >= 0 })
    #expect(summary.object("metrics")?.number("macro_f1") ?? 0 > 0.5)
  }

  @Test func textIsShort() throws {
    let result = try train(quickLearner)
    #expect(result.output.hasSuffix("model: \(model)\n"))
    #expect(result.lines.count < 60)
    #expect(result.output.contains("macro F1"))
  }

  /// Every value missing now and then in eighty columns: one line about it, not eighty.
  @Test func aWideTableIsNoPageOfNoise() throws {
    let names = (0..<80).map { "column\($0)" }
    var text = names.joined(separator: ",") + ",label\n"
    for row in 0..<160 {
      let cells = names.indices.map {
        ($0 + row) % 9 == 0 ? "NaN" : "\(row % 2 * 3 + ($0 * row) % 7)"
      }
      text += cells.joined(separator: ",") + (row % 2 == 0 ? ",benign\n" : ",attack\n")
    }
    let result = try train(quickLearner, table: try folder.file("wide.csv", text))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count < 60)
    #expect(result.lines.allSatisfy { $0.count < 250 }, "\(result.output)")
  }

  @Test(arguments: [
    ["--learner", "logistic-regression", "--set", "max_iterations=30"],
    ["--learner", "random-forest", "--set", "trees=7"],
    ["--learner", "gradient-boosting", "--set", "trees=7", "--set", "subsample=0.7"],
  ])
  func sameSeedSameBytes(_ learner: [String]) throws {
    var files: [[UInt8]] = []
    for options in [
      ["--threads", "1"], ["--threads", "2"], ["--threads", "2"], ["--seed", "8"],
    ] {
      #expect(try train(learner + options + ["--quiet"]).status == 0)
      files.append(try folder.bytes("model.json"))
    }
    #expect(files[0] == files[1] && files[1] == files[2])
    #expect(files[0] != files[3], "another seed sets other rows aside")
  }

  @Test func settingsOfBoostingReachTheModel() throws {
    let options = ["--binary", "--set", "trees=3", "--quiet"]
    let settings = [
      "sampling=goss", "top_rate=0.25", "other_rate=0.5",
      "monotone_constraints=size:+1,rate:-1",
    ]
    let result = try train(options + settings.flatMap { ["--set", $0] })
    #expect(result.status == 0, "\(result.errors)")
    let document = try JSONObject(String(decoding: folder.bytes("model.json"), as: UTF8.self))
    let kept = try #require(document.object("training")?.object("hyperparameters"))
    #expect(kept.text("sampling") == "goss" && kept.text("top_rate") == "0.25")
    #expect(kept.text("monotone_constraints") == "rate:-1,size:+1")
    let unknown = try train(options + ["--set", "monotone_constraints=frob:+1"])
    #expect(unknown.status == 64 && unknown.errors.contains("no column 'frob' among size, rate"))
    let three = try train(["--set", "trees=3", "--set", "monotone_constraints=size:+1"])
    #expect(three.status == 64 && three.errors.contains("more than two classes"))
    let tuned = try Tool.flowmeter([
      "tune", table, "-o", model, "--binary", "--folds", "2", "--set", "trees=3", "--quiet",
      "--try", "sampling=uniform,goss", "--try", "monotone_constraints=none,size:+1", "--json",
    ])
    #expect(tuned.status == 0, "\(tuned.errors)")
    #expect(try tuned.json().number("trials") == 4)
  }

  @Test func foldedClasses() throws {
    let binary = try summary(quickLearner + ["--binary"])
    #expect(binary.texts("classes") == ["benign", "malicious"])
    let counts = try #require(binary.object("class_counts"))
    #expect(counts.number("malicious") ?? 0 > counts.number("benign") ?? 0)
    let positive = try summary(quickLearner + ["--positive", "scan"])
    let swapped = try #require(positive.object("class_counts"))
    #expect(swapped.number("benign") ?? 0 > swapped.number("malicious") ?? 0)
    let unknown = try train(quickLearner + ["--positive", "worm"])
    unknown.expectError(64, naming: "worm", "the classes are")
    let named = try summary(quickLearner + ["--benign-class", "scan"])
    #expect(named.texts("classes") == ["normal", "scan", "flood"])
  }

  @Test func labelColumn() throws {
    let text = SmallTables.generic(rows: 120).split(separator: "\n").enumerated().map { row, line in
      row == 0 ? "verdict,\(line)" : (row % 3 == 0 ? "bad,\(line)" : "benign,\(line)")
    }
    let table = try folder.file("two.csv", text.joined(separator: "\n") + "\n")
    let summary = try summary(quickLearner + ["--label-column", "verdict"], table: table)
    #expect(summary.texts("classes") == ["benign", "bad"])
    let excluded = summary.objects("excluded").map { $0.text("name") }
    #expect(excluded.contains("label"), "another label column is no feature: \(excluded)")
    try train(["--label-column", "frob"]).expectError(
      65, naming: table.replacing("two", with: "flows"), "frob")
  }

  @Test func includedFeaturesAreRecorded() throws {
    let flows = try folder.file("own.csv", SmallTables.flows(rows: 120))
    func features() throws -> [String] {
      let result = try Tool.flowmeter(["inspect", model, "--json"]).json()
      return result.object("model")?.objects("features").compactMap { $0.text("name") } ?? []
    }
    #expect(try train(quickLearner + ["--quiet"], table: flows).status == 0)
    #expect(!(try features().contains("destination_port")))
    let included = try train(
      quickLearner + ["--include-feature", "destination_port", "--quiet"], table: flows)
    #expect(included.status == 0, "\(included.errors)")
    #expect(try features().contains("destination_port"))
    let used = try Tool.flowmeter(["classify", model, flows, "--quiet"])
    #expect(used.lines.count == 120, "the model asks for its column by itself: \(used.errors)")
  }

  @Test func includedFeaturesThatCannotBe() throws {
    let flows = try folder.file("own.csv", SmallTables.flows(rows: 40))
    for (name, words) in [("frob", "there is no such column"), ("end_time", "start_time")] {
      try train(quickLearner + ["--include-feature", name], table: flows)
        .expectError(64, naming: flows, words)
    }
  }

  @Test func validationByFile() throws {
    let other = try folder.file(
      "other.csv", SmallTables.generic(rows: 60, classes: ["Normal", "scan", "flood"], seed: 5))
    let summary = try summary(quickLearner + ["--validation", other])
    #expect(summary.number("rows") == 240 && summary.number("validation_rows") == 60)
    #expect(summary.text("split")?.contains(other) == true)
  }

  @Test func reportFolder() throws {
    let report = folder.path("report")
    #expect(try train(quickLearner + ["--report", report, "--quiet"]).status == 0)
    #expect(try folder.names().contains("report"))
    let inspected = try Tool.flowmeter(["inspect", "\(report)/report.json", "--json"]).json()
    #expect(inspected.text("kind") == "evaluation")
    #expect(FileManager.default.fileExists(atPath: "\(report)/report.md"))
  }

  /// A name of a class can hold anything; a terminal gets no control characters from it.
  @Test func hostileClassNames() throws {
    let escape = "\u{1B}[31mred"
    let table = try folder.file(
      "hostile.csv", SmallTables.generic(rows: 80, classes: ["benign", escape]))
    for result in [
      try train(quickLearner, table: table), try Tool.flowmeter(["inspect", table]),
      try Tool.flowmeter(["inspect", model]), try Tool.flowmeter(["evaluate", model, table]),
      try train(["--positive", "\u{1B}[2J"], table: table),
    ] {
      #expect(!(result.output + result.errors).contains("\u{1B}"))
    }
  }
}
