import Foundation
import TestSupport
import Testing

/// On real flows the report names the confusion that the predictions show.
struct NamedConfusionTests {
  @Test(.enabled(if: sharedDataIsExpected, "shared/data is not beside the repository"))
  func theMainConfusionIsNamed() throws {
    let folder = try TemporaryFolder()
    let table = sharedData.appending(path: "csv/cic-ids2017-improved/flows.csv").path
    let trained = try Tool.flowmeter([
      "train", table, "-o", folder.path("m.json"), "--set", "trees=10", "--quiet",
    ])
    #expect(trained.status == 0, "\(trained.errors)")
    let judged = try Tool.flowmeter([
      "evaluate", folder.path("m.json"), table, "--report", folder.path("report"),
      "--predictions", folder.path("p.csv"), "--quiet",
    ])
    #expect(judged.status == 0, "\(judged.errors)")

    var counts: [String: Int] = [:]
    let lines = String(decoding: try folder.bytes("p.csv"), as: UTF8.self).split(separator: "\n")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", maxSplits: 3).map(String.init)
      if cells[1] != cells[2] { counts["\(cells[1])|\(cells[2])", default: 0] += 1 }
    }
    let greatest = try #require(counts.max { $0.value < $1.value })
    let names = greatest.key.split(separator: "|").map(String.init)
    // Scans of the infiltration day and of the day of scans are alike.
    #expect(Set(names) == ["Portscan", "Infiltration - Portscan"])
    let page = String(decoding: try folder.bytes("report/report.html"), as: UTF8.self)
    let first = try #require(
      page.components(separatedBy: "The most frequent confusions:</p><ul><li>").dropFirst().first)
    #expect(first.hasPrefix(grouped(greatest.value) + " of "), "\(first.prefix(120))")
    #expect(first.contains("of &#39;\(names[0])&#39;"))
    #expect(first.prefix(200).contains("taken for &#39;\(names[1])&#39;"))
  }

  private func grouped(_ count: Int) -> String {
    count < 1_000
      ? "\(count)" : "\(count / 1_000)," + String("\(1_000 + count % 1_000)".dropFirst())
  }
}
