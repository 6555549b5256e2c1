import FeatureExtraction
import FeatureTables
import Foundation

/// One extraction in a process of its own, so that its peak of memory is its own.
struct ExtractionRound: Codable {
  /// What becomes of the flows.
  enum Output: String, Codable {
    /// Features are computed and dropped.
    case flows
    /// A CSV table in a file.
    case table
  }

  let seconds: Double
  let packets: Int
  let flows: Int
  let evicted: Int
  /// Largest resident memory of the process, in bytes.
  let peakMemory: Int

  /// Runs here: what the child process does.
  static func run(
    _ capture: String, set: String, output: Output, threads: Int, maximumFlows: Int?
  ) throws -> ExtractionRound {
    var options = ExtractionOptions()
    options.featureSet = set
    options.maximumFlows = maximumFlows
    let parallel = Parallel(threads: threads)
    let clock = ContinuousClock()
    var account = ExtractionAccount()
    let duration = try clock.measure {
      switch output {
      case .flows:
        account = try FlowExtraction.extract(
          [capture], options: options, parallel: parallel, rendering: { $0.count }
        ) { _ in }
      case .table:
        let path = FileManager.default.temporaryDirectory.appending(path: "benchmark-flows.csv")
        defer { try? FileManager.default.removeItem(at: path) }
        account = try FlowExtraction.write(
          [capture], options: options, parallel: parallel, to: path.path)
      }
    }
    return ExtractionRound(
      seconds: duration / .seconds(1), packets: account.packets.read,
      flows: account.flows.written, evicted: account.flows.evicted, peakMemory: residentPeak())
  }

  /// Runs in a child process.
  static func spawn(
    _ capture: String, set: String, output: Output, threads: Int = 2, maximumFlows: Int? = nil
  ) throws -> ExtractionRound {
    let arguments = [
      "extract", capture, set, output.rawValue, String(threads), String(maximumFlows ?? 0),
    ]
    let text = try Child.output(of: CommandLine.arguments[0], arguments)
    return try JSONDecoder().decode(ExtractionRound.self, from: Data(text.utf8))
  }
}

/// Programs that run beside this one.
enum Child {
  /// What a program writes to standard output.
  static func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    // OpenBLAS starts threads when it is loaded, which spin a while for nothing and would take a
    // core from what is measured.
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["OPENBLAS_NUM_THREADS": "1"]) { _, one in one }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw DataError(
        .inputOutput, file: program, problem: "ended with status \(process.terminationStatus)",
        remedy: "run it by hand: \(arguments.joined(separator: " "))")
    }
    return String(decoding: data, as: UTF8.self)
  }
}
