import Foundation
import TestSupport
import Testing

/// `evaluate --on`: the same model on other data, beside the first.
struct OtherDataTests {
  private let folder: TemporaryFolder
  private let table: String
  private let model: String

  init() throws {
    folder = try TemporaryFolder()
    table = try folder.file("flows.csv", SmallTables.generic(rows: 240))
    model = folder.path("model.json")
    let trained = try Tool.flowmeter(["train", table, "-o", model, "--quiet"] + quickLearner)
    #expect(trained.status == 0, "\(trained.errors)")
  }

  @Test func otherDataStandBesideTheFirst() throws {
    // Columns in another order, one too many, and a class that the model does not know.
    let other = try folder.file("other.csv", reordered(SmallTables.generic(rows: 90, seed: 7)))
    let alone = try Tool.flowmeter(["evaluate", model, other, "--json"]).json()
    let result = try Tool.flowmeter(
      ["evaluate", model, table, "--on", other, "--json", "--report", folder.path("report")]
    ).json()
    #expect(result.number("rows") == 240)
    let beside = try #require(result.objects("on").first)
    #expect(beside.text("data") == "other.csv")
    #expect(beside.texts("surplus_columns") == ["colour"])
    let evaluation = try #require(beside.object("evaluation"))
    #expect(evaluation.number("rows") == 90)
    #expect(evaluation.number("macro_f1") == alone.number("macro_f1"))
    #expect(result.object("drift") != nil && evaluation.object("drift") != nil)
    let text = try Tool.flowmeter(["evaluate", model, table, "--on", other, "--quiet"]).output
    #expect(text.contains("On other data") && text.contains("other.csv"))
    #expect(text.contains("passed over 1 column that the model does not take: colour"))
    let page = String(decoding: try folder.bytes("report/report.html"), as: UTF8.self)
    #expect(page.contains("The same model elsewhere") && page.contains("colour"))
  }

  @Test func aMissingColumnIsNamed() throws {
    let other = try folder.file("other.csv", "rate,noise,label\n1,2,benign\n2,1,attack\n")
    let result = try Tool.flowmeter(["evaluate", model, table, "--on", other])
    #expect(result.status == 65)
    #expect(result.errors.contains("missing: size"), "\(result.errors)")
  }

  /// `noise,colour,rate,size,label` from `size,rate,noise,label`.
  private func reordered(_ text: String) -> String {
    text.split(separator: "\n").enumerated().map { row, line in
      let cells = line.split(separator: ",")
      return [cells[2], row == 0 ? "colour" : "\(row % 7)", cells[1], cells[0], cells[3]]
        .joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }
}
