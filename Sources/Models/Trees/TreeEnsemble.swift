import FeatureTables

/// Many trees and how their outputs become probabilities.
public struct TreeEnsemble: Classifier {
  public enum Combination: String, Sendable, Codable {
    /// Gradient boosting: outputs are added to the base score; then logistic (two classes, one
    /// output) or softmax (one output a class).
    case sum
    /// Random forest: each leaf holds class frequencies; the forest says their mean.
    case mean
  }

  public let featureCount: Int
  public let classCount: Int
  public let combination: Combination
  /// Added to every margin of a `sum`: one number for two classes, else one a class. Empty for
  /// a `mean`.
  public let baseScores: [Double]
  /// For `sum` of more than two classes, tree t belongs to class t mod `classCount` and has one
  /// output; for `mean`, every tree has `classCount` outputs.
  public let trees: [DecisionTree]

  public init(
    featureCount: Int, classCount: Int, combination: Combination, baseScores: [Double],
    trees: [DecisionTree]
  ) {
    self.featureCount = featureCount
    self.classCount = classCount
    self.combination = combination
    self.baseScores = baseScores
    self.trees = trees
  }

  /// Numbers behind the probabilities: for `sum` the margins, one (two classes) or one a class.
  public var marginCount: Int { combination == .mean || classCount > 2 ? classCount : 1 }

  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    let outputs = Array(
      parallel.mapBlocks(rowCount: matrix.rowCount, rowsPerBlock: 2_048) { rows in
        summed(rows, of: matrix)
      }.joined())
    switch combination {
    case .mean: return outputs
    case .sum:
      return marginCount == 1
        ? logisticProbabilities(outputs) : softmaxProbabilities(outputs, classCount: classCount)
    }
  }

  /// Row-major, rows by `marginCount`: margins of a `sum`, probabilities of a `mean`. Trees are
  /// added in order, so that a row gives the same bits alone and in a batch.
  private func summed(_ rows: Range<Int>, of matrix: FeatureMatrix) -> [Double] {
    precondition(matrix.columnCount == featureCount, "the matrix is not that of the fit")
    let width = marginCount
    // Row-major floats: a walk touches one row, so its columns should lie together.
    var floats = [Float](repeating: 0, count: rows.count * featureCount)
    for column in 0..<featureCount {
      let values = matrix.column(column)
      for row in 0..<rows.count {
        floats[row * featureCount + column] = Float(
          values[values.startIndex + rows.lowerBound + row])
      }
    }
    var outputs = [Double](repeating: 0, count: rows.count * width)
    for (index, tree) in trees.enumerated() {
      let target = combination == .sum ? index % width : 0
      for row in 0..<rows.count {
        let leaf = tree.leaf(of: floats, at: row * featureCount)
        for output in 0..<tree.outputCount {
          outputs[row * width + target + output] += tree.values[leaf * tree.outputCount + output]
        }
      }
    }
    for row in 0..<rows.count {
      for output in 0..<width {
        let index = row * width + output
        outputs[index] =
          combination == .sum
          ? outputs[index] + baseScores[output] : outputs[index] / Double(trees.count)
      }
    }
    return outputs
  }
}

extension DecisionTree {
  /// The leaf that the row of floats beginning at `offset` falls into.
  func leaf(of floats: [Float], at offset: Int) -> Int {
    var node = 0
    while features[node] >= 0 {
      let value = floats[offset + Int(features[node])]
      let goesLeft = value.isNaN ? missingGoesLeft[node] : value <= thresholds[node]
      node = Int(goesLeft ? lefts[node] : rights[node])
    }
    return node
  }
}
