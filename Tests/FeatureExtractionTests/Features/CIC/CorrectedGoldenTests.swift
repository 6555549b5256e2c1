import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// The corrected CICFlowMeter's own output: the fork of 2024 against `cic+extensions`, which leaves
/// it on purpose, and the published corrected rows against `cic2022-compat`, which does not.
@Suite(.enabled(if: sharedDataIsExpected)) struct CorrectedGoldenTests {
  /// Where `cic` leaves the fork (FEATURES.md, section 3.4).
  private enum Difference: String {
    case snapLength, taggedPadding, zeroDuration, oneAddress, timeOfUDP
  }

  /// What became of the golden rows of some captures.
  private struct Comparison {
    var pairs = 0
    var equal = 0
    var differences: [Difference: Int] = [:]
    var withoutPartner: [GoldenRow] = []
    var onlyOurs: [FlowRow] = []
  }

  private static let columns: [(name: String, index: Int)] = {
    let names = (try? FeatureSets.publishedNames(of: "cic+extensions")) ?? []
    return names.enumerated().map {
      ($1 == "Total TCP Flow Time" ? "Total Connection Flow Time" : $1, $0)
    }
  }()

  /// `2017-07-04 12:06:40.021` without the zeros at its end.
  private func isSameStart(_ time: String, _ start: Int64) -> Bool {
    var text: [UInt8] = []
    Timestamp.append(start, to: &text)
    let ours = String(decoding: text, as: UTF8.self).prefix(26).replacing("T", with: " ")
    let padded = time.contains(".") ? time : time + "."
    return padded.padding(toLength: 26, withPad: "0", startingAt: 0) == ours
  }

  /// Columns of payload: what depends on how many bytes a packet carries.
  private func isOfPayload(_ column: String) -> Bool {
    ["Packet Length", "Length of", "Flow Bytes/s", "Average Packet", "Segment Size Avg", "Bulk"]
      .contains { column.contains($0) }
      || ["Subflow Fwd Bytes", "Subflow Bwd Bytes", "Fwd Act Data Pkts", "Bwd Act Data Pkts"]
        .contains(column)
  }

  /// The one rule that explains all the columns in which a row differs; nil if none does.
  private func explain(
    _ differing: [(column: String, golden: Double, ours: Double)], capture: String, _ row: GoldenRow
  ) -> Difference? {
    let names = differing.map(\.column)
    if names == ["Flow Bytes/s", "Flow Packets/s"],
      differing.allSatisfy({ $0.golden == -1 && $0.ours == 0 }), row.values[0] == 0
    {
      return .zeroDuration
    }
    if names == ["Total Connection Flow Time"], row.ends[4] == "17", differing[0].ours == 0,
      differing[0].golden >= row.values[0]
    {
      return .timeOfUDP
    }
    if row.ends[0] == row.ends[2] { return .oneAddress }
    guard names.allSatisfy(isOfPayload) else { return nil }
    switch capture {
    case "snaplen96": return names.count == 16 ? .snapLength : nil
    case "vlan": return names.count == 15 ? .taggedPadding : nil
    default: return nil
    }
  }

  private func compare(
    _ golden: String, _ capture: String, into comparison: inout Comparison
  ) throws {
    let table = try GoldenTable(golden)
    let position = Dictionary(
      table.columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func differing(
      _ row: GoldenRow, _ ours: FlowRow
    ) throws -> [(column: String, golden: Double, ours: Double)] {
      try Self.columns.compactMap { name, index in
        let value = row.values[try #require(position[name])]
        return agreesInPrint(value, ours.values[index]) ? nil : (name, value, ours.values[index])
      }
    }
    let pairing = GoldenPairing(
      table, try flows(of: capture, "cic+extensions"), isSameStart: isSameStart,
      agree: { _, _ in true })
    for (row, ours) in pairing.pairs {
      // The fork's minimum of backward headers stays at 0 whatever comes.
      let found = try differing(row, ours).filter {
        !($0.column == "Bwd Seg Size Min" && $0.golden == 0 && $0.ours >= 8)
      }
      comparison.pairs += 1
      guard !found.isEmpty else {
        comparison.equal += 1
        continue
      }
      let rule = explain(found, capture: URL(filePath: capture).stem, row)
      #expect(rule != nil, "\(golden) \(row.ends) \(row.time): \(found)")
      if let rule { comparison.differences[rule, default: 0] += 1 }
    }
    comparison.withoutPartner += pairing.golden
    comparison.onlyOurs += pairing.ours
  }

  @Test func forkOf2024OnTheCapturesOfTheExtractors() throws {
    #expect(Self.columns.count == 83)
    var found = Comparison()
    for name in try goldenCaptures() {
      try compare(
        "extractors/cicflowmeter_engelen/\(name).csv", "golden/extractors/pcap/\(name).pcap",
        into: &found)
    }
    #expect(found.pairs == 146)
    #expect(found.equal == 101)
    #expect(
      found.differences == [
        .zeroDuration: 34, .timeOfUDP: 8, .oneAddress: 1, .snapLength: 1, .taggedPadding: 1,
      ])
    // GRE and later fragments are protocol 0 there; ARP is read as if it were IP.
    #expect(found.withoutPartner.map { $0.ends[4] } == ["0", "0", "0"])
    #expect(found.withoutPartner.filter { $0.ends[0] == "8.6.0.1" }.count == 1)
    let protocols = found.onlyOurs.filter { $0.flow.source.isVersion4 }
      .map(\.flow.protocolNumber)
    #expect(protocols.sorted() == [6, 17, 47])
    #expect(found.onlyOurs.filter { !$0.flow.source.isVersion4 }.count == 4 + 15)
  }

  @Test func forkOf2024OnScansAndPing() throws {
    var found = Comparison()
    for name in ["ping", "nmap-ss", "nmap-a-t4"] {
      try compare(
        "rustiflow-experiments/concap/completed/\(name)/cicflowmeter.csv",
        "pcap/rustiflow-experiments/concap/completed/\(name)/dump.pcap", into: &found)
    }
    #expect(found.pairs == 743)
    #expect(found.equal == 732)
    #expect(found.differences == [.zeroDuration: 10, .timeOfUDP: 1])
    #expect(found.withoutPartner.isEmpty)
    // Its authors took these out of the table of the last capture.
    #expect(found.onlyOurs.count == 361)
  }

  @Test func publishedCorrectedRows() throws {
    let table = try GoldenTable("cic-ids2017-sqli/improved_rows.csv")
    let published = try FeatureSets.publishedNames(of: "cic2022-compat")
    #expect(table.columns == published)
    let pairing = GoldenPairing(
      table,
      try flows(of: "pcap/ndpi/tests/cfgs/default/pcap/WebattackSQLinj.pcap", "cic2022-compat"),
      isSameStart: isSameStart,
      agree: { row, ours in zip(row.values, ours.values).allSatisfy(agreesInPrint) })
    #expect(pairing.pairs.count == 9)
    #expect(pairing.golden.isEmpty && pairing.ours.isEmpty)
    for (row, ours) in pairing.pairs {
      for (index, column) in table.columns.enumerated() {
        #expect(
          agreesInPrint(row.values[index], ours.values[index]),
          "\(row.ends) \(column): \(row.values[index]), not \(ours.values[index])")
      }
    }
  }
}

extension URL {
  /// The name of the file without what it ends in.
  fileprivate var stem: String { deletingPathExtension().lastPathComponent }
}
