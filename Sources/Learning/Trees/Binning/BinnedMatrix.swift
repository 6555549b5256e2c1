import FeatureTables

/// A feature matrix in bins: what trees are grown on. Columns that cannot split are left out, and
/// of columns that bin all rows alike only the first is kept.
package struct BinnedMatrix<Code: BinCode>: Sendable {
  package let rowCount: Int
  package let columns: [BinnedColumn<Code>]
  /// For each column of the feature matrix the index into `columns` of the one that stands for
  /// it; nil for a constant.
  package let representatives: [Int?]

  /// - Parameter limit: bins a column at most, without that of missing values.
  /// - Throws: `FitError.infiniteValue`, for the first column that holds one.
  package init(_ matrix: FeatureMatrix, limit: Int, parallel: Parallel) throws(FitError) {
    typealias Outcome = Result<BinnedColumn<Code>, FitError>
    let outcomes = parallel.map(matrix.columnCount) { index -> Outcome in
      Outcome { () throws(FitError) in
        try BinnedColumn<Code>(
          matrix.column(index), source: index, limit: limit,
          name: matrix.schema.features[index].name)
      }
    }
    var kept: [BinnedColumn<Code>] = []
    var representatives: [Int?] = []
    var keptByDigest: [UInt64: [Int]] = [:]
    for outcome in outcomes {
      let column = try outcome.get()
      guard !column.isConstant else {
        representatives.append(nil)
        continue
      }
      let digest = column.digest
      if let twin = keptByDigest[digest]?.first(where: { kept[$0].isTwin(of: column) }) {
        representatives.append(twin)
      } else {
        keptByDigest[digest, default: []].append(kept.count)
        representatives.append(kept.count)
        kept.append(column)
      }
    }
    rowCount = matrix.rowCount
    columns = kept
    self.representatives = representatives
  }
}

extension BinnedColumn {
  /// Equal for columns of equal codes; others collide by chance alone.
  fileprivate var digest: UInt64 {
    var digest = UInt64(codeCount)
    for row in 0..<codes.count {
      digest = unsafe (digest ^ UInt64(codes.base[row])) &* 0x9E37_79B9_7F4A_7C15
      digest ^= digest &>> 29
    }
    return digest
  }

  /// Whether both hold the same floats in the same rows, as far as bins can tell.
  fileprivate func isTwin(of other: BinnedColumn) -> Bool {
    guard bounds == other.bounds, hasMissing == other.hasMissing else { return false }
    for row in 0..<codes.count {
      if unsafe codes.base[row] != other.codes.base[row] { return false }
    }
    return true
  }
}
