import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

private let golden = sharedData.appending(path: "golden/extractors")

/// The rows of a CSV without quoted commas in the columns that are asked for, by column name.
private func rows(_ file: URL) throws -> [[String: String]] {
  let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
  guard let header = lines.first else { return [] }
  let names = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  return lines.dropFirst().map { line in
    let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return Dictionary(zip(names, cells), uniquingKeysWith: { first, _ in first })
  }
}

/// The flows of a golden capture.
private func flows(_ name: String) throws -> [FlowRow] {
  var found: [FlowRow] = []
  let path = golden.appending(path: "pcap/\(name).pcap").path
  _ = try FlowExtraction.extract([path], options: .flowmeter) { (row) throws(DataError) in
    found.append(row)
  }
  return found
}

private func captures() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: golden.appending(path: "pcap").path)
    .filter { $0.hasSuffix(".pcap") }.map { String($0.dropLast(5)) }.sorted()
}

/// FlowMeter's own output. Comparable are rows of whole, unsnapped, ordered flows of up to 83
/// packets; of its 33 columns the four gaps of the flow and the two gap deviations are computed in
/// another way on purpose, and the two gap means are cut to whole microseconds.
@Test(.enabled(if: sharedDataIsExpected))
func featuresAgreeWithFlowMeter() throws {
  let schema = try FeatureSets.schema(named: "flowmeter")
  let published = try FeatureSets.publishedNames(of: "flowmeter")
  let otherwise: Set = ["IATMean", "IATStd", "IATMin", "IATMax", "fwdIATStd", "bwdIATStd"]
  var compared = 0
  for name in try captures() {
    let ours = try flows(name)
    for row in try rows(golden.appending(path: "flowmeter/\(name).csv")) {
      let parts = try #require(row["fiveTuple"]).components(separatedBy: "--")
      let ports = parts[3...].map { $0.prefix { $0.isNumber } }.joined(separator: " ")
      let match = ours.first {
        $0.text(.sourceAddress) == parts[0] && $0.text(.destinationAddress) == parts[1]
          && "\($0.flow.sourcePort) \($0.flow.destinationPort)" == ports
          && $0.values[1] == row["flowLength"].flatMap(Double.init)
      }
      // Flows after a snap length, beyond the 83rd packet, or cut in another way.
      guard let match, name != "snaplen96", name != "retrans_ooo" else { continue }
      compared += 1
      for (index, column) in published.enumerated() where !otherwise.contains(column) {
        guard let text = row[column], var value = Double(text) else { continue }
        var tolerance = 1e-6
        if schema.features[index].unit == .microseconds {
          value /= 1_000
          if column.hasSuffix("IATMean") { tolerance = 1 }
        }
        #expect(
          abs(value - match.values[index]) <= tolerance + 1e-9 * abs(value),
          "\(name) \(parts) \(column): \(value), not \(match.values[index])")
      }
    }
  }
  #expect(compared == 14)
}

/// nfstream 6.6.0 with statistics: packets, bytes, size extrema and mean, duration.
@Test(.enabled(if: sharedDataIsExpected))
func featuresAgreeWithNfstream() throws {
  var (compared, different, missing) = (0, 0, 0)
  for name in try captures() {
    var ours = try flows(name).sorted { $0.flow.start < $1.flow.start }
    for row in try rows(golden.appending(path: "nfstream_stat_splt/\(name).csv")) {
      let ends = ["src_ip", "src_port", "dst_ip", "dst_port", "protocol"].map { row[$0] ?? "" }
      let index = ours.firstIndex { flow in
        let columns: [IdentityColumn] = [
          .sourceAddress, .sourcePort, .destinationAddress, .destinationPort, .protocolNumber,
        ]
        return columns.map(flow.text) == ends
      }
      guard let index else {
        missing += 1
        continue
      }
      let flow = ours.remove(at: index)
      let duration = flow.flow.end / 1_000_000 - flow.flow.start / 1_000_000
      let pairs: [(String, Double)] = [
        ("bidirectional_packets", flow.values[1]), ("bidirectional_bytes", flow.values[4]),
        ("bidirectional_min_ps", flow.values[7]), ("bidirectional_max_ps", flow.values[8]),
        ("bidirectional_mean_ps", flow.values[5]), ("src2dst_packets", flow.values[2]),
        ("dst2src_bytes", flow.values[10]), ("bidirectional_duration_ms", Double(duration)),
      ]
      compared += 1
      let agrees = pairs.allSatisfy { column, value in
        Double(row[column] ?? "").map { abs($0 - value) <= 1e-9 * abs(value) } ?? false
      }
      if !agrees { different += 1 }
    }
  }
  // One port is reused after FIN, which nfstream merges.
  #expect(compared + missing == 162)
  #expect(different == 1)
  #expect(missing == 0)
}
