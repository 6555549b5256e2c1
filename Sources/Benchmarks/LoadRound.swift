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

  /// Runs here, on two threads: what the child process does.
  static func run(_ path: String) throws -> LoadRound {
    let start = ContinuousClock.now
    let table = try FlowTables.read([path], parallel: Parallel(threads: 2))
    return LoadRound(
      seconds: (ContinuousClock.now - start) / .seconds(1), rows: table.rowCount,
      columns: table.matrix.columnCount, peakMemory: residentPeak())
  }
}
