import FeatureTables

extension TreeEnsemble {
  /// The margins of rows as boosting has them when it has grown these trees: the base score, then
  /// the outputs of the trees, added one by one in their order. The same bits as at the fit, where
  /// `probabilities` adds the base score last.
  /// - Returns: output-major, outputs by rows of the range.
  package func marginsAsGrown(of rows: Range<Int>, in matrix: FeatureMatrix) -> [Double] {
    precondition(combination == .sum && matrix.columnCount == featureCount)
    let block = TreeRows(matrix, rows: rows)
    var margins = baseScores.flatMap { Array(repeating: $0, count: rows.count) }
    for tree in trees.indices {
      let start = tree % marginCount * rows.count
      compact.forEachLeaf(of: block, tree: tree) { row, place in
        margins[start + row] += compact.values[place]
      }
    }
    return margins
  }
}
