import FeatureTables

/// What makes parallel arrays a tree: every node but the first has one parent, which comes before
/// it, so that there is no cycle and a walk from the root ends at a leaf.
struct TreeShape {
  let limits: ModelLimits
  let featureCount: Int

  /// - Parameter tree: with arrays of one length.
  func check(_ tree: DecisionTree, _ element: JSONElement) throws(DataError) {
    // The depth of each node; -1 until a parent has been seen.
    var depths = [Int](repeating: -1, count: tree.nodeCount)
    depths[0] = 0
    for node in 0..<tree.nodeCount {
      guard depths[node] >= 0 else {
        throw try element.member("feature").failure("the node has no parent", at: node)
      }
      let feature = tree.features[node]
      guard feature >= -1, feature < Int32(clamping: featureCount) else {
        throw try element.member("feature").failure(
          "\(feature) is neither -1 nor one of the \(featureCount) columns", at: node)
      }
      if feature < 0 {
        try checkLeaf(node, of: tree, element)
      } else {
        try adopt(tree.lefts[node], "left", of: node, &depths, element)
        try adopt(tree.rights[node], "right", of: node, &depths, element)
      }
    }
  }

  private func checkLeaf(
    _ node: Int, of tree: DecisionTree, _ element: JSONElement
  ) throws(DataError) {
    for (name, child) in [("left", tree.lefts[node]), ("right", tree.rights[node])]
    where child != 0 {
      throw try element.member(name).failure("a leaf has child \(child) instead of 0", at: node)
    }
  }

  private func adopt(
    _ child: Int32, _ side: String, of node: Int, _ depths: inout [Int], _ element: JSONElement
  ) throws(DataError) {
    let child = Int(child)
    guard child > node, child < depths.count else {
      throw try element.member(side).failure(
        "child \(child) does not lie behind its parent and before node \(depths.count)", at: node)
    }
    guard depths[child] < 0 else {
      throw try element.member(side).failure("node \(child) has two parents", at: node)
    }
    depths[child] = depths[node] + 1
    guard depths[child] <= limits.treeDepth else {
      throw try element.member(side).failure(
        "the tree is deeper than \(limits.treeDepth)", at: node)
    }
  }
}

extension DecisionTree {
  /// Steps from the root to the deepest leaf.
  var depth: Int {
    var (depths, deepest) = ([Int](repeating: 0, count: nodeCount), 0)
    for node in 0..<nodeCount where features[node] >= 0 {
      let below = depths[node] + 1
      depths[Int(lefts[node])] = below
      depths[Int(rights[node])] = below
      deepest = max(deepest, below)
    }
    return deepest
  }
}
