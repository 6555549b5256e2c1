import Foundation
import LinearAlgebra

/// The curvature of the loss of several classes, as it acts on one change of the margins.
extension SoftmaxLoss {
  /// What the derivatives by the margins change by when margins change a little, to first order.
  /// - Parameters:
  ///   - changes: rows by outputs, as `margins`.
  func curvature(along changes: Matrix, at margins: Matrix, rows: Range<Int>) -> Matrix {
    let (count, classCount) = (rows.count, classCount)
    var result = [Double](repeating: 0, count: count * classCount)
    let (margins, changes) = (margins.values.span, changes.values.span)
    let weights = weights.span
    var probabilities = [Double](repeating: 0, count: classCount)
    for row in 0..<count {
      var largest = margins[row]
      for code in 1..<classCount { largest = max(largest, margins[code * count + row]) }
      var (total, mean) = (0.0, 0.0)
      for code in 0..<classCount {
        let share = exp(margins[code * count + row] - largest)
        probabilities[code] = share
        total += share
        mean += share * changes[code * count + row]
      }
      mean /= total
      let factor = weights[rows.lowerBound + row] / total
      for code in 0..<classCount {
        let index = code * count + row
        result[index] = factor * probabilities[code] * (changes[index] - mean)
      }
    }
    return Matrix(rowCount: count, columnCount: classCount, values: result)
  }
}
