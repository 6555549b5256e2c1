import FeatureTables

/// The margins of rows while trees are being added: what early stopping judges by.
package struct TreeMargins: Sendable {
  private let blocks: [TreeRows]
  /// Row-major within each block, rows by outputs.
  private var margins: [[Double]]
  private let outputCount: Int
  private var treeCount = 0

  /// - Parameter baseScores: one an output.
  package init(matrix: FeatureMatrix, baseScores: [Double], parallel: Parallel) {
    outputCount = baseScores.count
    blocks = parallel.mapBlocks(rowCount: matrix.rowCount, rowsPerBlock: 1_024) {
      TreeRows(matrix, rows: $0)
    }
    margins = blocks.map { block in
      Array(repeatElement(baseScores, count: block.rowCount).joined())
    }
  }

  /// Adds trees of one output, the first that is added to output 0, the next to output 1.
  package mutating func add(_ trees: [DecisionTree], parallel: Parallel) {
    guard let columnCount = blocks.first?.columnCount else { return }
    let compact = CompactTrees(trees, featureCount: columnCount)
    let (before, first, outputs) = (margins, treeCount, outputCount)
    margins = parallel.map(blocks.count) { [blocks] block in
      var sums = before[block]
      for index in trees.indices {
        let output = (first + index) % outputs
        compact.forEachLeaf(of: blocks[block], tree: index) { row, start in
          sums[row * outputs + output] += compact.values[start]
        }
      }
      return sums
    }
    treeCount += trees.count
  }

  /// Row-major, rows by classes.
  package func probabilities() -> [Double] {
    let all = Array(margins.joined())
    return outputCount == 1
      ? logisticProbabilities(all) : softmaxProbabilities(all, classCount: outputCount)
  }
}
