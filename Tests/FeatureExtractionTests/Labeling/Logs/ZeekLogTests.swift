import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

private let preamble =
  "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
/// Seconds since 1970 of 2020-01-01 UTC.
private let epoch = 1_577_836_800.0

private func log(_ path: String, _ fields: [String], _ rows: [[String]]) -> String {
  preamble + "#path\t\(path)\n#fields\t\(fields.joined(separator: "\t"))\n"
    + rows.map { $0.joined(separator: "\t") + "\n" }.joined() + "#close\t2020-01-02-00-00-00\n"
}

private let ends = ["10.0.0.1", "4000", "10.0.0.2", "80"]
private let endFields = ["id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p"]

private func time(_ second: Double) -> String { String(format: "%.6f", epoch + second) }

private func notices(_ rows: [(second: Double, uid: String, note: String)], ends: [String] = ends)
  -> String
{
  log(
    "notice", ["ts", "uid"] + endFields + ["proto", "note", "msg"],
    rows.map { [time($0.second), $0.uid] + ends + ["tcp", $0.note, "a text"] })
}

private func connections(
  _ rows: [(start: Double, duration: String, uid: String)], labels: [String]? = nil
) -> String {
  log(
    "conn", ["ts", "uid"] + endFields + ["proto", "duration"] + (labels == nil ? [] : ["label"]),
    rows.enumerated().map { index, row in
      [time(row.start), row.uid] + ends + ["tcp", row.duration]
        + (labels.map { [$0[index]] } ?? [])
    })
}

@Test func noticesLabelTheFlowThatHoldsThem() throws {
  var trial = try LogTrial([("notice.log", notices([(10, "C1", "Scan::Port_Scan")]))])
  #expect(try trial.label(from: 5, to: 15) == "Scan::Port_Scan")
  #expect(try trial.label(from: 11, to: 15) == nil)
  let account = try trial.account
  #expect(account.files[0].form == "zeek notice" && account.files[0].labelField == "note")
  #expect(account.read == 1 && account.withoutCommunityID == 1)
}

/// Without its connection a late notice fits no flow, with it the one it is about.
@Test func connectionsSayWhichFlowANoticeIsAbout() throws {
  let rows = [(500.0, "C1", "SSH::Password_Guessing"), (45, "C2", "SSH::Interesting_Login")]
  let connections = connections([(0, "30.0", "C1"), (40, "-", "C2"), (900, "1.0", "C3")])
  var alone = try LogTrial([("notice.log", notices(rows))])
  #expect(try alone.label(from: 0, to: 30) == "SSH::Interesting_Login", "within the time-out")
  var joined = try LogTrial([("conn.log", connections), ("notice.log", notices(rows))])
  #expect(try joined.label(from: 0, to: 30) == "SSH::Password_Guessing")
  #expect(try joined.label(from: 40, to: 40) == "SSH::Interesting_Login")
  #expect(try joined.label(from: 900, to: 901) == nil)
  let account = try joined.account
  #expect(account.files.map(\.labelField) == [nil, "note"])
  #expect(account.read == 2 && account.matched == 2)

  // Notices without addresses have a flow by their connection only.
  let bare = notices([(10, "C1", "Weird")], ends: ["-", "-", "-", "-"])
  var found = try LogTrial([("notice.log", bare), ("conn.log", connections)])
  #expect(try found.label(from: 0, to: 30) == "Weird")
  let lost = try LogTrial([("notice.log", bare)])
  #expect(try lost.account.withoutFlow == 1)
}

@Test func labeledConnectionsLabelWhatTheyOverlap() throws {
  let text = connections(
    [(0, "100.0", "C1"), (200, "-", "C2"), (300, "5.0", "C3")],
    labels: ["Malicious", "Benign", "-"])
  var trial = try LogTrial([("conn.log", text)])
  #expect(try trial.label(from: 0, to: 50, ended: .age) == "Malicious")
  #expect(try trial.label(from: 51, to: 100) == "Malicious", "every piece of the connection")
  #expect(try trial.label(from: 200, to: 200) == "Benign")
  #expect(try trial.label(from: 101, to: 150) == nil, "no time-out between connections")
  #expect(try trial.label(from: 300, to: 305) == nil)
  let account = try trial.account
  #expect(account.read == 3 && account.withoutLabel == 1)
}

@Test func otherLogsNeedAField() throws {
  let text = log(
    "weird", ["ts", "uid"] + endFields + ["proto", "name"],
    [[time(10), "C1"] + ends + ["tcp", "bad"]])
  let error = #expect(throws: DataError.self) { _ = try LogTrial([("weird.log", text)]) }
  #expect(error?.exitCode == 64 && error?.remedy.contains("--label-field") == true)
  var trial = try LogTrial([("weird.log", text)], field: "name")
  #expect(try trial.label(from: 5, to: 15) == "bad")
  let missing = #expect(throws: DataError.self) {
    _ = try LogTrial([("weird.log", text)], field: "nome")
  }
  #expect(missing?.remedy.contains("id.resp_p, proto, name") == true, "all fields are listed")
  let unlabeled = #expect(throws: DataError.self) {
    _ = try LogTrial([("conn.log", connections([(0, "1.0", "C1")]))])
  }
  #expect(unlabeled?.exitCode == 65)
}

