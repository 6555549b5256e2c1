import COpenBLAS

/// The scalar product of two vectors of one length.
public func dot(_ first: Vector, _ second: Vector) -> Double {
  precondition(first.count == second.count)
  OpenBLAS.prepare()
  return unsafe cblas_ddot(blasint(first.count), first, 1, second, 1)
}

extension Vector {
  /// Adds `factor` times `other`, a vector of the same length.
  public mutating func add(_ factor: Double, times other: Vector) {
    precondition(count == other.count)
    OpenBLAS.prepare()
    unsafe cblas_daxpy(blasint(count), factor, other, 1, &self, 1)
  }

  /// Adds `factor` times one column of a matrix with as many rows as this vector is long.
  public mutating func add(_ factor: Double, timesColumn column: Int, of matrix: Matrix) {
    precondition(count == matrix.rowCount && (0..<matrix.columnCount).contains(column))
    OpenBLAS.prepare()
    let length = blasint(count)
    unsafe matrix.values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return }
      unsafe cblas_daxpy(length, factor, first + column * matrix.rowCount, 1, &self, 1)
    }
  }
}
