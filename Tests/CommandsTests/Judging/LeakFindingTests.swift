import Foundation
import TestSupport
import Testing

/// What makes scores too good to be true is found by `crossval` and by `evaluate`.
struct LeakFindingTests {
  private let folder: TemporaryFolder
  private let flows: String

  init() throws {
    folder = try TemporaryFolder()
    flows = try folder.file("flows.csv", SmallTables.flows(rows: 240))
  }

  private func crossval(_ file: String, _ options: [String] = []) throws -> JSONObject {
    let result = try Tool.flowmeter(
      ["crossval", file, "--folds", "3", "--json"] + quickLearner + options)
    #expect(result.status == 0, "\(result.errors)")
    return try result.json()
  }

  /// Trains on one table and evaluates on another.
  private func evaluate(
    _ training: String, on test: String, training options: [String] = [], _ more: [String] = []
  ) throws -> JSONObject {
    let model = folder.path("model.json")
    let trained = try Tool.flowmeter(
      ["train", training, "-o", model, "--validation", "none", "--quiet"] + quickLearner + options)
    #expect(trained.status == 0, "\(trained.errors)")
    let result = try Tool.flowmeter(["evaluate", model, test, "--json", "--quiet"] + more)
    #expect(result.status == 0, "\(result.errors)")
    return try result.json()
  }

  @Test func splitsAreGroupedByDefault() throws {
    let result = try crossval(flows)
    #expect(result.object("split")?.text("kind") == "grouped")
    #expect(
      result.findingKinds.isDisjoint(with: [
        "random_split", "connection_across_split", "duplicate_rows",
      ]))
    let model = folder.path("model.json")
    let trained = try Tool.flowmeter(["train", flows, "-o", model, "--json"] + quickLearner).json()
    #expect(trained.text("split")?.contains("Rows of one connection") == true)
    #expect(trained.text("split")?.contains("60 groups of 240 rows") == true)
  }

  @Test(arguments: ["random", "stratified"]) func randomSplits(_ split: String) throws {
    let kinds = try crossval(flows, ["--split", split]).findingKinds
    #expect(kinds.isSuperset(of: ["random_split", "connection_across_split"]), "\(kinds)")
  }

  @Test func rowsOfOneConnectionInTrainingAndTest() throws {
    let lines = try String(contentsOfFile: flows, encoding: .utf8).split(separator: "\n")
    let halves = [0, 1].map { half in
      ([lines[0]] + lines.dropFirst().enumerated().filter { $0.offset % 2 == half }.map(\.element))
        .joined(separator: "\n") + "\n"
    }
    let training = try folder.file("training.csv", halves[0])
    let test = try folder.file("test.csv", halves[1])
    for more in [["--training", training], []] {
      let kinds = try evaluate(training, on: test, more).findingKinds
      #expect(kinds.contains("connection_across_split"), "\(more) \(kinds)")
      #expect(!kinds.contains("duplicate_rows"), "\(more) \(kinds)")
    }
  }

  @Test func rowsOnBothSides() throws {
    let table = try folder.file("table.csv", SmallTables.generic(rows: 120))
    for more in [["--training", table], []] {
      let kinds = try evaluate(table, on: table, more).findingKinds
      #expect(kinds.contains("duplicate_rows"), "\(more) \(kinds)")
    }
    let other = try folder.file("other.csv", SmallTables.generic(rows: 120, seed: 2))
    #expect(!(try evaluate(table, on: other).findingKinds.contains("duplicate_rows")))

    let text = try String(contentsOfFile: table, encoding: .utf8)
    let doubled = try folder.file(
      "doubled.csv", text + text.split(separator: "\n").dropFirst().joined(separator: "\n") + "\n")
    #expect(!(try crossval(doubled).findingKinds.contains("duplicate_rows")))
    #expect(
      try crossval(doubled, ["--split", "random"]).findingKinds.contains("duplicate_rows"))
  }

  @Test(arguments: [
    ("source_port", "identifier_feature"), ("start_time", "timestamp_feature"),
  ])
  func identityAsFeature(_ column: String, _ kind: String) throws {
    let options = ["--include-feature", column]
    #expect(!(try crossval(flows).findingKinds.contains(kind)))
    #expect(try crossval(flows, options).findingKinds.contains(kind))
    #expect(try evaluate(flows, on: flows, training: options).findingKinds.contains(kind))
  }

  @Test func onePerfectFeature() throws {
    var lines = SmallTables.generic(rows: 160).split(separator: "\n").map(String.init)
    lines[0] = "oracle," + lines[0]
    for row in 1..<lines.count {
      lines[row] = (lines[row].hasSuffix("attack") ? "7.\(row)," : "2.\(row),") + lines[row]
    }
    let table = try folder.file("perfect.csv", lines.joined(separator: "\n") + "\n")
    for result in [try crossval(table), try evaluate(table, on: table)] {
      let finding = result.objects("findings").first { $0.text("kind") == "perfect_feature" }
      #expect(finding?.text("message")?.contains("'oracle'") == true)
    }
    #expect(
      !(try crossval(try folder.file("plain.csv", SmallTables.generic(rows: 160))))
        .findingKinds.contains("perfect_feature"))
  }

  @Test func foldsInOrderOfTime() throws {
    let result = try crossval(flows, ["--split", "time"])
    #expect(result.object("split")?.text("kind") == "time")
    let rows = result.objects("folds").compactMap { $0.number("training_rows") }
    #expect(rows.count > 1 && rows == rows.sorted())
    #expect(!result.findingKinds.contains("training_after_test"))
  }

  /// A model that no row judged still gets the findings of its training rows.
  @Test func findingsWithoutValidation() throws {
    let model = folder.path("model.json")
    let call = [
      "train", flows, "-o", model, "--validation", "none", "--include-feature", "start_time",
    ]
    let json = try Tool.flowmeter(call + quickLearner + ["--json"]).json()
    #expect(json.findingKinds.contains("timestamp_feature"))
    #expect(json.object("metrics") == nil)
    let text = try Tool.flowmeter(call + quickLearner).output
    #expect(text.contains("[timestamp_feature]"))
  }
}
