import Foundation
import TestSupport
import Testing

/// Labels on the command line: ready-made rules, rules of a file, and logs of other tools.
struct LabelingTests {
  private let folder: TemporaryFolder
  private let capture: String

  init() throws {
    folder = try TemporaryFolder()
    var builder = CaptureBuilder(linkType: 101)
    for second in 0..<4 {
      let datagram = Frame.udp(UInt16(4_000 + second), 53)
      builder.add(
        Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 17, datagram),
        at: 1_577_836_800 + Double(second))
    }
    capture = try folder.file("a.pcap", builder.pcap())
  }

  private func alert(_ second: Int, _ category: String, port: Int) -> String {
    #"{"timestamp":"2020-01-01T00:00:0\#(second).000000+0000","event_type":"alert","#
      + #""src_ip":"10.0.0.1","src_port":\#(port),"dest_ip":"10.0.0.2","dest_port":53,"#
      + #""proto":"UDP","alert":{"signature":"A rule","category":"\#(category)","severity":2}}"#
      + "\n"
  }

  private func labels(_ result: ToolResult) -> [String] {
    result.lines.dropFirst().map {
      String($0.split(separator: ",", omittingEmptySubsequences: false).last ?? "")
    }
  }

  @Test func alertsBecomeLabels() throws {
    let log = try folder.file(
      "eve.json",
      Array((alert(1, "Scan", port: 4_001) + alert(9, "Scan", port: 4_100)).utf8))
    let result = try Tool.flowmeter(["extract", capture, "--labels-from", log])
    #expect(result.status == 0)
    #expect(labels(result) == ["", "Scan", "", ""])
    #expect(
      result.errors.contains(
        "2 alerts read (2 without Community ID, joined by addresses), 1 that matched no flow; "
          + "1 matched 1 flow"), "\(result.errors)")

    let named = try Tool.flowmeter([
      "extract", capture, "--labels-from", log, "--label-field", "alert.signature",
      "--unmatched-label", "benign", "-o", folder.path("flows.csv"), "--json",
    ])
    #expect(named.status == 0)
    let alerts = try #require(try JSONObject(named.output).object("alerts"))
    #expect(alerts.number("matched") == 1 && alerts.number("unmatched") == 1)
    #expect(alerts.objects("labels").map { $0.text("label") } == ["A rule"])
    let meta = try JSONObject(
      String(decoding: try folder.bytes("flows.csv.meta.json"), as: UTF8.self))
    #expect(meta.object("alerts")?.number("read") == 2)
    #expect(meta.object("input_digests")?.text(log)?.count == 64, "the log is an input")
    let table = String(decoding: try folder.bytes("flows.csv"), as: UTF8.self)
    #expect(table.components(separatedBy: "benign").count == 4)
  }

  @Test func alertsAboutOtherTrafficAreWarnedOf() throws {
    let log = try folder.file("eve.json", Array(alert(9, "Scan", port: 9).utf8))
    let result = try Tool.flowmeter(["extract", capture, "--labels-from", log])
    #expect(result.status == 0)
    #expect(result.errors.contains("none of 1 alert matched a flow"))
  }

  @Test(arguments: [
    ["--label", "a", "--labels-from", "eve.json"], ["--label", "a", "--label-rules", "r.yaml"],
    ["--label-rules", "r.yaml", "--labels-from", "eve.json"], ["--unmatched-label", "benign"],
    ["--label-field", "note"], ["--community-id-seed", "70000"],
    ["--label-rules", "cic-ids2017", "--features", "flowmeter"],
  ])
  func whatDoesNotGoTogether(options: [String]) throws {
    let result = try Tool.flowmeter(["extract", capture] + options)
    #expect(result.status == 64, "\(options): \(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test func readyMadeRulesCanBeCopied() throws {
    let listed = try Tool.flowmeter(["datasets", "rules"])
    #expect(
      listed.lines.map { String($0.prefix { $0 != ":" }) }
        == ["cic-ids2017", "cic-ids2017-2021", "cic-ids2018"])
    let printed = try Tool.flowmeter(["datasets", "rules", "cic-ids2018"])
    #expect(printed.output.contains("label: DDoS-HOIC"))
    let rules = try folder.file(
      "mine.yaml", Array("version: 1\nrules:\n  - {name: x, protocol: udp}\n".utf8))
    let result = try Tool.flowmeter(["extract", capture, "--label-rules", rules])
    #expect(labels(result) == ["x", "x", "x", "x"])
    #expect(try Tool.flowmeter(["datasets", "rules", "frob"]).status == 64)
    #expect(try Tool.flowmeter(["extract", capture, "--label-rules", "frob"]).status == 66)
  }

  /// Captures and a log in place of a table.
  @Test func capturesAndALogTeach() throws {
    var builder = CaptureBuilder(linkType: 101)
    var alerts = ""
    for index in 0..<80 {
      let payload = [UInt8](repeating: 1, count: index.isMultiple(of: 4) ? 200 : 20 + index % 9)
      builder.add(
        Frame.ipv4(
          "10.0.0.1", "10.0.0.2", protocolNumber: 17, Frame.udp(UInt16(5_000 + index), 53, payload)),
        at: 1_577_836_801)
      if index.isMultiple(of: 4) { alerts += alert(1, "Scan", port: 5_000 + index) }
    }
    let large = try folder.file("large.pcap", builder.pcap())
    let log = try folder.file("alerts.json", Array(alerts.utf8))
    let result = try Tool.flowmeter([
      "train", large, "--labels-from", log, "--unmatched-label", "benign", "-o",
      folder.path("model.json"), "--json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Scan") && result.output.contains("benign"))
    let none = try Tool.flowmeter(["train", large, "-o", folder.path("m.json")])
    #expect(none.status == 64 && none.errors.contains("--labels-from"))
  }
}
