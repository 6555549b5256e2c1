import Foundation
import TestSupport

/// A capture of the shared data and what another tool made of it.
struct GoldenPair: Sendable {
  let capture: URL
  let expected: URL

  /// As the list has it, below `pcap/`.
  let name: String

  /// The pairs made by a tool, in the order of the list.
  static func all(madeBy tool: String, note: String? = nil) throws -> [GoldenPair] {
    let golden = sharedData.appending(path: "golden")
    let list = try String(contentsOf: golden.appending(path: "PAIRS.tsv"), encoding: .utf8)
    return list.split(whereSeparator: \.isNewline).dropFirst().compactMap { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count >= 4, fields[2] == tool, note == nil || fields[3] == note else {
        return nil
      }
      return GoldenPair(
        capture: sharedData.appending(path: fields[0]),
        expected: golden.appending(path: fields[1]), name: fields[0])
    }
  }
}
