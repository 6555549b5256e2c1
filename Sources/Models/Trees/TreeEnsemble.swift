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
  let compact: CompactTrees
  private let selection: LeafSelection

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
    selection = LeafSelection(trees, featureCount: featureCount)
  }

  /// Numbers behind the probabilities: for `sum` the margins, one (two classes) or one a class.
  public var marginCount: Int { combination == .mean || classCount > 2 ? classCount : 1 }

  /// Blocks of rows go to threads; a row gives the same bits in any block and alone.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    precondition(matrix.columnCount == featureCount, "the matrix is not that of the fit")
    return Array(
      parallel.mapBlocks(rowCount: matrix.rowCount, rowsPerBlock: CutCodes.tileRows) { rows in
        probabilities(of: rows, in: matrix)
      }.joined())
  }

  /// The probabilities of one row, one a class; NaN is a missing value. The same bits as in a
  /// batch. `Estimator.scorer()` does it without allocating.
  public func probabilities(ofRow row: [Double]) -> [Double] {
    var keys = [Int32](repeating: 0, count: featureCount)
    var result = [Double](repeating: 0, count: classCount)
    writeProbabilities(ofRow: row, keys: &keys, to: &result)
    return result
  }

  /// Writes the probabilities of one row.
  /// - Parameters:
  ///   - keys: room for one a column.
  ///   - result: one a class.
  func writeProbabilities(ofRow row: [Double], keys: inout [Int32], to result: inout [Double]) {
    precondition(row.count == featureCount, "the row is not one of the fit's columns")
    precondition(result.count == classCount, "there is no room for one number a class")
    for column in 0..<featureCount { keys[column] = TreeRows.key(Float(row[column])) }
    for output in 0..<classCount { result[output] = 0 }
    let width = marginCount
    if combination == .sum {
      var target = 0
      compact.forEachTree(ofRow: keys) { _, start in
        result[target] += compact.values[start]
        target = target &+ 1 == width ? 0 : target &+ 1
      }
    } else {
      compact.forEachTree(ofRow: keys) { _, start in
        for output in 0..<width { result[output] += compact.values[start &+ output] }
      }
    }
    finish(&result, row: 0)
  }

  /// Turns the sums of a row, at its place among rows of `classCount` numbers, into probabilities.
  private func finish(_ sums: inout [Double], row: Int) {
    let place = row * classCount..<(row + 1) * classCount
    switch combination {
    case .mean: for index in place { sums[index] /= Double(trees.count) }
    case .sum where marginCount == 1:
      (sums[place.lowerBound], sums[place.lowerBound + 1]) = logisticPair(
        sums[place.lowerBound] + baseScores[0])
    case .sum:
      for output in 0..<classCount { sums[place.lowerBound + output] += baseScores[output] }
      replaceBySoftmax(&sums, place)
    }
  }

  /// Row-major, rows by classes.
  private func probabilities(of rows: Range<Int>, in matrix: FeatureMatrix) -> [Double] {
    let sums = summed(rows, in: matrix)
    var result = [Double](repeating: 0, count: rows.count * classCount)
    for row in 0..<rows.count {
      for output in 0..<marginCount {
        result[row * classCount + output] = sums[output * CutCodes.tileRows + row]
      }
      finish(&result, row: row)
    }
    return result
  }

  /// The sums over the trees, added in order: `marginCount` runs of `CutCodes.tileRows` rows.
  private func summed(_ rows: Range<Int>, in matrix: FeatureMatrix) -> [Double] {
    var tile = selection.makeTile()
    selection.load(matrix, rows: rows, into: &tile)
    let isWalked = trees.indices.contains { !selection.contains($0) }
    let walked = isWalked ? TreeRows(matrix, rows: rows) : nil
    var sums = [Double](repeating: 0, count: marginCount * CutCodes.tileRows)
    // Safe: leaves lie within the values of their tree, rows and outputs within the sums.
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe compact.values.withUnsafeBufferPointer { values in
        for tree in trees.indices {
          let target = combination == .sum ? tree % marginCount : 0
          let outputs = combination == .sum ? 1 : marginCount
          let first = target &* CutCodes.tileRows
          if selection.contains(tree) {
            let own = compact.treeStarts[tree]
            unsafe selection.forEachVector(of: &tile, tree: tree, rowCount: rows.count) {
              row, leaves in
              for output in 0..<outputs {
                let place = first &+ output &* CutCodes.tileRows &+ row
                for lane in 0..<LeafSelection.width {
                  unsafe sums[place &+ lane] +=
                    values[own &+ Int(leaves[lane]) &* outputs &+ output]
                }
              }
            }
          } else if let walked {
            compact.forEachLeaf(of: walked, tree: tree) { row, start in
              for output in 0..<outputs {
                unsafe sums[first &+ output &* CutCodes.tileRows &+ row] += values[start &+ output]
              }
            }
          }
        }
      }
    }
    return sums
  }

  /// The mean outputs of those trees of a `mean` that `counts` for each row; row-major, rows by
  /// classes, NaN for a row for which none does.
  package func meanOutputs(
    for matrix: FeatureMatrix, rows: Range<Int>, counts: (_ tree: Int, _ row: Int) -> Bool
  ) -> [Double] {
    let block = TreeRows(matrix, rows: rows)
    var outputs = [Double](repeating: 0, count: rows.count * classCount)
    var treeCounts = [Double](repeating: 0, count: rows.count)
    for index in trees.indices {
      compact.forEachLeaf(of: block, tree: index) { row, start in
        guard counts(index, rows.lowerBound + row) else { return }
        treeCounts[row] += 1
        for output in 0..<classCount {
          outputs[row * classCount + output] += compact.values[start + output]
        }
      }
    }
    for index in outputs.indices { outputs[index] /= treeCounts[index / classCount] }
    return outputs
  }
}
