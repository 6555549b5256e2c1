import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

private func join(_ alerts: [String], unmatched: String? = nil, field: String? = nil) throws
  -> LogTrial
{
  try LogTrial([("eve.json", alerts.joined())], field: field, unmatched: unmatched)
}

@Test func alertsLabelTheFlowThatHoldsThem() throws {
  var trial = try join([LogTrial.alert(10, "Scan")])
  #expect(try trial.label(from: 5, to: 15) == "Scan")
  #expect(try trial.label(from: 10, to: 10, isReversed: true) == "Scan", "either direction")
  #expect(try trial.label(from: 10.000_000_9, to: 11) == "Scan", "logs cut to microseconds")
  #expect(try trial.label(from: 10.1, to: 15) == nil, "a later connection of the same ports")
  #expect(try trial.label(from: 0, to: 9) == "Scan", "within the time-out after the last packet")
  #expect(try trial.label(from: -200, to: -111) == nil, "after the time-out")
  #expect(try trial.label(from: 0, to: 9, ended: .age) == nil, "the next packet is another flow's")
  #expect(try trial.label(from: 5, to: 15, port: 4_001) == nil)
  let account = try trial.account
  #expect(account.read == 1 && account.matched == 1 && account.unmatched == 0)
  #expect(account.flows == 4 && account.labels.map(\.flows) == [4])
  #expect(account.withoutCommunityID == 1)
}

/// Suricata says when the flow of the alert began, which tells connections of the same ports apart.
@Test func startsOfFlowsTellConnectionsApart() throws {
  var trial = try join([LogTrial.alert(60, "Trojan", start: 50)])
  #expect(try trial.label(from: 0, to: 40) == nil, "over before the flow of the alert began")
  #expect(try trial.label(from: 50, to: 70) == "Trojan")
  var early = try LogTrial([("eve.json", LogTrial.alert(9, "Trojan", start: 10))])
  #expect(try early.label(from: 10, to: 12) == "Trojan", "stamped before its flow")
}

@Test func theMostSevereAlertWinsThenTheFirst() throws {
  var trial = try join([
    LogTrial.alert(12, "second", severity: 2), LogTrial.alert(11, "first", severity: 2),
    LogTrial.alert(13, "worst", severity: 1), LogTrial.alert(11, "same time", severity: 2),
  ])
  #expect(try trial.label(from: 10, to: 12.5, ended: .age) == "first")
  #expect(try trial.label(from: 10, to: 14) == "worst")
  #expect(try trial.label(from: 11.5, to: 12.5, ended: .age) == "second")
  #expect(try trial.account.matched == 4)
}

@Test func fieldsCanBeChosen() throws {
  for (field, label) in [
    (nil, "Scan"), ("alert.category", "Scan"), ("alert.signature", "ET Scan"),
    ("alert.severity", "2"), ("proto", "TCP"), ("src_port", "4000"),
  ] {
    var trial = try join([LogTrial.alert(10, "Scan")], field: field)
    #expect(try trial.label(from: 5, to: 15) == label)
    #expect(try trial.account.files[0].labelField == field ?? "alert.category")
  }
  let error = #expect(throws: DataError.self) {
    _ = try join([LogTrial.alert(10, "Scan")], field: "alert.kind")
  }
  #expect(error?.exitCode == 64)
  #expect(error?.remedy.contains("alert.signature") == true)
}

@Test func everyAlertIsAccountedFor() throws {
  let other = LogTrial.alert(10, "x").replacing(#""alert","src"#, with: #""dns","src"#)
  var trial = try join(
    [
      other, LogTrial.alert(10, "Scan", community: "1:wrong"), LogTrial.alert(10, ""),
      LogTrial.alert(10, "Scan").replacing("10.0.0.1", with: "nowhere"),
      LogTrial.alert(10, "Scan").replacing("2020-01", with: "2020-13"),
      LogTrial.alert(10, "Scan"), LogTrial.alert(900, "Scan"),
      LogTrial.alert(10, "Spam", severity: 3),
      LogTrial.alert(
        10, "Scan", community: LogTrial.communityID),
    ], unmatched: "benign")
  #expect(try trial.label(from: 5, to: 15) == "Scan")
  #expect(try trial.label(from: 5, to: 15, port: 9) == "benign")
  let account = try trial.account
  #expect(account.read == 8 && account.withoutLabel == 1 && account.withoutFlow == 2)
  #expect(account.withoutCommunityID == 3)
  #expect(account.matched == 3 && account.unmatched == 2 && account.flows == 1)
  #expect(account.labels.map(\.label) == ["Scan", "Spam"])
  #expect(account.labels.map(\.alerts) == [4, 1] && account.labels.map(\.flows) == [1, 0])
  #expect(account.files[0].form == "suricata eve" && account.files[0].sha256.count == 64)
}

@Test func communityIDsOfAnotherSeedAreRefused() throws {
  let alert = LogTrial.alert(
    10, "Scan", community: LogTrial.communityIDOfSeed7)
  let error = #expect(throws: DataError.self) { _ = try join([alert]) }
  #expect(error?.remedy.contains("--community-id-seed") == true)
  var trial = try LogTrial([("eve.json", alert)], seed: 7)
  #expect(try trial.label(from: 5, to: 15) == "Scan")
  #expect(try trial.account.withoutCommunityID == 0)
}

@Test func controlMessagesMeetByTypeAndCode() throws {
  let alert =
    #"{"timestamp":"2020-01-01T00:00:10.0+0000","event_type":"alert","src_ip":"10.0.0.2","#
    + #""dest_ip":"10.0.0.1","proto":"ICMP","icmp_type":0,"icmp_code":0,"#
    + #""alert":{"category":"Ping","severity":3}}"#
  var trial = try join([alert])
  let echo: UInt16 = 8 << 8
  #expect(
    try trial.label(from: 9, to: 11, port: 0, protocolNumber: 1, controlMessage: echo) == "Ping")
  let unreachable: UInt16 = 3 << 8 | 1
  #expect(
    try trial.label(from: 9, to: 11, port: 0, protocolNumber: 1, controlMessage: unreachable) == nil
  )
}

