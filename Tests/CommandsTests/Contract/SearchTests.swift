import TestSupport
import Testing

/// `tune` and `crossval`.
struct SearchTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file("flows.csv", SmallTables.generic(rows: 120))
    model = folder.path("model.json")
  }

  private func tune(_ options: [String]) throws -> ToolResult {
    try Tool.flowmeter(["tune", table, "-o", model, "--folds", "3", "--quiet"] + options)
  }

  @Test func aGrid() throws {
    let trials = folder.path("trials.csv")
    let result = try tune([
      "--learner", "random-forest", "--try", "trees=2,4", "--try", "depth=1,3", "--json",
      "--trials-file", trials,
    ])
    #expect(result.status == 0, "\(result.errors)")
    let json = try result.json()
    #expect(json.number("trials") == 4 && json.text("objective") == "roc_auc")
    let best = try #require(json.object("best"))
    #expect(["2", "4"].contains(best.text("trees")) && ["1", "3"].contains(best.text("depth")))
    #expect(json.object("timings")?.number("search") ?? 0 > 0)
    let lines = String(decoding: try folder.bytes("trials.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 5)
    #expect(lines[0].prefix(5) == ["trial", "rank", "trees", "depth", "mean_roc_auc"])
    // The best trial is the one that the model was made with.
    let first = try #require(lines.dropFirst().first { $0[1] == "1" })
    #expect(best.text("trees") == String(first[2]) && best.text("depth") == String(first[3]))
    #expect(abs((Double(first[4]) ?? 0) - (json.number("best_score") ?? -1)) < 1e-12)
  }

  @Test func randomTrialsDependOnTheSeedOnly() throws {
    let options = [
      "--learner", "random-forest", "--try", "trees=1,2,3,4", "--try", "depth=1,2,3,4",
      "--trials", "3",
    ]
    var files: [[UInt8]] = []
    for threads in ["1", "2"] {
      #expect(try tune(options + ["--threads", threads]).status == 0)
      files.append(try folder.bytes("model.json"))
    }
    #expect(files[0] == files[1])
  }

  @Test func halvingTriesFewOnAllRows() throws {
    let larger = try folder.file("larger.csv", SmallTables.generic(rows: 900))
    let trials = folder.path("trials.csv")
    let result = try Tool.flowmeter([
      "tune", larger, "-o", model, "--folds", "3", "--quiet", "--halving", "--json", "--learner",
      "random-forest", "--try", "trees=1,2,3", "--try", "depth=1,2,3", "--trials-file", trials,
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(try result.json().number("trials") == 9)
    let lines = String(decoding: try folder.bytes("trials.csv"), as: UTF8.self)
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines[0].last == "row_share")
    #expect(lines.dropFirst().count { $0.last == "1.0" } == 3)
  }

  @Test func theGridOfTheOriginal() throws {
    let result = try tune(["--preset", "flowmeter", "--json"])
    #expect(result.status == 0, "\(result.errors)")
    let json = try result.json()
    #expect(json.text("learner") == "logistic-regression")
    #expect(json.number("trials") == 120)
  }

  @Test func wrongSearches() throws {
    let unknown = try tune(["--learner", "random-forest", "--try", "frob=1"])
    #expect(unknown.status == 64 && unknown.errors.contains("trees, depth"))
    let wrong = try tune(["--learner", "random-forest", "--try", "trees=many"])
    #expect(wrong.status == 64)
    #expect(try folder.names() == ["flows.csv"])
  }

  @Test func crossvalText() throws {
    let result = try Tool.flowmeter(
      ["crossval", table, "--folds", "3", "--repeats", "2"] + quickLearner)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("95 % interval"))
    #expect(result.output.contains("2.3"), "the third fold of the second repetition")
  }

  @Test func crossvalJSON() throws {
    let json = try Tool.flowmeter(
      ["crossval", table, "--folds", "4", "--json"] + quickLearner
    ).json()
    let folds = json.objects("folds")
    #expect(folds.count == 4)
    #expect(folds.compactMap { $0.object("evaluation")?.number("rows") }.reduce(0, +) == 120)
    for fold in folds {
      let tested = fold.object("evaluation")?.number("rows") ?? 0
      #expect(fold.number("training_rows") == 120 - tested)
    }
  }
}
