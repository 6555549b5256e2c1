/// The same margins as a plain linear function of the values: what another tool would print.
extension LinearClassifier {
  /// As `coefficients`, in the units of the columns.
  public var originalCoefficients: [[Double]] {
    coefficients.map { row in zip(row, scales).map { $0 / $1 } }
  }

  /// The margins where all columns are 0, one a row of `coefficients`. Where a column's mean is
  /// far from 0, much of this number cancels against the column's part of the margin.
  public var originalIntercepts: [Double] {
    zip(originalCoefficients, intercepts).map { row, intercept in
      zip(row, means).reduce(intercept) { $0 - $1.0 * $1.1 }
    }
  }

  /// One row a class in the units of the columns, for two classes too: the first then has zeros.
  public var classCoefficients: [[Double]] {
    let rows = originalCoefficients
    return rows.count > 1 ? rows : [Array(repeating: 0, count: featureCount), rows[0]]
  }

  /// One a class, as `classCoefficients`.
  public var classIntercepts: [Double] {
    let intercepts = originalIntercepts
    return intercepts.count > 1 ? intercepts : [0, intercepts[0]]
  }
}
