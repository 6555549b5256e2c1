import FeatureTables

/// A linear model with logistic (two classes) or softmax (more classes) output.
///
/// A value x of column j enters as (x - `means[j]`) / `scales[j]`; a missing value enters as 0,
/// which is the mean. Coefficients are those of the columns so transformed.
public struct LinearClassifier: Classifier, Codable {
  /// The intercept of a class that the fit had no rows of: so low that its probability is 0, and
  /// still a number.
  public static let untrainedIntercept = -1e300

  /// Subtracted from each column; 0 where the fit had neither standardization nor intercept.
  public let means: [Double]
  /// Divides each column; 1 where the fit did not standardize and for constant columns.
  public let scales: [Double]
  /// Rows of coefficients, one number a column: one row for two classes (the margin of the second
  /// class), else one row a class.
  public let coefficients: [[Double]]
  /// One a row of `coefficients`.
  public let intercepts: [Double]
  /// How well the fit determined the coefficients; nil where that is not known or not defined.
  public var standardErrors: StandardErrors?

  enum CodingKeys: String, CodingKey {
    case means, scales, coefficients, intercepts
    case standardErrors = "standard_errors"
  }

  /// - Parameters:
  ///   - means: one a column.
  ///   - scales: one a column, none 0.
  ///   - coefficients: one row for two classes, else one a class; one number a column.
  ///   - intercepts: one a row of `coefficients`.
  public init(
    means: [Double], scales: [Double], coefficients: [[Double]], intercepts: [Double]
  ) {
    precondition(coefficients.count == intercepts.count && !coefficients.isEmpty)
    precondition(means.count == scales.count)
    precondition(coefficients.allSatisfy { $0.count == means.count })
    self.means = means
    self.scales = scales
    self.coefficients = coefficients
    self.intercepts = intercepts
  }

  /// Columns of the matrix that it takes.
  public var featureCount: Int { means.count }
  /// Classes: two for one row of coefficients, else one a row.
  public var classCount: Int { coefficients.count == 1 ? 2 : coefficients.count }

  /// Row-major, rows by rows of `coefficients`. Columns are added in order, so that a row gives
  /// the same bits alone and in a batch.
  public func margins(for matrix: FeatureMatrix, parallel: Parallel = Parallel()) -> [Double] {
    precondition(matrix.columnCount == featureCount, "the matrix is not that of the fit")
    let blocks = parallel.mapBlocks(rowCount: matrix.rowCount) { rows in
      margins(of: rows, in: matrix)
    }
    return Array(blocks.joined())
  }

  /// Row-major, rows by classes: the logistic function of the margins for two classes, their
  /// softmax for more. NaN is a missing value.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    let margins = margins(for: matrix, parallel: parallel)
    return coefficients.count == 1
      ? logisticProbabilities(margins) : softmaxProbabilities(margins, classCount: classCount)
  }

  /// Writes the probabilities of one row, one a class: the same bits as in a batch.
  func writeProbabilities(ofRow row: [Double], to result: inout [Double]) {
    precondition(row.count == featureCount, "the row is not one of the fit's columns")
    for output in intercepts.indices {
      var margin = intercepts[output]
      for column in 0..<featureCount where coefficients[output][column] != 0 {
        let value = row[column]
        if !value.isNaN {
          margin += coefficients[output][column] * ((value - means[column]) / scales[column])
        }
      }
      result[output] = margin
    }
    if intercepts.count == 1 {
      (result[0], result[1]) = logisticPair(result[0])
    } else {
      replaceBySoftmax(&result, 0..<intercepts.count)
    }
  }

  private func margins(of rows: Range<Int>, in matrix: FeatureMatrix) -> [Double] {
    let outputs = intercepts.count
    var margins = [Double](repeating: 0, count: rows.count * outputs)
    for row in 0..<rows.count {
      for output in 0..<outputs { margins[row * outputs + output] = intercepts[output] }
    }
    for column in 0..<featureCount {
      let values = matrix.column(column)
      let (mean, scale) = (means[column], scales[column])
      for output in 0..<outputs where coefficients[output][column] != 0 {
        let coefficient = coefficients[output][column]
        for row in 0..<rows.count {
          let value = values[values.startIndex + rows.lowerBound + row]
          if !value.isNaN {
            margins[row * outputs + output] += coefficient * ((value - mean) / scale)
          }
        }
      }
    }
    return margins
  }
}
