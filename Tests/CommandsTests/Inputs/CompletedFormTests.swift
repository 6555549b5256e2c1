import Foundation
import TestSupport
import Testing

/// Forms whose samples have one class or no label: the sample and rows made from bytes train.
@Suite(.enabled(if: sharedDataIsExpected)) struct CompletedFormTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The lines of a sample; bytes that are no UTF-8 do not occur in these.
  private func lines(_ name: String) throws -> [String] {
    let path = sharedData.appending(path: "csv/\(name)").path
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    return text.split { $0 == "\n" || $0 == "\r\n" }.map(String.init)
  }

  /// Trains on lines of text and expects the classes.
  private func expectTraining(
    _ lines: [String], form: String, classes: [String], _ options: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = try folder.file("flows", lines.joined(separator: "\n") + "\n")
    let inspected = try Tool.flowmeter(["inspect", path, "--json"]).json()
    #expect(inspected.object("table")?.text("form") == form, sourceLocation: sourceLocation)
    let model = folder.path("model.json")
    let result = try Tool.flowmeter(
      ["train", path, "-o", model, "--json"] + quickLearner + options)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    let summary = try result.json()
    #expect(summary.texts("classes") == classes, sourceLocation: sourceLocation)
    let used = summary.object("account")?.number("used")
    #expect(used ?? 0 > 0, sourceLocation: sourceLocation)
  }

  /// A copy of a row with another last cell and another value in one cell.
  private func changed(
    _ line: String, separator: Character = ",", label: String, cell: Int, value: String
  ) -> String {
    var cells = line.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    cells[cell] = value
    cells[cells.count - 1] = label
    return cells.joined(separator: String(separator))
  }

  @Test(arguments: ["Friday-DDos_head9998.csv", "Thursday-WebAttacks_head1664.csv"])
  func original79(_ name: String) throws {
    let sample = try Array(lines("cic-ids2017/79col-original/\(name)").prefix(401))
    let attacks = sample[1...100].enumerated().map {
      changed($1, label: "DDoS", cell: 1, value: "\(900_000 + $0)")
    }
    try expectTraining(sample + attacks, form: "cic2017-79", classes: ["BENIGN", "DDoS"])
  }

  @Test func original85() throws {
    let sample = try lines("cic-ids2017/85col-original/Friday-DDos_head299.csv")
    let attacks = sample[1...80].enumerated().map {
      changed($1, label: "DDoS", cell: 7, value: "\(900_000 + $0)")
    }
    try expectTraining(sample + attacks, form: "cic2017-85", classes: ["BENIGN", "DDoS"])
  }

  @Test func corrected91() throws {
    let header = try lines("cic-ids2017-improved/data_header_reference.csv")
    let rows = try lines("cic-ids2017-improved/flows.csv").dropFirst()
    let benign = rows.filter { $0.contains(",BENIGN,") }.prefix(60)
    let attacks = rows.filter { $0.contains(",Portscan,") }.prefix(60)
    try expectTraining(
      header + benign + attacks, form: "cic-corrected-91", classes: ["BENIGN", "Portscan"])
  }

  @Test func argusWithLabels() throws {
    let sample = try Array(lines("argus/monday_argus_sample_100k.csv").prefix(301))
    let labeled =
      [sample[0] + ",Label"]
      + sample.dropFirst().enumerated().map { $1 + ($0 % 3 == 0 ? ",Botnet" : ",Normal") }
    try expectTraining(labeled, form: "argus", classes: ["benign", "malicious"])
  }

  @Test(arguments: ["test11-portscan.binetflow", "test3-mixed.binetflow"])
  func binetflow(_ name: String) throws {
    let sample = try lines("slips-flows/\(name)")
    let made = sample[1...60].enumerated().map { row, line in
      changed(
        line, label: row % 2 == 0 ? "flow=From-Botnet-V42-TCP" : "flow=From-Normal-V42-Stribrek",
        cell: 1, value: "\(row % 2 * 5 + row / 10).5")
    }
    try expectTraining(sample + made, form: "binetflow", classes: ["benign", "malicious"])
  }

  @Test func binetflowOfOneClass() throws {
    let sample = try lines("slips-flows/test5-mixed.binetflow")
    let made = sample[20...80].map {
      changed($0, separator: "\t", label: "flow=From-Normal-V42", cell: 1, value: "7.5")
    }
    try expectTraining(sample + made, form: "binetflow", classes: ["benign", "malicious"])
  }

  @Test(arguments: [
    "port-scans/vertical/conn.log", "test14-malicious-zeek-dir/conn.log",
    "test15-malicious-zeek-dir/conn.log", "test13-malicious-dhcpscan-zeek-dir/conn.log",
  ])
  func zeekJSON(_ name: String) throws {
    let sample = try lines("slips-flows/\(name)")
    let made = (0..<60).map { row in
      let label = row % 2 == 0 ? "Benign" : "Malicious"
      return """
        {"ts":17008\(28_000 + row).5,"uid":"C\(row)","id.orig_h":"10.0.0.\(row)",\
        "id.orig_p":\(40_000 + row),"id.resp_h":"10.0.1.1","id.resp_p":80,"proto":"tcp",\
        "duration":\(row % 2 + row).25,"orig_bytes":\(100 + row),"resp_bytes":\(row * 3),\
        "conn_state":"SF","missed_bytes":0,"history":"ShADadFf","orig_pkts":5,\
        "orig_ip_bytes":300,"resp_pkts":4,"resp_ip_bytes":\(200 + row),"label":"\(label)"}
        """
    }
    try expectTraining(sample + made, form: "zeek-conn", classes: ["Benign", "Malicious"])
  }

  /// Labels stand in a column of their own, as in Zeek's labeled form.
  @Test(arguments: ["port-scans/horizontal/conn.log", "test10-mixed-zeek-dir/conn.log"])
  func zeekLinesWithLabels(_ name: String) throws {
    var row = 0
    let labeled = try lines("slips-flows/\(name)").map { line in
      if line.hasPrefix("#fields") { return line + "\tlabel\tdetailedlabel" }
      if line.hasPrefix("#types") { return line + "\tstring\tstring" }
      // One sample begins with a tab.
      if line.drop(while: \.isWhitespace).hasPrefix("#") { return line }
      row += 1
      return line + (row % 2 == 0 ? "\tBenign\t(empty)" : "\tMalicious\tFrom_malicious")
    }
    let made = (0..<40).map { row in
      "\(147 + row).5\tCm\(row)\t10.1.0.\(row)\t\(40_000 + row)\t10.1.1.1\t80\ttcp\t-\t\(row).5"
        + "\t\(row)\t\(row * 2)\tSF\t-\t-\t0\tShAaFf\t5\t\(300 + row)\t4\t200\t(empty)"
        + (row % 2 == 0 ? "\tBenign\t(empty)" : "\tMalicious\tFrom_malicious")
    }
    let closing = labeled.filter { $0.hasPrefix("#close") }
    try expectTraining(
      labeled.filter { !$0.hasPrefix("#close") } + made + closing, form: "zeek-conn",
      classes: ["Benign", "Malicious"])
  }
}
