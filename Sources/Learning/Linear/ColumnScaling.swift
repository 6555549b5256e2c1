import FeatureTables

/// Weighted mean and population standard deviation of each column, over the values that are there.
struct ColumnScaling: Sendable, Equatable {
  let means: [Double]
  /// Root of the mean square about the mean; 1 for a constant column.
  let deviations: [Double]
  /// Root of the mean square about 0; 1 for a column of zeros.
  let magnitudes: [Double]
  /// Columns without a value or with one value only.
  let isConstant: [Bool]
  /// Columns without a value or with zeros only.
  let isZero: [Bool]

  /// - Parameter weights: one a row, or nil for 1 each.
  /// - Throws: `FitError.infiniteValue`.
  init(
    of matrix: FeatureMatrix, weights: [Double]?, parallel: Parallel
  ) throws(FitError) {
    let columns = parallel.map(matrix.columnCount) { column in
      ColumnMoments(of: matrix.column(column), weights: weights)
    }
    for (column, moments) in columns.enumerated() {
      guard let row = moments.infiniteRow else { continue }
      throw .infiniteValue(column: matrix.schema.features[column].name, row: row)
    }
    means = columns.map(\.mean)
    isConstant = columns.map(\.isConstant)
    isZero = columns.map { $0.meanSquare == 0 }
    deviations = columns.map { $0.isConstant ? 1 : $0.variance.squareRoot() * $0.unit }
    magnitudes = columns.map { $0.meanSquare > 0 ? $0.meanSquare.squareRoot() * $0.unit : 1 }
  }
}

/// The moments of one column.
private struct ColumnMoments: Sendable {
  /// The first row that holds an infinite value.
  private(set) var infiniteRow: Int?
  /// What values are divided by before they are squared, so that squares stay in range.
  private(set) var unit = 1.0
  private(set) var mean = 0.0
  /// About the mean, in squared units.
  private(set) var variance = 0.0
  /// About 0, in squared units.
  private(set) var meanSquare = 0.0
  private(set) var isConstant = true

  init(of column: ArraySlice<Double>, weights: [Double]?) {
    var (largest, count) = (0.0, 0)
    for (row, value) in column.enumerated() where !value.isNaN {
      if value.isInfinite {
        infiniteRow = row
        return
      }
      largest = max(largest, abs(value))
      if weights.map({ $0[row] > 0 }) ?? true { count += 1 }
    }
    guard largest > 0, count > 0 else { return }
    // A power of two: division by it is exact.
    if !(1e-100...1e100).contains(largest) { unit = largest.binade }

    let sums = Self.sums(column, weights, 1 / unit, about: 0)
    let center = sums.first / sums.weight
    let centered = Self.sums(column, weights, 1 / unit, about: center)
    // What rounding left in the center is taken out of the variance again.
    let rest = centered.first / sums.weight
    variance = max(0, centered.second / sums.weight - rest * rest)
    meanSquare = sums.second / sums.weight
    mean = (center + rest) * unit
    // The bound of scikit-learn's StandardScaler (`_is_constant_feature`): a variance that rounding
    // alone can make.
    let rounding = Double(count) * Double.ulpOfOne
    let bound = rounding * variance + rounding * center * (rounding * center)
    isConstant = variance <= bound
  }

  /// Weighted sums over the values that are there, of 1 and of the first two powers of what a value
  /// is beyond `center`; in blocks, so that rounding does not grow with the number of rows.
  private static func sums(
    _ column: ArraySlice<Double>, _ weights: [Double]?, _ factor: Double, about center: Double
  ) -> (weight: Double, first: Double, second: Double) {
    var (total, partial) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
    let values = column.span
    for row in values.indices {
      if row % 4_096 == 0 {
        total += partial
        partial = .zero
      }
      let value = values[row] * factor - center
      let weight = weights.map { $0[row] } ?? 1
      if !value.isNaN { partial += weight * SIMD4(1, value, value * value, 0) }
    }
    total += partial
    return (total[0], total[1], total[2])
  }
}
