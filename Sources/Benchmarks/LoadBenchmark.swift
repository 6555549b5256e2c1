import Foundation

/// The speed and the memory of reading a table, against the libraries that others read theirs with.
///
/// Tables and libraries come from the scripts of the comparison with other tools, `../shared/peers`;
/// without them this part is left out, and says so.
enum LoadBenchmark {
  private static let rounds = 3
  private static let tools = ["polars", "pyarrow", "duckdb", "pandas"]

  static func run() throws {
    let script = "../shared/peers/learn/csvload.py"
    let home =
      ProcessInfo.processInfo.environment["PEERS_HOME"]
      ?? NSHomeDirectory() + "/.cache/flowmeter-peers"
    let python = home + "/venv/learn/bin/python"
    let table = ["large", "sample"].map { "\(home)/data/\($0).csv" }.first(where: isThere)
    guard let table, isThere(script), isThere(python) else {
      return print("load: left out, as \(script), its table or its libraries are not here")
    }
    // The script times whole processes of commands, but of libraries the loading alone: our own
    // time without the start of the process is measured here.
    var own: LoadRound?
    var peers: [String: Peer] = [:]
    for _ in 0..<rounds {
      let text = try Child.output(of: CommandLine.arguments[0], ["load", table])
      let round = try JSONDecoder().decode(LoadRound.self, from: Data(text.utf8))
      if round.seconds < own?.seconds ?? .infinity { own = round }
      let lines = try Child.output(
        of: python, [script, table, "--runs", "1", "--tools", tools.joined(separator: ",")])
      for peer in lines.split(separator: "\n").compactMap(Peer.init) {
        if peer.seconds < peers[peer.name]?.seconds ?? .infinity { peers[peer.name] = peer }
      }
    }
    guard let own, let fastest = peers.values.min(by: { $0.seconds < $1.seconds }),
      let leanest = peers.values.min(by: { $0.megabytes < $1.megabytes })
    else { return }
    let memory = own.peakMemory / 1_000_000
    let matrix = own.rows * own.columns * 8 / 1_000_000
    report(
      "load \(own.rows) x \(own.columns)", "\(rounded(own.seconds)) s",
      ratio: own.seconds / fastest.seconds, to: fastest.name)
    report(
      "load, memory", "\(memory) MB for \(matrix) MB of matrix",
      ratio: Double(own.peakMemory) / (leanest.megabytes * 1_048_576), to: leanest.name)
  }

  private static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// A line of the script: tool, seconds, MB/s, seconds of the process, of its processors, MiB.
  private struct Peer {
    let name: String
    let seconds: Double
    let megabytes: Double

    init?(_ line: Substring) {
      let words = line.split(separator: " ")
      guard words.count > 6, LoadBenchmark.tools.contains(String(words[0])),
        let seconds = Double(words[1]), let megabytes = Double(words[5])
      else { return nil }
      name = String(words[0])
      self.seconds = seconds
      self.megabytes = megabytes
    }
  }
}