@Test func whatIsNoLogIsRefused() throws {
  for (text, line) in [
    ("a,b\n1,2\n", nil), ("[1]\n", nil), ("{}\n", nil), ("{\"a\":1}\n", nil),
    (LogTrial.alert(10, "Scan") + "{\"event_type\":\n", 2),
  ] as [(String, Int?)] {
    let error = #expect(throws: DataError.self) { _ = try LogTrial([("eve.json", text)]) }
    #expect(error?.exitCode == 65, "\(text)")
    #expect(error?.place == line.map { .line($0) } ?? .wholeFile)
  }
  let error = #expect(throws: DataError.self) { _ = try LogLabels(paths: ["/nowhere/eve.json"]) }
  #expect(error?.exitCode == 66)
}

/// Counts of parts add up to those of the whole, whatever flows share alerts.
@Test func countsOfAlertsAddUp() throws {
  let alerts = (0..<40).map { LogTrial.alert(Double($0), "c\($0 % 3)") }
  var whole = try join(alerts)
  var parts = [try join(alerts), try join(alerts)]
  for index in 0..<60 {
    let (start, end) = (Double(index * 7 % 50), Double(index * 7 % 50 + 3))
    _ = try whole.label(from: start, to: end, ended: .age)
    _ = try parts[index % 2].label(from: start, to: end, ended: .age)
  }
  var sum = parts[1].counts
  sum += parts[0].counts
  #expect(sum == whole.counts)
  #expect(try whole.account.matched == 40)
}

/// A flow's alerts one by one against what the join finds.
@Test func joinsAgreeWithAskingEveryAlert() throws {
  var generator = SystemRandomNumberGenerator()
  for _ in 0..<40 {
    let times = (0..<30).map { _ in Double(Int.random(in: 0...400, using: &generator)) }
    let severities = times.map { _ in Int.random(in: 1...3, using: &generator) }
    var trial = try join(
      times.indices.map { LogTrial.alert(times[$0], "a\($0)", severity: severities[$0]) })
    for _ in 0..<30 {
      let start = Double(Int.random(in: 0...400, using: &generator))
      let end = start + Double(Int.random(in: 0...50, using: &generator))
      let isCut = Bool.random(using: &generator)
      let reach = end + (isCut ? 0 : LogTrial.idle)
      let expected = times.indices.filter { (start...reach).contains(times[$0]) }
        .min { (severities[$0], times[$0], $0) < (severities[$1], times[$1], $1) }
      #expect(
        try trial.label(from: start, to: end, ended: isCut ? .age : .tcpEnd)
          == expected.map { "a\($0)" })
    }
  }
}

/// The alerts of a real log, each found again by a packet of its flow. The counts are those of
/// `jq -r 'select(.event_type=="alert").alert.category' test6-malicious.suricata.json | sort | uniq -c`.
@Test(.enabled(if: sharedDataIsExpected)) func alertsOfARealLog() throws {
  let log = sharedData.appending(path: "csv/slips-flows/test6-malicious.suricata.json")
  var capture = CaptureBuilder(linkType: 101)
  for line in try String(contentsOf: log, encoding: .utf8).split(separator: "\n")
  where line.contains(#""event_type":"alert""#) {
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    func text(_ key: String) throws -> String { try #require(record[key] as? String) }
    func port(_ key: String) throws -> UInt16 {
      UInt16(try #require(record[key] as? Int))
    }
    let flow = try #require(record["flow"] as? [String: Any])
    let stamps = [try text("timestamp"), try #require(flow["start"] as? String)]
    capture.add(
      Frame.ipv4(
        try text("src_ip"), try text("dest_ip"), protocolNumber: 6,
        Frame.tcp(try port("src_port"), try port("dest_port"), flags: 2)),
      at: try #require(stamps.map(seconds).max()))
  }
  capture.packets.sort { $0.time < $1.time }
  let folder = try TemporaryFolder()
  var options = ExtractionOptions()
  options.labels = .logs(try LogLabels(paths: [log.path]))
  let (table, account) = try FlowExtraction.table(
    [try folder.file("alerts.pcap", capture.pcap())], options: options)
  let alerts = try #require(account.alerts)
  #expect(alerts.read == 745 && alerts.matched == 745 && alerts.unmatched == 0)
  #expect(alerts.withoutCommunityID == 745, "Suricata was not asked for Community IDs")
  #expect(
    alerts.labels.map { "\($0.alerts) \($0.label)" } == [
      "2 Attempted Administrator Privilege Gain", "9 Attempted Information Leak",
      "2 Detection of a Network Scan", "581 Misc Attack", "151 Potentially Bad Traffic",
    ])
  #expect(alerts.flows == table.matrix.rowCount)
  #expect(table.labels.codes.allSatisfy { $0 >= 0 })
}

/// Of `2021-06-06T15:59:46.457984+0200`, by other code than the reader's.
private func seconds(_ stamp: String) -> Double {
  let formatter = DateFormatter()
  formatter.locale = Locale(identifier: "en_US_POSIX")
  formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ssZ"
  let whole = stamp.prefix(19) + stamp.suffix(5)
  let fraction = Double("0." + stamp.dropFirst(20).prefix(6)) ?? 0
  return (formatter.date(from: String(whole))?.timeIntervalSince1970 ?? 0) + fraction
}
