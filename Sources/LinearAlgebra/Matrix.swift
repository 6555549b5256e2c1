/// A column of numbers.
public typealias Vector = [Double]

/// Rows by columns of numbers, column-major: the value of row r in column c is
/// `values[c * rowCount + r]`.
public struct Matrix: Sendable, Equatable {
  /// How many rows there are; may be 0.
  public let rowCount: Int
  /// How many columns there are; may be 0.
  public let columnCount: Int
  /// Column-major, `rowCount * columnCount` of them.
  public package(set) var values: [Double]

  /// A matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      values: Array(repeating: 0, count: rowCount * columnCount))
  }

  /// - Parameter values: column-major, `rowCount * columnCount` of them.
  public init(rowCount: Int, columnCount: Int, values: [Double]) {
    precondition(rowCount >= 0 && columnCount >= 0 && values.count == rowCount * columnCount)
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// The value at a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Double {
    get { values[column * rowCount + row] }
    set { values[column * rowCount + row] = newValue }
  }

  /// One column, without a copy.
  public func column(_ index: Int) -> ArraySlice<Double> {
    values[index * rowCount..<(index + 1) * rowCount]
  }
}
