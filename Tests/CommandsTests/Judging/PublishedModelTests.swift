import Foundation
import TestSupport
import Testing

/// A model that is trained on published tables takes captures by the feature set that repeats the
/// program that made them.
@Suite(.enabled(if: sharedDataIsExpected)) struct PublishedModelTests {
  private let folder: TemporaryFolder
  private let capture = sharedData.appending(
    path: "pcap/ndpi/tests/cfgs/default/pcap/WebattackSQLinj.pcap"
  ).path

  init() throws { folder = try TemporaryFolder() }

  private func train(_ table: String) throws -> String {
    let model = folder.path("model.json")
    let result = try Tool.flowmeter(["train", table, "-o", model, "--quiet"] + quickLearner)
    try #require(result.status == 0, "\(result.errors)")
    return model
  }

  private func scores(_ model: String, _ input: String, _ options: [String] = []) throws -> [Double]
  {
    let result = try Tool.flowmeter(["classify", model, input, "--quiet"] + options)
    try #require(result.status == 0, "\(result.errors)")
    return try result.lines.map { try JSONObject($0).number("score") ?? -1 }.sorted()
  }

  /// Published rows of some flows and the capture of these flows get the same scores.
  private func expectSameScores(
    _ model: String, rows: String, set: String, onlyInCapture: Int
  ) throws {
    let published = try scores(model, sharedData.appending(path: rows).path)
    for options in [[], ["--features", set]] {
      var metered = try scores(model, capture, options)
      #expect(metered.count == published.count + onlyInCapture)
      for score in published {
        let match = metered.firstIndex { abs($0 - score) < 1e-12 }
        #expect(match != nil, "\(score) is not among \(metered)")
        if let match { metered.remove(at: match) }
      }
    }
    let refused = try Tool.flowmeter(["classify", model, capture, "--features", "cic", "--quiet"])
    refused.expectError(65, naming: "WebattackSQLinj.pcap", "the model was trained on")
  }

  @Test func originalRows() throws {
    let table = sharedData.appending(
      path: "csv/cic-ids2017/84col-webattacks/web_attacks_balanced.csv")
    try expectSameScores(
      train(table.path), rows: "golden/cic-ids2017-sqli/original_rows_84col.csv",
      set: "cic2017-compat", onlyInCapture: 2)
  }

  @Test func correctedRows() throws {
    let source = sharedData.appending(path: "csv/cic-ids2017-improved")
    func lines(_ name: String) throws -> [Substring] {
      try String(contentsOf: source.appending(path: name), encoding: .utf8).split(separator: "\n")
    }
    let rows = try lines("flows.csv").dropFirst()
    let chosen = ["BENIGN", "Web Attack", "DoS Hulk"].flatMap { label in
      rows.filter { $0.contains(",\(label)") }.prefix(200)
    }
    let table = try folder.file(
      "flows.csv",
      (try lines("data_header_reference.csv").prefix(1) + chosen).joined(separator: "\n"))
    try expectSameScores(
      train(table), rows: "golden/cic-ids2017-sqli/improved_rows.csv", set: "cic2022-compat",
      onlyInCapture: 0)
  }
}
