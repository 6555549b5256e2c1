import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// The output of CICFlowMeter 3 (February 2018) against `cic2017-compat`: a run of today, what its
/// authors left beside the program, and the published rows of CIC-IDS2017.
@Suite(.enabled(if: sharedDataIsExpected)) struct OriginalGoldenTests {
  private let schema = try? FeatureSets.schema(named: "cic2017-compat")

  /// `31/03/2015 08:32:22`, whole seconds of a 12-hour clock without AM and PM.
  private func isSameStart(_ time: String, _ start: Int64, hoursFromUTC: Int) -> Bool {
    let parts = time.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count == 6 else { return false }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let components = DateComponents(
      year: parts[2], month: parts[1], day: parts[0], hour: parts[3], minute: parts[4],
      second: parts[5])
    guard let date = calendar.date(from: components) else { return false }
    let local = start / 1_000_000_000 + Int64(hoursFromUTC * 3_600)
    let difference = Int64(date.timeIntervalSince1970) - local
    return [-43_200, 0, 43_200].contains(difference)
  }

  private func agree(_ row: GoldenRow, _ ours: FlowRow) -> Bool {
    row.values.count == ours.values.count
      && zip(row.values, ours.values).allSatisfy(agreesInPrint)
  }

  private func expectEqual(
    _ pairing: GoldenPairing, _ table: GoldenTable, _ file: String
  ) throws {
    // In every style of header the features stand in the same order.
    #expect(table.columns.count == 76, "\(file)")
    for (row, ours) in pairing.pairs where !agree(row, ours) {
      for (index, feature) in (schema?.features ?? []).enumerated()
      where !agreesInPrint(row.values[index], ours.values[index]) {
        Issue.record(
          "\(file) \(row.ends) \(feature.name): \(row.values[index]), not \(ours.values[index])")
      }
    }
  }

  @Test func runOfToday() throws {
    var (pairs, others, onlyOurs) = (0, [GoldenRow](), 0)
    for name in try goldenCaptures() {
      let table = try GoldenTable("extractors/cicflowmeter_java_v3_201802/\(name).csv")
      let ours = try flows(
        of: "golden/extractors/pcap/\(name).pcap", "cic2017-compat", stripsPadding: true)
      let pairing = GoldenPairing(
        table, ours, isSameStart: { isSameStart($0, $1, hoursFromUTC: 0) }, agree: agree)
      try expectEqual(pairing, table, name)
      pairs += pairing.pairs.count
      others += pairing.golden
      onlyOurs += pairing.ours.count
    }
    #expect(pairs == 175)
    #expect(onlyOurs == 0)
    // Frames of ARP and IPv6, read as if an IPv4 header stood at their first byte: no payload.
    #expect(others.count == 11)
    for row in others {
      #expect(row.ends[4] == "0" && row.values[3] == 0 && row.values[4] == 0)
      #expect(row.ends[0].hasPrefix("8.6.") || row.ends[0].hasPrefix("134.221."))
    }
  }

  /// Three styles of header; a sixth file is of a capture that is not at hand.
  @Test(arguments: [
    "data_daily_test.pcap", "data_out2015-03-31-traffic-analysis-exercise", "data_out_test",
    "data_outtest", "data_test.pcap_CIC",
  ])
  func outputOfTheAuthors(_ file: String) throws {
    let table = try GoldenTable("extractors/cicflowmeter_v3_authors/\(file).csv")
    let ours = try flows(
      of: "golden/extractors/cicflowmeter_v3_authors/test.pcap", "cic2017-compat",
      stripsPadding: true)
    let pairing = GoldenPairing(
      table, ours, isSameStart: { isSameStart($0, $1, hoursFromUTC: -3) }, agree: agree)
    #expect(pairing.pairs.count == 96)
    #expect(pairing.golden.isEmpty && pairing.ours.isEmpty)
    try expectEqual(pairing, table, file)
  }

  /// Addresses and times are codes in this file, but ports are not.
  @Test func publishedRows() throws {
    let table = try GoldenTable("cic-ids2017-sqli/original_rows_84col.csv")
    let published = try FeatureSets.publishedNames(of: "cic2017-compat")
    #expect(table.columns == published)
    var ours = try flows(
      of: "pcap/ndpi/tests/cfgs/default/pcap/WebattackSQLinj.pcap", "cic2017-compat")
    #expect(table.rows.count == 16 && ours.count == 18)
    for row in table.rows {
      let ports = [1, 3].map { Double(row.ends[$0]) ?? -1 }
      let match = ours.firstIndex { flow in
        [Double(flow.flow.sourcePort), Double(flow.flow.destinationPort)] == ports
          && agree(row, flow)
      }
      #expect(match != nil, "\(row.identity)")
      if let match { ours.remove(at: match) }
    }
    // What the server sent after the end of two connections is not in the published table.
    #expect(ours.map(\.flow.sourcePort) == [80, 80])
    #expect(Set(ours.map(\.flow.destinationPort)) == [36_210, 36_212])
  }
}
