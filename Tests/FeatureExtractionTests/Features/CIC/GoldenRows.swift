import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport

/// A table that another program wrote: the columns between its time stamp and its label.
struct GoldenTable {
  /// Stripped of blanks. A column that stands twice is here once.
  let columns: [String]
  let rows: [GoldenRow]

  init(_ path: String) throws {
    let url = sharedData.appending(path: "golden/\(path)")
    let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    let table = lines.map { line in
      line.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let header = table[0]
    let start = (header.firstIndex(of: "Timestamp") ?? 0) + 1
    let end = header.firstIndex(of: "Label") ?? header.count
    let kept = (start..<end).filter { header.firstIndex(of: header[$0]) == $0 }
    columns = kept.map { header[$0] }
    rows = table.dropFirst().map { cells in
      GoldenRow(
        identity: Dictionary(
          zip(header, cells).prefix(start), uniquingKeysWith: { first, _ in first }),
        values: kept.map { goldenNumber(cells[$0]) })
    }
  }
}

struct GoldenRow {
  /// The columns before the features, by their names in the file.
  let identity: [String: String]
  /// In the order of the columns of the table.
  let values: [Double]

  /// Source, destination, their ports and the protocol, under either spelling.
  var ends: [String] {
    [
      ["Src IP", "Source IP"], ["Src Port", "Source Port"], ["Dst IP", "Destination IP"],
      ["Dst Port", "Destination Port"], ["Protocol"],
    ].map { names in names.compactMap { identity[$0] }.first ?? "" }
  }

  var time: String { identity["Timestamp"] ?? "" }
}

private func goldenNumber(_ cell: String) -> Double {
  switch cell {
  case "Infinity": .infinity
  case "NaN": .nan
  default: Double(cell) ?? .nan
  }
}

/// Whether two values are the same but for the digits that a program printed.
func agreesInPrint(_ left: Double, _ right: Double) -> Bool {
  left == right || (left.isNaN && right.isNaN)
    || abs(left - right) <= 1e-9 * max(abs(left), abs(right)) || abs(left - right) < 1e-6
}

/// The flows that a set finds in a capture below the shared data; none where it admits no packet.
func flows(
  of capture: String, _ set: String, stripsPadding: Bool = false
) throws -> [FlowRow] {
  var options = ExtractionOptions()
  options.featureSet = set
  options.stripsPadding = stripsPadding
  var rows: [FlowRow] = []
  let path = sharedData.appending(path: capture).path
  do throws(DataError) {
    _ = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
      rows.append(row)
    }
  } catch {
    guard error.problem.contains("could be metered: not_in_feature_set") else { throw error }
  }
  return rows
}

extension FlowRow {
  var ends: [String] {
    [.sourceAddress, .sourcePort, .destinationAddress, .destinationPort, .protocolNumber]
      .map { (column: IdentityColumn) in text(column) }
  }
}

/// The names of the captures that the extractors were run on.
func goldenCaptures() throws -> [String] {
  let folder = sharedData.appending(path: "golden/extractors/pcap")
  return try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".pcap") }.map { String($0.dropLast(5)) }.sorted()
}

/// A pair of a golden row and a row of ours that are of the same flow, each row once.
struct GoldenPairing {
  var pairs: [(golden: GoldenRow, ours: FlowRow)] = []
  /// Golden rows of which we have no flow, and flows of ours that the table does not have.
  var golden: [GoldenRow] = []
  var ours: [FlowRow]

  /// Among flows of the same ends and time the first is taken whose values agree, if any.
  init(
    _ table: GoldenTable, _ flows: [FlowRow],
    isSameStart: (_ time: String, _ start: Int64) -> Bool,
    agree: (GoldenRow, FlowRow) -> Bool
  ) {
    ours = flows
    for row in table.rows {
      let candidates = ours.indices.filter {
        ours[$0].ends == row.ends && isSameStart(row.time, ours[$0].flow.start)
      }
      let best = candidates.first { agree(row, ours[$0]) } ?? candidates.first
      guard let best else {
        golden.append(row)
        continue
      }
      pairs.append((row, ours.remove(at: best)))
    }
  }
}
