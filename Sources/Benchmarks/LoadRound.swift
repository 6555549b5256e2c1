import FeatureExtraction
import FeatureTables
import Foundation

/// One table read from its file into a labeled matrix, in a process of its own, so that its peak of
/// memory is its own.
struct LoadRound: Codable {
  /// From opening the file to the matrix.
  let seconds: Double
  let rows: Int
  let columns: Int
  /// Largest resident memory of the process, in bytes.
  let peakMemory: Int

  private enum CodingKeys: String, CodingKey {
    case seconds = "load_s"
    case rows, columns, peakMemory
  }

  /// Runs here: what the child process does.
  static func run(_ path: String) throws -> LoadRound {
    let start = ContinuousClock.now
    let table = try FlowTables.read([path])
    return LoadRound(
      seconds: (ContinuousClock.now - start) / .seconds(1), rows: table.rowCount,
      columns: table.matrix.columnCount, peakMemory: Measure.peakMemory)
  }
}

/// What the system says about this process.
enum Measure {
  /// Largest resident memory so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1_024
  }
}
