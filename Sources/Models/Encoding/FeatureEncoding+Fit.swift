import FeatureTables

extension FeatureEncoding {
  /// Learns which categories get a column: the most frequent, at most `categoryLimit`, of equal
  /// ones those first by name; then in the order of their names.
  ///
  /// Rows that the policy drops are not counted. Nothing of the labels is used.
  /// - Complexity: O(rows x columns).
  public static func fit(
    to matrix: FeatureMatrix, nonfinite: NonfinitePolicy = .missing
  ) -> FeatureEncoding {
    let rows = nonfinite == .drop ? matrix.finiteRows() : Array(0..<matrix.rowCount)
    let categories = matrix.schema.features.indices.map { column -> [String] in
      switch matrix.schema.features[column].kind {
      case .numeric: []
      case .categorical: mostFrequent(matrix.categoryCounts(column: column, rows: rows))
      }
    }
    return FeatureEncoding(input: matrix.schema, categories: categories, nonfinite: nonfinite)
  }

  private static func mostFrequent(_ counts: [String: Int]) -> [String] {
    let ranked = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return ranked.prefix(categoryLimit).map(\.key).sorted()
  }
}

extension FeatureMatrix {
  /// The rows whose numeric features are all finite, ascending.
  func finiteRows() -> [Int] {
    var isFinite = [Bool](repeating: true, count: rowCount)
    for column in 0..<columnCount where schema.features[column].kind == .numeric {
      let values = column * rowCount
      for row in 0..<rowCount where !self.values[values + row].isFinite { isFinite[row] = false }
    }
    return isFinite.indices.filter { isFinite[$0] }
  }

  /// How often each category of a column occurs in `rows`; missing ones are not counted.
  fileprivate func categoryCounts(column: Int, rows: [Int]) -> [String: Int] {
    let names = categories[column]
    var counts = [Int](repeating: 0, count: names.count)
    for row in rows {
      if let code = categoryCode(row: row, column: column) { counts[code] += 1 }
    }
    var byName: [String: Int] = [:]
    for (name, count) in zip(names, counts) where count > 0 { byName[name, default: 0] += count }
    return byName
  }

  /// The position in `categories` of the value of a categorical column; nil where it is missing.
  func categoryCode(row: Int, column: Int) -> Int? {
    guard let code = Int(exactly: values[column * rowCount + row]),
      categories[column].indices.contains(code)
    else { return nil }
    return code
  }
}
