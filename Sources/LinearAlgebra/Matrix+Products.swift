import COpenBLAS

extension Matrix {
  /// The product with a vector of `columnCount` numbers (BLAS `dgemv`).
  public func times(_ vector: Vector) -> Vector {
    precondition(vector.count == columnCount)
    return product(CblasNoTrans, vector, count: rowCount)
  }

  /// The product of the transpose with a vector of `rowCount` numbers (BLAS `dgemv`).
  public func transposedTimes(_ vector: Vector) -> Vector {
    precondition(vector.count == rowCount)
    return product(CblasTrans, vector, count: columnCount)
  }

  /// The product with a matrix of `columnCount` rows (BLAS `dgemm`).
  public func times(_ other: Matrix) -> Matrix {
    var result = Matrix(rowCount: rowCount, columnCount: other.columnCount)
    result.add(self, times: other)
    return result
  }

  /// Adds the product of two matrices (BLAS `dgemm`).
  public mutating func add(_ left: Matrix, times right: Matrix) {
    precondition(left.rowCount == rowCount && right.columnCount == columnCount)
    precondition(left.columnCount == right.rowCount)
    addProduct(left, CblasNoTrans, right, inner: left.columnCount)
  }

  /// Adds the product of the transpose of `left` with `right` (BLAS `dgemm`).
  public mutating func add(transposeOf left: Matrix, times right: Matrix) {
    precondition(left.columnCount == rowCount && right.columnCount == columnCount)
    precondition(left.rowCount == right.rowCount)
    addProduct(left, CblasTrans, right, inner: left.rowCount)
  }

  /// Adds `factor` times a matrix of the same shape.
  public mutating func add(_ factor: Double, times other: Matrix) {
    precondition(rowCount == other.rowCount && columnCount == other.columnCount)
    values.add(factor, times: other.values)
  }

  /// The largest absolute value of an element; 0 where there is none.
  public var largestMagnitude: Double {
    guard !values.isEmpty else { return 0 }
    OpenBLAS.prepare()
    return abs(values[unsafe Int(cblas_idamax(blasint(values.count), values, 1))])
  }

  private func product(_ transpose: CBLAS_TRANSPOSE, _ vector: Vector, count: Int) -> Vector {
    var result = Vector(repeating: 0, count: count)
    guard !values.isEmpty else { return result }
    OpenBLAS.prepare()
    unsafe cblas_dgemv(
      CblasColMajor, transpose, blasint(rowCount), blasint(columnCount), 1, values,
      blasint(rowCount), vector, 1, 0, &result, 1)
    return result
  }

  private mutating func addProduct(
    _ left: Matrix, _ transpose: CBLAS_TRANSPOSE, _ right: Matrix, inner: Int
  ) {
    guard inner > 0, !values.isEmpty else { return }
    OpenBLAS.prepare()
    unsafe cblas_dgemm(
      CblasColMajor, transpose, CblasNoTrans, blasint(rowCount), blasint(columnCount),
      blasint(inner), 1, left.values, blasint(left.rowCount), right.values,
      blasint(right.rowCount), 1, &values, blasint(rowCount))
  }
}
