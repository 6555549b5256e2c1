import FeatureTables
import LinearAlgebra

/// The rows of a matrix as the solver wants them: columns shifted and scaled, missing values 0, a
/// last column of ones for the intercept; made block by block, so that there is never a second
/// copy of the table.
package struct StandardizedRows: Sendable {
  /// Rows of a block: with a hundred columns it fits the second-level cache.
  static let rowsPerBlock = 512

  private let matrix: FeatureMatrix
  /// The columns that take part, in order.
  let columns: [Int]
  /// Subtracted, one for each of `columns`.
  private let centers: [Double]
  /// Multiplied, one for each of `columns`.
  private let factors: [Double]
  let hasIntercept: Bool

  package init(
    _ matrix: FeatureMatrix, columns: [Int], centers: [Double], scales: [Double],
    hasIntercept: Bool
  ) {
    self.matrix = matrix
    self.columns = columns
    self.hasIntercept = hasIntercept
    self.centers = columns.map { centers[$0] }
    factors = columns.map { 1 / scales[$0] }
  }

  private init(_ rows: StandardizedRows, at indices: [Int]) {
    matrix = rows.matrix.rows(indices)
    (columns, hasIntercept) = (rows.columns, rows.hasIntercept)
    (centers, factors) = (rows.centers, rows.factors)
  }

  /// A copy of some rows, standardized in the same way.
  func rows(at indices: [Int]) -> StandardizedRows { StandardizedRows(self, at: indices) }

  /// The length of each row: the root of the sum of its squares, the intercept's included.
  func lengths(parallel: Parallel) -> [Double] {
    let groups = groups()
    let parts = parallel.map(groups.count) { group in
      var squares: [Double] = []
      forEach(in: groups[group]) { _, block in
        squares.append(contentsOf: repeatElement(0, count: block.rowCount))
        block.addSquares(to: &squares, from: squares.count - block.rowCount)
      }
      return squares.map { $0.squareRoot() }
    }
    return Array(parts.joined())
  }

  var rowCount: Int { matrix.rowCount }

  /// Columns of a block, the intercept's included.
  var width: Int { columns.count + (hasIntercept ? 1 : 0) }

  var blockCount: Int {
    (matrix.rowCount + Self.rowsPerBlock - 1) / Self.rowsPerBlock
  }

  func rows(ofBlock block: Int) -> Range<Int> {
    let start = block * Self.rowsPerBlock
    return start..<min(start + Self.rowsPerBlock, matrix.rowCount)
  }

  /// Runs of blocks, each to be worked on by one thread; they depend on the data alone.
  /// - Parameter partialSize: numbers that the work keeps for each run; the larger, the fewer runs.
  func groups(partialSize: Int = 0) -> [Range<Int>] {
    let bound = max(1, 32_000_000 / max(1, partialSize))
    let count = max(1, min(32, bound, blockCount / 8))
    return (0..<count).map { blockCount * $0 / count..<blockCount * ($0 + 1) / count }
  }

  /// Calls `body` with each block of `blocks` and its rows by `width` matrix, in order.
  func forEach(in blocks: Range<Int>, _ body: (Int, Matrix) -> Void) {
    var buffer = Matrix(rowCount: 0, columnCount: 0)
    for block in blocks {
      let rows = rows(ofBlock: block)
      if buffer.rowCount != rows.count {
        buffer = Matrix(rowCount: rows.count, columnCount: width)
        fillIntercept(&buffer)
      }
      fill(&buffer, rows: rows)
      body(block, buffer)
    }
  }

  /// The products of the rows of `blocks` with coefficients, `width` for each output; a matrix, rows
  /// by outputs, for each block.
  func products(in blocks: Range<Int>, with coefficients: Matrix) -> [Matrix] {
    var products: [Matrix] = []
    if coefficients.columnCount > 1 {
      forEach(in: blocks) { _, block in products.append(block.times(coefficients)) }
      return products
    }
    // One output is soon done: to write the standardized rows first would take most of the time.
    let factors = coefficients.values
    for block in blocks {
      let rows = rows(ofBlock: block)
      let constant = hasIntercept ? factors[columns.count] : 0
      var product = Matrix(
        rowCount: rows.count, columnCount: 1,
        values: Array(repeating: constant, count: rows.count))
      for (position, column) in columns.enumerated() where factors[position] != 0 {
        product.addToColumn(
          0, factors[position], timesStandardizing: matrix.values,
          from: column * matrix.rowCount + rows.lowerBound, center: centers[position],
          factor: self.factors[position])
      }
      products.append(product)
    }
    return products
  }

  private func fillIntercept(_ buffer: inout Matrix) {
    guard hasIntercept else { return }
    for row in 0..<buffer.rowCount { buffer[row, columns.count] = 1 }
  }

  private func fill(_ buffer: inout Matrix, rows: Range<Int>) {
    for (position, column) in columns.enumerated() {
      buffer.setColumn(
        position, standardizing: matrix.values, from: column * matrix.rowCount + rows.lowerBound,
        center: centers[position], factor: factors[position])
    }
  }
}
