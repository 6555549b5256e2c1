import Foundation
import TestSupport
import Testing

/// `classify --explain` and `evaluate --importance`.
struct ExplainTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file(
      "flows.csv", SmallTables.generic(rows: 160, classes: ["benign", "scan", "flood"]))
    model = folder.path("model.json")
  }

  private func train(_ options: [String]) throws {
    let result = try Tool.flowmeter(["train", table, "-o", model, "--quiet"] + options)
    #expect(result.status == 0, "\(result.errors)")
  }

  /// With the baseline and the rest the named features add up to the margin.
  @Test(arguments: [
    ["--learner", "gradient-boosting", "--set", "trees=10", "--binary"],
    ["--learner", "logistic-regression", "--binary"],
  ])
  func contributionsAddUp(_ learner: [String]) throws {
    try train(learner)
    let result = try Tool.flowmeter(["classify", model, table, "--explain", "2", "--quiet"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.lines.count == 160)
    for line in result.lines {
      let verdict = try JSONObject(line)
      let explanation = try #require(verdict.object("explanation"))
      #expect(explanation.text("class") == "malicious" && explanation.text("space") == "margin")
      let features = explanation.objects("features")
      #expect(features.count == 2 && features.allSatisfy { $0.text("feature") != nil })
      let parts = features.compactMap { $0.number("contribution") }
      let sum = try parts.reduce(#require(explanation.number("baseline")), +)
      let margin = try sum + #require(explanation.number("rest"))
      let score = try #require(verdict.number("score"))
      #expect(abs(1 / (1 + exp(-margin)) - score) < 1e-9)
    }
  }

  /// With more classes the verdict is explained; a table has the same numbers in columns.
  @Test func theVerdictIsExplained() throws {
    try train(quickLearner)
    let lines = try Tool.flowmeter(["classify", model, table, "--explain", "1", "--quiet"]).lines
    let text = try Tool.flowmeter([
      "classify", model, table, "--explain", "1", "--quiet", "--format", "csv",
    ]).lines
    let header = text[0].split(separator: ",").map(String.init)
    #expect(
      header.suffix(6)
        == ["explained_class", "baseline", "feature_1", "value_1", "contribution_1", "rest"])
    for (line, row) in zip(lines, text.dropFirst()) {
      let verdict = try JSONObject(line)
      let explanation = try #require(verdict.object("explanation"))
      #expect(explanation.text("class") == verdict.text("verdict"))
      #expect(explanation.text("space") == "probability")
      let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      #expect(cells.count == header.count)
      #expect(cells[header.count - 6] == explanation.text("class"))
      // The reader of JSON that the test uses rounds in the last place.
      let rest = try #require(explanation.number("rest"))
      #expect(abs((Double(cells[header.count - 1]) ?? .nan) - rest) < 1e-12)
      #expect(cells[header.count - 4] == explanation.objects("features")[0].text("feature"))
    }
    let all = try Tool.flowmeter(["classify", model, table, "--explain", "500", "--quiet"])
    #expect(all.status == 0, "more than there are is all of them")
  }

  @Test func aModelWithoutCoversCannotBeExplained() throws {
    try train(quickLearner)
    var text = try #require(String(bytes: folder.bytes("model.json"), encoding: .utf8))
    text = text.replacing(/"cover": \[[^\]]*\]/) { match in
      match.output.replacing(/[0-9.]+/, with: "0")
    }
    text = text.replacing(/,\n  "digest": "[0-9a-f]*"/, with: "")
    let bare = try folder.file("bare.json", text)
    #expect(try Tool.flowmeter(["classify", bare, table, "--quiet"]).status == 0)
    try Tool.flowmeter(["classify", bare, table, "--explain", "1"])
      .expectError(65, naming: bare, "covers")
  }

  @Test func importance() throws {
    try train(quickLearner)
    let report = folder.path("report")
    let result = try Tool.flowmeter([
      "evaluate", model, table, "--importance", "--json", "--report", report,
    ]).json()
    let importances = try #require(result.object("importances"))
    #expect(importances.number("rows") == 160)
    #expect(importances.texts("targets") == ["benign", "flood", "scan"])
    let features = importances.objects("features")
    #expect(!features.isEmpty)
    #expect(abs(features.compactMap { $0.number("gain") }.reduce(0, +) - 1) < 1e-9)
    #expect(features.allSatisfy { $0.number("permutation") != nil })
    let inspected = try Tool.flowmeter(["inspect", "\(report)/report.json"])
    #expect(inspected.output.contains("Importance of features"), "the report keeps it")
    let text = try Tool.flowmeter(["evaluate", model, table, "--importance"]).output
    #expect(text.contains("Importance of features") && text.contains("shuffled"))
    #expect(try !Tool.flowmeter(["evaluate", model, table]).output.contains("Importance"))
  }
}
