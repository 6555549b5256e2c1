import FeatureTables

/// Rows as trees compare them: each value rounded to Float and turned into an integer of the same
/// order, so that a comparison can be arithmetic; row-major, since a walk stays within a row.
package struct TreeRows: Sendable {
  package let rowCount: Int
  package let columnCount: Int
  /// The key of row r and column c is at `r * columnCount + c`.
  let keys: [Int32]

  /// The key of a missing value, greater than that of any number.
  static let missing = Int32.max

  package init(_ matrix: FeatureMatrix, rows: Range<Int>) {
    rowCount = rows.count
    columnCount = matrix.columnCount
    var keys = [Int32](repeating: 0, count: rows.count * matrix.columnCount)
    for column in 0..<matrix.columnCount {
      let values = matrix.column(column)
      var target = column
      for value in values[values.startIndex + rows.lowerBound..<values.startIndex + rows.upperBound]
      {
        keys[target] = TreeRows.key(Float(value))
        target += matrix.columnCount
      }
    }
    self.keys = keys
  }

  /// Writes the keys of some rows of one column to the front of `keys`.
  static func writeKeys(
    of matrix: FeatureMatrix, column: Int, rows: Range<Int>,
    to keys: UnsafeMutableBufferPointer<Int32>
  ) {
    precondition(keys.count >= rows.count)
    let start = column * matrix.rowCount
    let values = matrix.values[start + rows.lowerBound..<start + rows.upperBound]
    // Safe: the counts were compared.
    unsafe values.withUnsafeBufferPointer { values in
      for row in 0..<values.count { unsafe keys[row] = key(Float(values[row])) }
    }
  }

  /// Keys compare as the floats do; both zeros have one key.
  @inline(__always)
  static func key(_ value: Float) -> Int32 {
    let bits = Int32(bitPattern: (value + 0).bitPattern)  // -0 + 0 is +0
    return value.isNaN ? missing : bits ^ ((bits &>> 31) & Int32.max)
  }
}
