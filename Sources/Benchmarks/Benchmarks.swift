import FeatureExtraction
import FeatureTables
import Foundation
import Learning
import Models

/// Measures against the machine's limits, as ratios within one run; with `fit`, fits one learner
/// to a table of the comparison with other libraries.
///
/// usage: Benchmarks                         the ratios
///        Benchmarks fit CSV TARGET LEARNER TREES   one JSON line: seconds of the fit
@main
struct Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "fit", arguments.count == 5, let trees = Int(arguments[4]) {
      try PeerFit(
        csv: arguments[1], target: arguments[2], learner: arguments[3], trees: trees
      ).run()
    } else if arguments.isEmpty {
      let processors = ProcessInfo.processInfo.activeProcessorCount
      print("\(processors) processors; ratios are of times within this run, 1 is the limit")
      try extraction()
      try tables()
      try documents()
    } else {
      print("usage: Benchmarks [fit CSV TARGET LEARNER TREES]")
      exit(64)
    }
  }

  /// Flows of a bundled recording against reading the bytes of the file.
  private static func extraction() throws {
    let capture = "Datasets/bundled/recording-a.pcap"
    let reading = try shortest(of: 9) { try byteCount(capture) }
    let extracting = try shortest(of: 9) { try FlowExtraction.extract([capture]) { _ in } }
    let packets = Double(extracting.result.packets.read)
    report(
      "extract", "\(rounded(packets / extracting.seconds / 1e6)) million packets/s",
      ratio: extracting.seconds / reading.seconds, to: "reading the file with its digest")
  }

  /// A table of numbers against reading its bytes.
  private static func tables() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "benchmark-table.csv").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try WholeFile.write(numericTable(rows: 200_000, columns: 40), to: path)
    let reading = try shortest { try byteCount(path) }
    let parsing = try shortest { try FlowTables.read([path]) }
    let megabytes = Double(reading.result) / 1e6
    report(
      "read table", "\(rounded(megabytes / parsing.seconds)) MB/s",
      ratio: parsing.seconds / reading.seconds, to: "reading the file with its digest")
  }

  /// Loading a hundred deep trees of 50,001 nodes against reading their bytes.
  private static func documents() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "benchmark-model.json").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ModelDocument.write(deepModel(trees: 100, nodes: 50_001), to: path)
    let reading = try shortest { try byteCount(path) }
    let loading = try shortest { try ModelDocument(path: path) }
    report(
      "load model", "\(rounded(loading.seconds)) s for \(reading.result / 1_000_000) MB",
      ratio: loading.seconds / reading.seconds, to: "reading the file with its digest")
  }

  private static func byteCount(_ path: String) throws -> Int {
    var source = try ByteSource(path: path)
    var count = 0
    while let chunk = try source.next() { count += chunk.count }
    return count
  }
}
