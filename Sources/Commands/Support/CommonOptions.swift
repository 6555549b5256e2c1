import ArgumentParser
import Evaluation
import FeatureTables

/// What every verb takes.
struct CommonOptions: ParsableArguments {
  @Flag(help: "Write the result as JSON to standard output.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Use at most this many threads (count); results do not depend on it.", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("Start random choices from this number.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("--threads takes a count of at least 1, not \(threads).")
    }
  }

  var parallel: Parallel { threads.map { Parallel(threads: $0) } ?? Parallel() }
  var console: Console { Console(isQuiet: quiet) }
}

extension CommonOptions {
  /// Writes a result to standard output: as JSON if that is asked for, else as text.
  /// - Throws: `DataError` of kind `inputOutput`.
  func write<Result: Encodable>(_ result: Result, text: (Result) -> String) throws {
    if json {
      try Console.write(try StableJSON.encode(result) + [0x0A])
    } else {
      try Console.write(text(result))
    }
  }
}
