import FeatureTables
import Models

/// Trees that boosting begins with.
struct BoostingStart {
  let trees: TreeEnsemble
  /// The rows to grow on, whose margins the trees decide.
  let matrix: FeatureMatrix

  private static let rowsPerBlock = 1_024

  /// Writes the margins of all rows, output-major.
  func fill(_ margins: Buffer<Double>, parallel: Parallel) {
    let (count, outputs) = (matrix.rowCount, trees.marginCount)
    precondition(margins.count == count * outputs)
    parallel.forEach((count + BoostingStart.rowsPerBlock - 1) / BoostingStart.rowsPerBlock) {
      let start = $0 * BoostingStart.rowsPerBlock
      let rows = start..<min(start + BoostingStart.rowsPerBlock, count)
      let block = trees.marginsAsGrown(of: rows, in: matrix)
      for output in 0..<outputs {
        for (place, row) in rows.enumerated() {
          margins[output * count + row] = block[output * rows.count + place]
        }
      }
    }
  }
}
