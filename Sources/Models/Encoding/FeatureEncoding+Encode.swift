import FeatureTables

/// What an estimator takes, and which rows of the input it is.
public struct EncodedMatrix: Sendable, Equatable {
  /// Kept rows by encoded columns: numbers, and NaN for missing.
  public let matrix: FeatureMatrix
  /// For each row of `matrix` the row of the input; ascending, and all of them but where the
  /// policy is to drop.
  public let rows: [Int]
  /// `dropped["nonfinite_rows"]`, and `remarks["unseen_categories"]`: values of categorical
  /// features that have no column, be they unseen at the fit, rare or missing.
  public let account: RowAccount
}

extension FeatureEncoding {
  /// - Parameters:
  ///   - matrix: with the very features of the fit, in their order; its lists of categories are
  ///     its own, names count.
  ///   - file: the name of the input, for errors.
  /// - Throws: `DataError` where a value is not finite and the policy is `error`.
  /// - Complexity: O(rows x encoded columns).
  public func encode(
    _ matrix: FeatureMatrix, from file: String = "table"
  ) throws(DataError) -> EncodedMatrix {
    precondition(
      matrix.schema.features == input.features, "the matrix is not that of the encoding")
    if nonfinite == .error { try refuseNonfinite(in: matrix, file: file) }
    let rows = nonfinite == .drop ? matrix.finiteRows() : Array(0..<matrix.rowCount)
    let kept = rows.count == matrix.rowCount ? matrix : matrix.rows(rows)

    var account = RowAccount()
    account.read = matrix.rowCount
    account.used = rows.count
    if rows.count < matrix.rowCount {
      account.dropped["nonfinite_rows"] = matrix.rowCount - rows.count
    }
    if takesAsTheyAre(kept) {
      let same = FeatureMatrix(
        schema: encodedSchema, rowCount: rows.count, values: kept.values)
      return EncodedMatrix(matrix: same, rows: rows, account: account)
    }
    var values: [Double] = []
    values.reserveCapacity(rows.count * encodedCount)
    var unseen = 0
    for (index, feature) in input.features.enumerated() {
      switch feature.kind {
      case .numeric: appendNumeric(kept.column(index), to: &values)
      case .categorical: unseen += appendOneHot(kept, column: index, to: &values)
      }
    }
    if unseen > 0 { account.remarks["unseen_categories"] = unseen }
    let encoded = FeatureMatrix(schema: encodedSchema, rowCount: rows.count, values: values)
    return EncodedMatrix(matrix: encoded, rows: rows, account: account)
  }

  /// Whether the encoding changes no value, so that a large matrix need not be copied.
  private func takesAsTheyAre(_ matrix: FeatureMatrix) -> Bool {
    guard input.features.allSatisfy({ $0.kind == .numeric }) else { return false }
    return nonfinite == .zero
      ? matrix.values.allSatisfy(\.isFinite) : !matrix.values.contains { $0.isInfinite }
  }

  private func appendNumeric(_ column: ArraySlice<Double>, to values: inout [Double]) {
    let substitute = nonfinite == .zero ? 0 : Double.nan
    for value in column { values.append(value.isFinite ? value : substitute) }
  }

  /// Appends the columns of one categorical feature; gives the values that have none.
  private func appendOneHot(
    _ matrix: FeatureMatrix, column: Int, to values: inout [Double]
  ) -> Int {
    let position = Dictionary(
      uniqueKeysWithValues: categories[column].enumerated().map { ($0.element, $0.offset) })
    let target = matrix.categories[column].map { position[$0] }
    let start = values.count
    values.append(
      contentsOf: repeatElement(0, count: matrix.rowCount * categories[column].count))
    var unseen = 0
    for row in 0..<matrix.rowCount {
      if let code = matrix.categoryCode(row: row, column: column), let target = target[code] {
        values[start + target * matrix.rowCount + row] = 1
      } else {
        unseen += 1
      }
    }
    return unseen
  }

  private func refuseNonfinite(in matrix: FeatureMatrix, file: String) throws(DataError) {
    for (index, feature) in input.features.enumerated() where feature.kind == .numeric {
      let column = matrix.column(index)
      guard let place = column.firstIndex(where: { !$0.isFinite }) else { continue }
      let spelled = column[place].isNaN ? "no number" : "an infinite number"
      throw DataError(
        file: file, place: .column(feature.name),
        problem: "row \(place - column.startIndex) of the data, from 0, holds \(spelled)",
        remedy: "clean the value, or train with --nonfinite missing, zero or drop")
    }
  }
}
