import FeatureTables
import Models

/// How fast a fitted estimator predicts, as other libraries are measured: the probabilities of all
/// test rows at once, and of one row at a time.
struct PeerPrediction {
  /// All rows, all threads, best of several.
  let rowsPerSecond: Double
  /// Median of one row, one thread.
  let singleMicroseconds: Double

  init(_ estimator: Estimator, _ matrix: FeatureMatrix, parallel: Parallel) {
    let batch = shortest(of: 50) { estimator.probabilities(for: matrix, parallel: parallel) }
    rowsPerSecond = Double(matrix.rowCount) / batch.seconds
    let rows = (0..<min(2_000, matrix.rowCount)).map { matrix.row($0) }
    var scorer = estimator.scorer()
    var result = [Double](repeating: 0, count: estimator.classCount)
    let clock = ContinuousClock()
    var times: [Double] = []
    for _ in 0..<3 {
      times.removeAll()
      for row in rows {
        let start = clock.now
        scorer.probabilities(of: row, into: &result)
        times.append((clock.now - start) / .microseconds(1))
      }
    }
    singleMicroseconds = times.sorted()[times.count / 2]
  }
}
