import FeatureExtraction
import FeatureTables
import Foundation

/// The speed and the memory of extraction, against a loop in C that parses and tables every
/// packet of a large capture and does nothing else.
///
/// Capture and loop come from the scripts of the comparison with other tools, `../shared/peers`;
/// without them this part is left out, and says so.
enum ExtractionBenchmark {
  private static let rounds = 5

  static func run() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "flowmeter-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try againstLoop()
    try flood(in: folder)
    try growth(in: folder)
  }

  private static func againstLoop() throws {
    let script = "../shared/peers/extract/captures.sh"
    guard FileManager.default.fileExists(atPath: script) else {
      return print("extract: left out, as \(script) is not here: the comparison with the loop in C")
    }
    _ = try Child.output(of: "/bin/bash", [script, "tools"])
    let capture = try Child.output(of: "/bin/bash", [script, "big"]).split(separator: "\n").last
    guard let capture else { return }
    let home =
      ProcessInfo.processInfo.environment["PEERS_HOME"]
      ?? NSHomeDirectory() + "/.cache/flowmeter-peers"
    var loop = Double.infinity
    var best: [String: ExtractionRound] = [:]
    let sets = FeatureSets.names.flatMap { set in
      [(set, ExtractionRound.Output.flows), (set, .table)]
    }
    for _ in 0..<rounds {
      loop = min(loop, try loopSeconds(home + "/bin/cloop", String(capture)))
      for (set, output) in sets {
        let round = try ExtractionRound.spawn(String(capture), set: set, output: output)
        let name = "\(set) \(output)"
        if round.seconds < best[name]?.seconds ?? .infinity { best[name] = round }
      }
    }
    for (set, output) in sets {
      guard let round = best["\(set) \(output)"] else { continue }
      report(
        "extract \(set), \(output)",
        "\(rounded(Double(round.packets) / round.seconds / 1e6)) million packets/s, "
          + "\(round.peakMemory / 1_000_000) MB, \(try FeatureSets.stateBytes(of: set)) bytes a flow",
        ratio: round.seconds / loop, to: "the loop in C")
    }
  }

  /// The loop says its own time, in front of ` s,`.
  private static func loopSeconds(_ program: String, _ capture: String) throws -> Double {
    let words = try Child.output(of: program, ["table", capture]).split(separator: " ")
    guard let unit = words.firstIndex(of: "s,"), unit > 0, let seconds = Double(words[unit - 1])
    else { throw DataError(file: program, problem: "prints no time", remedy: "run it by hand") }
    return seconds
  }

  /// Ten million flows of one packet under a cap of a million: against flows of twenty packets, of
  /// which each twentieth packet makes a row and not each; and three million of them against the
  /// same without a cap, which says what the cap costs.
  private static func flood(in folder: URL) throws {
    let path = folder.appending(path: "flood.pcap").path
    let shorter = folder.appending(path: "shorter.pcap").path
    let ordinary = folder.appending(path: "ordinary.pcap").path
    try SyntheticCapture.flood(packets: 10_000_000, to: path)
    try SyntheticCapture.flood(packets: 3_000_000, to: shorter)
    try SyntheticCapture.traffic(packets: 10_000_000, to: ordinary)
    defer {
      for file in [path, shorter, ordinary] { try? FileManager.default.removeItem(atPath: file) }
    }
    for set in FeatureSets.names {
      let cap = 1_000_000
      let flood = try ExtractionRound.spawn(path, set: set, output: .flows, maximumFlows: cap)
      let usual = try ExtractionRound.spawn(ordinary, set: set, output: .flows, maximumFlows: cap)
      let state = cap * (try FeatureSets.stateBytes(of: set))
      report(
        "SYN flood, \(set)",
        "\(rounded(Double(flood.packets) / flood.seconds / 1e6)) million packets/s, "
          + "\(flood.peakMemory / 1_000_000) MB for \(state / 1_000_000) MB of flows",
        ratio: flood.seconds / usual.seconds, to: "flows of twenty packets")
      let capped = try ExtractionRound.spawn(shorter, set: set, output: .flows, maximumFlows: cap)
      let free = try ExtractionRound.spawn(shorter, set: set, output: .flows)
      report(
        "SYN flood, \(set), under a cap",
        "\(capped.peakMemory / 1_000_000) MB instead of \(free.peakMemory / 1_000_000) MB",
        ratio: capped.seconds / free.seconds, to: "the same without a cap")
    }
  }

  /// Ten times the packets must take ten times the time, and no more memory.
  private static func growth(in folder: URL) throws {
    var before: ExtractionRound?
    for packets in [100_000, 1_000_000, 10_000_000] {
      let path = folder.appending(path: "growth.pcap").path
      try SyntheticCapture.traffic(packets: packets, to: path)
      let round = try (0..<3).map { _ in
        try ExtractionRound.spawn(path, set: FeatureSets.names[0], output: .flows)
      }.min { $0.seconds < $1.seconds }
      guard let round else { continue }
      report(
        "growth, \(packets) packets",
        "\(rounded(round.seconds)) s, \(round.peakMemory / 1_000_000) MB",
        ratio: before.map { round.seconds / $0.seconds } ?? 1, to: "a tenth of the packets")
      before = round
    }
  }
}