@Test func logsInJSON() throws {
  let seconds =
    #"{"ts":\#(time(10)),"uid":"C1","note":"Scan","community_id":"\#(LogTrial.communityID)"}"#
    + "\n"
  let dated =
    #"{"ts":"2020-01-01T00:00:10.5Z","note":"Scan","id":{"orig_h":"10.0.0.1","orig_p":4000,"#
    + #""resp_h":"10.0.0.2","resp_p":80},"proto":"tcp"}"# + "\n"
  for (text, without) in [(seconds, 0), (dated, 1)] {
    var trial = try LogTrial([("notice.log", text)])
    #expect(try trial.label(from: 5, to: 15) == "Scan")
    #expect(try trial.account.withoutCommunityID == without)
    #expect(try trial.account.files[0].form == "zeek notice")
  }
}

@Test func logsThatWereJoined() throws {
  let first = notices([(10, "C1", "Scan")])
  let second = log(
    "notice", ["ts", "note", "proto"] + endFields, [[time(30), "Spam", "tcp"] + ends])
  var trial = try LogTrial([("notice.log", first + second)])
  #expect(try trial.label(from: 9, to: 11, ended: .age) == "Scan")
  #expect(try trial.label(from: 29, to: 31, ended: .age) == "Spam", "by the new order of columns")
}

/// A log that is cut anywhere is read as far as it goes, or refused.
@Test func logsThatAreCut() throws {
  let zeek = connections([(0, "30.0", "C1"), (40, "-", "C2")], labels: ["a", "b"])
  let suricata = LogTrial.alert(10, "Scan", start: 9) + LogTrial.alert(11, "Spam")
  for log in [zeek, suricata] {
    let bytes = Array(log.utf8)
    let folder = try TemporaryFolder()
    for end in bytes.indices {
      let path = try folder.file("log", Array(bytes[..<end]))
      do throws(DataError) {
        let labels = try LogLabels(paths: [path])
        _ = try FlowLabeler(.logs(labels), schema: RuleTrial.schema, tolerance: 0)
      } catch {
        #expect(error.exitCode == 65, "\(end): \(error)")
      }
    }
  }
}

/// What Zeek made of captures joined with the flows of the same captures.
@Suite(.enabled(if: sharedDataIsExpected))
struct ZeekConnectionTests {
  /// Not compared: connections inside tunnels, which are flows only where that is asked for, link
  /// types that Zeek reads by a setting of the test, logs whose fields the test renames, and SCTP,
  /// whose ports Zeek does not read.
  private let others = [
    "core.tunnels", "core.erspan", "core.skip_analyzer", "core.ppp/", "core.vntag", "name-map",
    "name_map", "unknown-ip-protocol",
  ]

  @Test func everyConnectionFindsItsFlows() throws {
    let golden = sharedData.appending(path: "golden/zeek-conn")
    let pairs = try String(contentsOf: golden.appending(path: "PAIRS.tsv"), encoding: .utf8)
    var (logs, connections) = (0, 0)
    for line in pairs.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard !cells[1].contains(","), !cells[2].contains(","), cells[2].hasSuffix("/conn.log"),
        !cells[3].contains(" -f "), !others.contains(where: cells[2].contains)
      else { continue }
      let capture = sharedData.appending(path: "pcap/zeek/testing/btest/Traces/\(cells[1])")
      let log = golden.appending(path: cells[2].replacing("testing/btest/", with: ""))
      guard FileManager.default.fileExists(atPath: capture.path),
        FileManager.default.fileExists(atPath: log.path),
        let text = try unmasked(log, capture)
      else { continue }
      let alerts = try join(text, with: capture)
      #expect(alerts.matched == alerts.read, "\(cells[2]): \(alerts)")
      logs += 1
      connections += alerts.read
    }
    #expect(logs == 57 && connections == 303)
  }

  private func join(_ log: String, with capture: URL) throws -> LogAccount {
    let folder = try TemporaryFolder()
    var logOptions = LogLabels.Options()
    logOptions.field = "uid"
    var options = ExtractionOptions()
    options.labels = .logs(
      try LogLabels(
        paths: [try folder.file("conn.log", Array(log.utf8))], options: logOptions))
    let account = try FlowExtraction.extract([capture.path], options: options) { _ in }
    return try #require(account.alerts)
  }

  /// The log with every connection as long as the capture, as the baselines have their times
  /// masked; nil where it has not all fields.
  private func unmasked(_ log: URL, _ capture: URL) throws -> String? {
    let description = try CaptureDescription(path: capture.path)
    let (first, last) = (try seconds(description.firstTime), try seconds(description.lastTime))
    var lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
    guard let header = lines.first(where: { $0.hasPrefix("#fields") }) else { return nil }
    let fields = header.split(separator: "\t").dropFirst().map(String.init)
    guard let time = fields.firstIndex(of: "ts"), let duration = fields.firstIndex(of: "duration")
    else { return nil }
    for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
      var cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      cells[time] = String(format: "%.6f", first)
      cells[duration] = String(format: "%.6f", last - first + 0.000_001)
      lines[index] = cells.joined(separator: "\t")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func seconds(_ time: String?) throws -> Double {
    let formatter = ISO8601DateFormatter()
    let text = try #require(time)
    let whole = try #require(formatter.date(from: "\(text.prefix(19))Z")).timeIntervalSince1970
    return whole + (Double("0." + text.dropFirst(20).prefix(6)) ?? 0)
  }
}
