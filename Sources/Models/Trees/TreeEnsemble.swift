import FeatureTables

/// Many trees and how their outputs become probabilities.
public struct TreeEnsemble: Classifier {
  /// How the outputs of the trees become probabilities.
  public enum Combination: String, Sendable, Codable {
    /// Gradient boosting: outputs are added to the base score; then logistic (two classes, one
    /// output) or softmax (one output a class).
    case sum
    /// Random forest: each leaf holds class frequencies; the forest says their mean.
    case mean
  }

  /// Columns of the matrix that it takes.
  public let featureCount: Int
  /// Classes, each with a probability of its own.
  public let classCount: Int
  /// How the outputs of the trees become probabilities; files have it by the estimator's type.
  public let combination: Combination
  /// Added to every margin of a `sum`: one number for two classes, else one a class. Empty for
  /// a `mean`.
  public let baseScores: [Double]
  /// For `sum` of more than two classes, tree t belongs to class t mod `classCount` and has one
  /// output; for `mean`, every tree has `classCount` outputs.
  public let trees: [DecisionTree]
  private let compact: CompactTrees

  /// - Precondition: children come after their parent and have one parent; columns are below
  ///   `featureCount`; there are leaf values, outputs and base scores as stated above.
  public init(
    featureCount: Int, classCount: Int, combination: Combination, baseScores: [Double],
    trees: [DecisionTree]
  ) {
    self.featureCount = featureCount
    self.classCount = classCount
    self.combination = combination
    self.baseScores = baseScores
    self.trees = trees
    compact = CompactTrees(trees, featureCount: featureCount)
  }

  /// Numbers behind the probabilities: for `sum` the margins, one (two classes) or one a class.
  public var marginCount: Int { combination == .mean || classCount > 2 ? classCount : 1 }

  /// Blocks of rows go to threads; a row gives the same bits in any block and alone.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    precondition(matrix.columnCount == featureCount, "the matrix is not that of the fit")
    return Array(
      parallel.mapBlocks(rowCount: matrix.rowCount, rowsPerBlock: 1_024) { rows in
        probabilities(of: summed(TreeRows(matrix, rows: rows)))
      }.joined())
  }

  /// The probabilities of one row, one a class; NaN is a missing value. The same bits as in a
  /// batch.
  public func probabilities(ofRow row: [Double]) -> [Double] {
    precondition(row.count == featureCount, "the row is not one of the fit's columns")
    return probabilities(of: summed(TreeRows(row)))
  }

  private func probabilities(of outputs: [Double]) -> [Double] {
    switch combination {
    case .mean: return outputs
    case .sum:
      return marginCount == 1
        ? logisticProbabilities(outputs) : softmaxProbabilities(outputs, classCount: classCount)
    }
  }

  /// Row-major, rows by `marginCount`: margins of a `sum`, probabilities of a `mean`. Trees are
  /// added in order.
  private func summed(_ rows: TreeRows) -> [Double] {
    let width = marginCount
    var outputs = [Double](repeating: 0, count: rows.rowCount * width)
    for (index, tree) in trees.enumerated() {
      let target = combination == .sum ? index % width : 0
      compact.forEachLeaf(of: rows, tree: index) { row, leaf in
        for output in 0..<tree.outputCount {
          outputs[row * width + target + output] += tree.values[leaf * tree.outputCount + output]
        }
      }
    }
    for row in 0..<rows.rowCount {
      for output in 0..<width {
        let index = row * width + output
        outputs[index] =
          combination == .sum
          ? outputs[index] + baseScores[output] : outputs[index] / Double(trees.count)
      }
    }
    return outputs
  }

  /// The mean outputs of those trees of a `mean` that `counts` for each row; row-major, rows by
  /// classes, NaN for a row for which none does.
  package func meanOutputs(
    for matrix: FeatureMatrix, rows: Range<Int>, counts: (_ tree: Int, _ row: Int) -> Bool
  ) -> [Double] {
    let block = TreeRows(matrix, rows: rows)
    var outputs = [Double](repeating: 0, count: rows.count * classCount)
    var treeCounts = [Double](repeating: 0, count: rows.count)
    for (index, tree) in trees.enumerated() {
      compact.forEachLeaf(of: block, tree: index) { row, leaf in
        guard counts(index, rows.lowerBound + row) else { return }
        treeCounts[row] += 1
        for output in 0..<classCount {
          outputs[row * classCount + output] += tree.values[leaf * classCount + output]
        }
      }
    }
    for index in outputs.indices { outputs[index] /= treeCounts[index / classCount] }
    return outputs
  }
}
