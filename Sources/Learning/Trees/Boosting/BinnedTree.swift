import Models

/// A tree with the bins that its thresholds stand for, to follow rows of the training table.
struct BinnedTree: Sendable {
  let tree: DecisionTree
  /// For each node the column of the binned matrix and the greatest bin that goes left.
  let columns: [Int32]
  let bins: [Int32]

  /// The value of the leaf that a row of the training table falls into.
  func value(of row: Int, in table: BinnedMatrix<UInt8>) -> Double {
    var node = 0
    while tree.features[node] >= 0 {
      let column = table.columns[Int(columns[node])]
      let code = Int(unsafe column.codes.base[row])
      let goesLeft =
        code == column.missingCode ? tree.missingGoesLeft[node] : code <= bins[node]
      node = Int(goesLeft ? tree.lefts[node] : tree.rights[node])
    }
    return tree.values[node]
  }
}
