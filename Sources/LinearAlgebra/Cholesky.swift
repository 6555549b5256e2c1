import COpenBLAS

/// The Cholesky factor of a positive semidefinite matrix, with diagonal pivoting where the matrix
/// is singular to working precision.
///
/// The matrix is first scaled to a diagonal of ones, so that columns of very different size are
/// judged alike. Where a pivot falls under `smallestPivot`, the factorization starts again with
/// pivoting (LAPACK `dpstrf`) and ends at the rank; unknowns beyond it are 0 in every solution.
public struct Cholesky: Sendable {
  /// Rows of the matrix, which are also its columns and the unknowns.
  public let order: Int
  /// How many unknowns are independent; `order` for a regular matrix.
  public let rank: Int
  /// The unknowns in the order of elimination; those from `rank` on depend on the ones before.
  public let pivots: [Int]
  /// One over the root of each diagonal element.
  private let scales: [Double]
  /// Lower triangle of the scaled matrix's factor, column-major, in the order of `pivots`.
  private let factor: [Double]

  /// What part of its diagonal element must remain of a pivot, or its unknown counts as dependent.
  /// Rounding leaves about `order` units of the last place, so less is noise.
  public static func smallestPivot(order: Int) -> Double {
    max(1e-13, 4 * Double(order) * Double.ulpOfOne)
  }

  /// Factorizes. A matrix that holds NaN has rank 0.
  /// - Complexity: O(order³).
  public init(_ matrix: SymmetricMatrix) {
    order = matrix.order
    scales = (0..<matrix.order).map { index in
      matrix[index, index] > 0 ? 1 / matrix[index, index].squareRoot() : 1
    }
    let scaled = Cholesky.scaled(matrix, by: scales)
    if let regular = Cholesky.regularFactor(of: scaled, order: order) {
      (factor, rank, pivots) = (regular, order, Array(0..<order))
    } else {
      (factor, rank, pivots) = Cholesky.pivotedFactor(of: scaled, order: order)
    }
  }

  /// Solves for one right-hand side of `order` numbers. For a singular matrix this is the solution
  /// whose dependent unknowns are 0, if there is one at all.
  public func solve(_ rightSide: Vector) -> Vector {
    precondition(rightSide.count == order)
    var solution = Vector(repeating: 0, count: order)
    guard rank > 0 else { return solution }
    var reduced = pivots[..<rank].map { rightSide[$0] * scales[$0] }
    for transpose in [CblasNoTrans, CblasTrans] {
      unsafe cblas_dtrsv(
        CblasColMajor, CblasLower, transpose, CblasNonUnit, blasint(rank), factor, blasint(order),
        &reduced, 1)
    }
    for (position, value) in reduced.enumerated() {
      solution[pivots[position]] = value * scales[pivots[position]]
    }
    return solution
  }

  private static func scaled(_ matrix: SymmetricMatrix, by scales: [Double]) -> [Double] {
    let order = matrix.order
    var values = matrix.values
    for column in 0..<order {
      for row in column..<order { values[column * order + row] *= scales[column] * scales[row] }
    }
    return values
  }

  /// LAPACK `dpotrf`; nil where the matrix is not clearly positive definite.
  private static func regularFactor(of matrix: [Double], order: Int) -> [Double]? {
    guard order > 0 else { return [] }
    OpenBLAS.prepare()
    var factor = matrix
    let status = unsafe LAPACKE_dpotrf(
      LAPACK_COL_MAJOR, lower, CInt(order), &factor, CInt(order))
    let limit = smallestPivot(order: order)
    let isRegular = (0..<order).allSatisfy { index in
      let root = factor[index * order + index]
      return root * root >= limit
    }
    return status == 0 && isRegular ? factor : nil
  }

  private static func pivotedFactor(
    of matrix: [Double], order: Int
  ) -> (factor: [Double], rank: Int, pivots: [Int]) {
    OpenBLAS.prepare()
    var factor = matrix
    var positions = [CInt](repeating: 0, count: order)
    var rank: CInt = 0
    let status = unsafe LAPACKE_dpstrf(
      LAPACK_COL_MAJOR, lower, CInt(order), &factor, CInt(order), &positions, &rank,
      smallestPivot(order: order))
    // Negative for an argument out of bounds or a number that is not finite: nothing is known.
    guard status >= 0 else { return (factor, 0, Array(0..<order)) }
    return (factor, Int(rank), positions.map { Int($0) - 1 })
  }

  private static let lower = CChar(UInt8(ascii: "L"))
}
