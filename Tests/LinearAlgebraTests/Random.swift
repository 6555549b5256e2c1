import FeatureTables
import LinearAlgebra
import TestSupport

/// A matrix of numbers in -1..<1 from a seed.
func randomMatrix(_ rowCount: Int, _ columnCount: Int, seed: UInt64) -> Matrix {
  Matrix(
    rowCount: rowCount, columnCount: columnCount,
    values: randomVector(rowCount * columnCount, seed: seed))
}

func randomVector(_ count: Int, seed: UInt64) -> Vector {
  var generator = RandomGenerator(seed: seed)
  return (0..<count).map { _ in 2 * generator.uniform() - 1 }
}

/// X'WX by three loops.
func plainGram(of rows: Matrix, weights: [Double]) -> Matrix {
  var gram = Matrix(rowCount: rows.columnCount, columnCount: rows.columnCount)
  for first in 0..<rows.columnCount {
    for second in 0..<rows.columnCount {
      for row in 0..<rows.rowCount {
        gram[first, second] += weights[row] * rows[row, first] * rows[row, second]
      }
    }
  }
  return gram
}

/// The largest difference of two lists of numbers.
func distance(_ first: [Double], _ second: [Double]) -> Double {
  precondition(first.count == second.count)
  return zip(first, second).map { abs($0 - $1) }.max() ?? 0
}
