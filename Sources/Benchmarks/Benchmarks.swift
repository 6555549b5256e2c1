import FeatureExtraction
import FeatureTables
import Foundation
import Learning
import Models

/// Measures against the machine's limits, as ratios within one run; with `fit`, fits one learner
/// to a table of the comparison with other libraries.
///
/// usage: Benchmarks                         the ratios
///        Benchmarks extract                 those of extraction alone
///        Benchmarks load                    that of loading a table, against other libraries
///        Benchmarks load CSV                one JSON line: seconds and memory of loading it
///        Benchmarks fit CSV TARGET LEARNER TREES [THREADS [PREDICTIONS]]   one JSON line
///        Benchmarks grid CSV TARGET THREADS [TRIALS]   one JSON line: seconds of FlowMeter's grid
@main
struct Benchmarks {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "fit", (5...7).contains(arguments.count), let trees = Int(arguments[4]) {
      try PeerFit(
        csv: arguments[1], target: arguments[2], learner: arguments[3], trees: trees,
        parallel: arguments.count > 5
          ? Parallel(threads: Int(arguments[5]) ?? 1) : Parallel(),
        predictions: arguments.count > 6 ? arguments[6] : nil
      ).run()
    } else if arguments.first == "grid", (4...5).contains(arguments.count),
      let threads = Int(arguments[3])
    {
      try GridSearch(
        table: try PeerTable(arguments[1], target: arguments[2]),
        parallel: Parallel(threads: threads), trials: arguments.count > 4 ? arguments[4] : nil
      ).run()
    } else if arguments.first == "extract", arguments.count == 6 {
      try extract(Array(arguments.dropFirst()))
    } else if arguments.first == "load", arguments.count == 2 {
      let round = try LoadRound.run(arguments[1])
      print(String(decoding: try JSONEncoder().encode(round), as: UTF8.self))
    } else if arguments == ["load"] {
      try LoadBenchmark.run()
    } else if arguments == ["extract"] {
      try ExtractionBenchmark.run()
    } else if arguments.isEmpty {
      let processors = ProcessInfo.processInfo.activeProcessorCount
      print("\(processors) processors; ratios are of times within this run, 1 is the limit")
      try ExtractionBenchmark.run()
      try tables()
      try LoadBenchmark.run()
      try documents()
    } else {
      print(
        "usage: Benchmarks [extract | load [CSV] | fit CSV TARGET LEARNER TREES [THREADS [PREDICTIONS]]"
          + " | grid CSV TARGET THREADS [TRIALS]]"
      )
      exit(64)
    }
  }

  /// One extraction, for the process that measures: CAPTURE SET OUTPUT THREADS MAXIMUM-FLOWS.
  private static func extract(_ arguments: [String]) throws {
    guard let output = ExtractionRound.Output(rawValue: arguments[2]),
      let threads = Int(arguments[3]), let cap = Int(arguments[4])
    else { exit(64) }
    let round = try ExtractionRound.run(
      arguments[0], set: arguments[1], output: output, threads: threads,
      maximumFlows: cap == 0 ? nil : cap)
    print(String(decoding: try JSONEncoder().encode(round), as: UTF8.self))
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
