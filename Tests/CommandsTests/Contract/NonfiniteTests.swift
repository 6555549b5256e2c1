import TestSupport
import Testing

/// `--nonfinite`: what training does with a value that is not finite, the model does at use.
struct NonfiniteTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  /// 27 of 240 rows have a gap.
  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file("gaps.csv", SmallTables.generic(rows: 240, gapEvery: 9))
    model = folder.path("model.json")
  }

  private func train(_ policy: String) throws -> ToolResult {
    try Tool.flowmeter(
      ["train", table, "-o", model, "--nonfinite", policy, "--json"] + quickLearner)
  }

  private func verdicts() throws -> [JSONObject] {
    let result = try Tool.flowmeter(["classify", model, table, "--quiet"])
    #expect(result.status == 0, "\(result.errors)")
    return try result.lines.map { try JSONObject($0) }
  }

  @Test(arguments: ["missing", "zero"]) func everyRowIsScored(_ policy: String) throws {
    let account = try #require(try train(policy).json().object("account"))
    #expect(account.number("used") == 240 && account.sum("dropped") == 0)
    #expect(account.object("nonfinite")?.sum("size") == 27)
    let verdicts = try verdicts()
    #expect(verdicts.count == 240)
    #expect(verdicts.allSatisfy { $0.text("verdict") != "unscored" })
    let inspected = try Tool.flowmeter(["inspect", model, "--json"]).json()
    #expect(inspected.object("model")?.text("nonfinite") == policy)
  }

  @Test func zeroIsTheNumber() throws {
    #expect(try train("zero").status == 0)
    let zeros = try folder.file(
      "zeros.csv",
      SmallTables.generic(rows: 240, gapEvery: 9).replacing("\nNaN,", with: "\n0,"))
    let gaps = try Tool.flowmeter(["classify", model, table, "--quiet"]).output
    #expect(try Tool.flowmeter(["classify", model, zeros, "--quiet"]).output == gaps)
  }

  @Test func droppedRowsAreCountedAndUnscored() throws {
    let summary = try train("drop").json()
    let account = try #require(summary.object("account"))
    #expect(account.number("read") == 240 && account.number("used") == 213)
    #expect(account.object("dropped")?.number("nonfinite_rows") == 27)
    #expect((summary.number("rows") ?? 0) + (summary.number("validation_rows") ?? 0) == 213)
    let verdicts = try verdicts()
    #expect(verdicts.count == 240)
    for (row, verdict) in verdicts.enumerated() {
      #expect((verdict.text("verdict") == "unscored") == (row % 9 == 0))
      #expect((verdict.number("score") == nil) == (row % 9 == 0))
    }
    let counted = try Tool.flowmeter(
      ["classify", model, table, "-o", folder.path("verdicts.csv"), "--format", "csv", "--json"]
    ).json()
    #expect(counted.number("unscored") == 27 && counted.number("rows") == 240)

    let judged = try Tool.flowmeter(
      ["evaluate", model, table, "--json", "--predictions", folder.path("predictions.csv")])
    #expect(try judged.json().number("rows") == 213)
    #expect(judged.errors.contains("27 rows were not scored"))
    let predictions = String(decoding: try folder.bytes("predictions.csv"), as: UTF8.self)
    let rows = predictions.split(separator: "\n").dropFirst()
      .map { Int($0.prefix { $0 != "," }) ?? -1 }
    #expect(rows == (0..<240).filter { $0 % 9 != 0 }, "rows of the input, whatever was dropped")

    let folds = try Tool.flowmeter(
      ["crossval", table, "--folds", "3", "--nonfinite", "drop", "--json"] + quickLearner)
    #expect(folds.status == 0 && folds.errors.contains("27 rows were not scored"))
  }

  @Test func errorIsAnError() throws {
    let result = try train("error")
    result.expectError(65, naming: table, "column 'size'")
    #expect(try folder.names() == ["gaps.csv"])
    let whole = try folder.file("whole.csv", SmallTables.generic(rows: 240))
    let trained = try Tool.flowmeter(
      ["train", whole, "-o", model, "--nonfinite", "error", "--quiet"] + quickLearner)
    #expect(trained.status == 0)
    try Tool.flowmeter(["classify", model, table, "-o", folder.path("out.jsonl")])
      .expectError(65, naming: table, "column 'size'")
    #expect(!(try folder.names().contains("out.jsonl")))
  }
}
