import FeatureTables

/// Says how much each column of a row contributes to what an estimator says about the row.
///
/// Contributions are Shapley values, and they are additive: the baseline and the contributions of
/// all columns add up to the output. Of linear models they are exact: coefficient times distance
/// from the training mean. Of trees they are path-dependent (Lundberg et al., "From local
/// explanations to global understanding with explainable AI for trees", 2020): what is not known of
/// a row is averaged over the training rows that reached the node, as the covers tell it.
public struct Explainer: Sendable {
  /// What contributions add up to.
  public enum Space: String, Sendable, Codable {
    /// The number behind the probability: the log-odds of the second of two classes, of more
    /// classes one number each, to be put through softmax. Linear models and boosting.
    case margin
    /// The probability of each class. Random forests and priors.
    case probability
  }

  /// What contributions add up to.
  public let space: Space
  /// Margins, or probabilities, of a row: one for a margin of two classes, else one a class.
  public var outputCount: Int { baselines.count }
  /// Columns of the encoded matrix.
  public let columnCount: Int
  /// One an output: what the estimator says of a row of which nothing is known. Of a linear model
  /// the margin at the training means (at 0, where it was fitted with neither intercept nor
  /// standardization), which is also where a missing value counts; of trees the mean over the
  /// training rows.
  public let baselines: [Double]
  private let method: Method

  private enum Method: Sendable {
    case linear(LinearClassifier)
    /// Margins take turns: tree t belongs to output t mod their number. Else every tree speaks of
    /// all outputs, and their mean counts.
    case trees([TreePaths], areSummed: Bool)
    case nothing
  }

  /// - Parameters:
  ///   - estimator: a calibrated one is explained before calibration.
  ///   - file: what to call the model in an error.
  /// - Throws: `DataError` where a tree does not say how the training rows divided at a node.
  public init(_ estimator: Estimator, file: String = "model") throws(DataError) {
    columnCount = estimator.featureCount
    switch estimator.uncalibrated {
    case .logisticRegression(let linear):
      space = .margin
      baselines = linear.intercepts
      method = .linear(linear)
    case .randomForest(let ensemble), .gradientBoosting(let ensemble):
      let areSummed = ensemble.combination == .sum
      let paths = try Explainer.paths(of: ensemble, file: file)
      space = areSummed ? .margin : .probability
      baselines = Explainer.baselines(of: ensemble, paths)
      method = .trees(paths, areSummed: areSummed)
    case .prior(let prior):
      space = .probability
      baselines = prior.prior
      method = .nothing
    case .calibrated: preconditionFailure("a calibrated estimator was calibrated again")
    }
  }

  private static func paths(
    of ensemble: TreeEnsemble, file: String
  ) throws(DataError) -> [TreePaths] {
    var all: [TreePaths] = []
    for (index, tree) in ensemble.trees.enumerated() {
      do {
        all.append(try TreePaths(tree, featureCount: ensemble.featureCount))
      } catch {
        throw DataError(
          file: file, place: .path("estimator.trees[\(index)].cover"),
          problem: "the covers of the children of node \(error.node) do not say how the training "
            + "rows divided there",
          remedy: "explanations need the weight of the training rows at every node: take a model "
            + "whose trees have it, or train the model again")
      }
    }
    return all
  }

  private static func baselines(of ensemble: TreeEnsemble, _ paths: [TreePaths]) -> [Double] {
    var sums = [Double](repeating: 0, count: ensemble.marginCount)
    for (index, path) in paths.enumerated() {
      let target = ensemble.combination == .sum ? index % sums.count : 0
      for (output, value) in path.expected.enumerated() { sums[target + output] += value }
    }
    return ensemble.combination == .sum
      ? zip(sums, ensemble.baseScores).map { $0 + $1 } : sums.map { $0 / Double(paths.count) }
  }

  /// Row-major, rows by outputs by columns; NaN in the matrix is a missing value, which goes where
  /// prediction sends it.
  public func contributions(
    for matrix: FeatureMatrix, parallel: Parallel = Parallel()
  ) -> [Double] {
    Array(mapBlocks(of: matrix, parallel: parallel) { _, block in block }.joined())
  }

  /// Calls `body` with blocks of rows and their contributions, row-major, rows by outputs by
  /// columns; the results in the order of the rows. So the contributions of a large table never
  /// exist all at once.
  public func mapBlocks<Partial: Sendable>(
    of matrix: FeatureMatrix, parallel: Parallel,
    _ body: @Sendable (_ rows: Range<Int>, _ contributions: [Double]) -> Partial
  ) -> [Partial] {
    precondition(matrix.columnCount == columnCount, "the matrix is not that of the fit")
    return parallel.mapBlocks(rowCount: matrix.rowCount, rowsPerBlock: 256) { rows in
      body(rows, contributions(of: rows, in: matrix))
    }
  }

  private func contributions(of rows: Range<Int>, in matrix: FeatureMatrix) -> [Double] {
    var sums = [Double](repeating: 0, count: rows.count * outputCount * columnCount)
    switch method {
    case .nothing: break
    case .linear(let linear): linear.setContributions(of: rows, in: matrix, &sums)
    case .trees(let paths, let areSummed):
      let keys = TreeRows(matrix, rows: rows)
      for (index, path) in paths.enumerated() {
        TreePathWalk(path, columnCount: columnCount).add(
          keys, to: &sums, outputCount: outputCount, target: areSummed ? index % outputCount : 0)
      }
      if !areSummed {
        for index in sums.indices { sums[index] /= Double(paths.count) }
      }
    }
    return sums
  }
}

extension LinearClassifier {
  /// Row-major, rows by margins by columns: coefficient times standardized value.
  fileprivate func setContributions(
    of rows: Range<Int>, in matrix: FeatureMatrix, _ sums: inout [Double]
  ) {
    let outputs = intercepts.count
    for column in 0..<featureCount {
      let values = matrix.column(column)
      for output in 0..<outputs where coefficients[output][column] != 0 {
        for row in 0..<rows.count {
          let value = values[values.startIndex + rows.lowerBound + row]
          guard !value.isNaN else { continue }
          sums[(row * outputs + output) * featureCount + column] =
            coefficients[output][column] * ((value - means[column]) / scales[column])
        }
      }
    }
  }
}
