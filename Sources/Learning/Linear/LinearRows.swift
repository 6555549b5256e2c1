import FeatureTables

/// A matrix with what every logistic regression on it has to know of its columns: worked out once
/// for many fits that differ in penalty, class weights or intercept.
package struct LinearRows: Sendable {
  let matrix: FeatureMatrix
  /// One a row; nil for 1 each. Class weights are not in it.
  let weights: [Double]?
  let scaling: ColumnScaling
  let copies: ColumnCopies

  /// - Parameter weights: one a row, none negative; nil for 1 each.
  /// - Throws: `FitError.infiniteValue`, `FitError.noRows`.
  package init(
    _ matrix: FeatureMatrix, weights: [Double]? = nil, parallel: Parallel
  ) throws(FitError) {
    precondition(weights.map { $0.count == matrix.rowCount && $0.allSatisfy { $0 >= 0 } } ?? true)
    guard matrix.rowCount > 0 else { throw .noRows }
    self.matrix = matrix
    self.weights = weights
    scaling = try ColumnScaling(of: matrix, weights: weights, parallel: parallel)
    copies = ColumnCopies(in: matrix, scaling: scaling, parallel: parallel)
  }
}

/// Which columns are the same as an earlier one, value by value. Tables of CICFlowMeter have nine
/// such columns of 78; a fit without them takes a quarter less time.
struct ColumnCopies: Sendable, Equatable {
  /// For each column the first that equals it: itself, where there is none before.
  let firsts: [Int]

  /// - Parameter scaling: of the same matrix; columns of other moments need no look.
  init(in matrix: FeatureMatrix, scaling: ColumnScaling, parallel: Parallel) {
    firsts = parallel.map(matrix.columnCount) { column in
      (0..<column).first { other in
        scaling.means[column] == scaling.means[other]
          && scaling.deviations[column] == scaling.deviations[other]
          && isSame(matrix.column(column), matrix.column(other))
      } ?? column
    }
  }

  /// All columns that equal `first`, itself included.
  func columns(like first: Int) -> [Int] {
    firsts.indices.filter { firsts[$0] == first }
  }
}

/// Whether two columns hold the same numbers and miss the same.
private func isSame(_ column: ArraySlice<Double>, _ other: ArraySlice<Double>) -> Bool {
  let (column, other) = (column.span, other.span)
  for row in column.indices {
    let (value, same) = (column[row], other[row])
    guard value == same || (value.isNaN && same.isNaN) else { return false }
  }
  return true
}
