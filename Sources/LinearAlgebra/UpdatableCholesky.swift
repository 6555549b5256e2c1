import COpenBLAS

/// The Cholesky factor of a matrix whose rows come and go: to add or to remove one costs the square
/// of the order, where a new factorization costs the cube.
public struct UpdatableCholesky: Sendable {
  /// Rows of the matrix at present.
  public private(set) var order = 0
  private let capacity: Int
  /// Lower triangle, column-major, `capacity` numbers a column.
  private var factor: [Double]

  /// The factor of a matrix without rows.
  /// - Parameter capacity: the largest order.
  public init(capacity: Int) {
    self.capacity = capacity
    factor = Array(repeating: 0, count: capacity * capacity)
  }

  /// Adds a last row, and the column that mirrors it.
  /// - Parameters:
  ///   - row: the new row but for its last element, `order` numbers.
  ///   - diagonal: its last element.
  /// - Returns: whether it was added; not if it depends on the others to working precision
  ///   (`Cholesky.smallestPivot`).
  public mutating func append(row: Vector, diagonal: Double) -> Bool {
    precondition(row.count == order && order < capacity)
    let solved = solve(CblasNoTrans, row)
    let pivot = diagonal - dot(solved, solved)
    guard pivot > Cholesky.smallestPivot(order: order + 1) * diagonal else { return false }
    for (column, value) in solved.enumerated() { factor[column * capacity + order] = value }
    factor[order * capacity + order] = pivot.squareRoot()
    order += 1
    return true
  }

  /// Removes a row and its column; later ones move up.
  public mutating func remove(_ position: Int) {
    precondition((0..<order).contains(position))
    OpenBLAS.prepare()
    unsafe factor.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      for column in 0..<order {
        let row = max(position, column - 1)
        let target = unsafe first + column * capacity + row
        unsafe target.update(from: target + 1, count: order - 1 - row)
      }
      // The columns from `position` on now reach one row above the diagonal: each pair is rotated
      // until the second of the two does not.
      for row in position..<order - 1 {
        let left = unsafe first + row * capacity + row
        let right = unsafe left + capacity
        var (cosine, sine) = (0.0, 0.0)
        unsafe cblas_drotg(left, right, &cosine, &sine)
        unsafe cblas_drot(
          blasint(order - row - 2), left + 1, 1, right + 1, 1, cosine, sine)
      }
    }
    order -= 1
  }

  /// Solves for one right-hand side of `order` numbers.
  public func solve(_ rightSide: Vector) -> Vector {
    precondition(rightSide.count == order)
    return solve(CblasTrans, solve(CblasNoTrans, rightSide))
  }

  private func solve(_ transpose: CBLAS_TRANSPOSE, _ rightSide: Vector) -> Vector {
    var solution = rightSide
    guard order > 0 else { return solution }
    OpenBLAS.prepare()
    unsafe cblas_dtrsv(
      CblasColMajor, CblasLower, transpose, CblasNonUnit, blasint(order), factor,
      blasint(capacity), &solution, 1)
    return solution
  }
}
