import COpenBLAS

/// A square matrix that equals its transpose. The lower triangle is kept, in a full column-major
/// square as BLAS wants it; nothing reads the other triangle.
public struct SymmetricMatrix: Sendable {
  /// How many rows there are, and columns.
  public let order: Int
  var values: [Double]

  /// A matrix of zeros.
  public init(order: Int) {
    self.order = order
    values = Array(repeating: 0, count: order * order)
  }

  /// The value at a row and a column, both from 0; to set one is to set its mirror image too.
  public subscript(row: Int, column: Int) -> Double {
    get { values[min(row, column) * order + max(row, column)] }
    set { values[min(row, column) * order + max(row, column)] = newValue }
  }

  /// Both triangles.
  public func full() -> Matrix {
    var result = Matrix(rowCount: order, columnCount: order, values: values)
    for column in 0..<order {
      for row in 0..<column { result[row, column] = values[row * order + column] }
    }
    return result
  }

  /// The matrix of the rows and columns at `indices`, in that order.
  public func principal(_ indices: [Int]) -> SymmetricMatrix {
    var result = SymmetricMatrix(order: indices.count)
    for (column, source) in indices.enumerated() {
      for row in column..<indices.count { result[row, column] = self[indices[row], source] }
    }
    return result
  }

  /// Adds `factor` times a matrix of the same order.
  public mutating func add(_ factor: Double, times other: SymmetricMatrix) {
    precondition(order == other.order)
    values.add(factor, times: other.values)
  }

  /// The product with a vector of `order` numbers (BLAS `dsymv`).
  public func times(_ vector: Vector) -> Vector {
    precondition(vector.count == order)
    var result = Vector(repeating: 0, count: order)
    guard order > 0 else { return result }
    OpenBLAS.prepare()
    unsafe cblas_dsymv(
      CblasColMajor, CblasLower, blasint(order), 1, values, blasint(order), vector, 1, 0, &result,
      1)
    return result
  }
}
