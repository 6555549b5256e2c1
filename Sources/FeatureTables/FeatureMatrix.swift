/// Rows by columns of numbers, stored by column in one contiguous buffer.
///
/// A missing value is NaN. A categorical column holds the index of its value in `categories`,
/// as a number; what a model makes of it is the model's affair.
public struct FeatureMatrix: Sendable, Equatable {
  /// The features of the columns, in the order of the columns.
  public private(set) var schema: FeatureSchema
  /// How many rows there are; may be 0.
  public private(set) var rowCount: Int
  /// Column-major: the value of row r in column c is at `c * rowCount + r`.
  public private(set) var values: [Double]
  /// One list a column: the names behind the codes of a categorical column, else empty.
  public private(set) var categories: [[String]]

  /// How many columns there are: the features of `schema`.
  public var columnCount: Int { schema.features.count }

  /// - Parameters:
  ///   - values: column-major, `rowCount` times the number of features.
  ///   - categories: one list a column, or empty where no column is categorical.
  public init(
    schema: FeatureSchema, rowCount: Int, values: [Double], categories: [[String]] = []
  ) {
    precondition(values.count == rowCount * schema.features.count, "values do not fill the matrix")
    precondition(categories.isEmpty || categories.count == schema.features.count)
    self.schema = schema
    self.rowCount = rowCount
    self.values = values
    self.categories =
      categories.isEmpty ? Array(repeating: [], count: schema.features.count) : categories
  }

  /// The value at a row and a column, both from 0.
  public subscript(row: Int, column: Int) -> Double {
    values[column * rowCount + row]
  }

  /// One column, without a copy.
  public func column(_ index: Int) -> ArraySlice<Double> {
    values[index * rowCount..<(index + 1) * rowCount]
  }

  /// One row, gathered from all columns.
  public func row(_ index: Int) -> [Double] {
    (0..<columnCount).map { values[$0 * rowCount + index] }
  }

  /// The rows at `indices`, in that order; an index may repeat.
  public func rows(_ indices: [Int]) -> FeatureMatrix {
    var selected: [Double] = []
    selected.reserveCapacity(indices.count * columnCount)
    for column in 0..<columnCount {
      let start = column * rowCount
      for index in indices { selected.append(values[start + index]) }
    }
    return FeatureMatrix(
      schema: schema, rowCount: indices.count, values: selected, categories: categories)
  }

  /// The columns at `indices`, in that order.
  public func columns(_ indices: [Int]) -> FeatureMatrix {
    let chosen = FeatureSchema(
      identifier: schema.identifier, version: schema.version,
      features: indices.map { schema.features[$0] })
    return FeatureMatrix(
      schema: chosen, rowCount: rowCount, values: indices.flatMap { column($0) },
      categories: indices.map { categories[$0] })
  }
}
