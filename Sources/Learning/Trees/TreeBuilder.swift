import Models

/// A tree in the making: nodes are added as leaves and turned into tests.
struct TreeBuilder {
  private(set) var tree: DecisionTree

  init(outputCount: Int) {
    tree = DecisionTree(
      features: [], thresholds: [], lefts: [], rights: [], missingGoesLeft: [], gains: [],
      covers: [], values: [], outputCount: outputCount)
  }

  /// Adds a leaf that says nothing yet.
  /// - Returns: its index.
  mutating func addLeaf() -> Int {
    tree.features.append(-1)
    tree.thresholds.append(0)
    tree.lefts.append(0)
    tree.rights.append(0)
    tree.missingGoesLeft.append(false)
    tree.gains.append(0)
    tree.covers.append(0)
    for _ in 0..<tree.outputCount { tree.values.append(0) }
    return tree.nodeCount - 1
  }

  /// Turns a leaf into a test.
  /// - Returns: the index of its left child; the right one follows.
  mutating func split(
    _ node: Int, feature: Int, threshold: Float, missingGoesLeft: Bool, gain: Double
  ) -> Int {
    tree.features[node] = Int32(feature)
    tree.thresholds[node] = threshold
    tree.missingGoesLeft[node] = missingGoesLeft
    tree.gains[node] = gain
    let left = addLeaf()
    let right = addLeaf()
    tree.lefts[node] = Int32(left)
    tree.rights[node] = Int32(right)
    return left
  }

  mutating func setLeaf(_ node: Int, values: [Double], cover: Double) {
    for (output, value) in values.enumerated() {
      tree.values[node * tree.outputCount + output] = value
    }
    tree.covers[node] = cover
  }

  /// The finished tree; the cover of an inner node is the sum of its children's.
  consuming func finish() -> DecisionTree {
    for node in stride(from: tree.nodeCount - 1, through: 0, by: -1) where tree.features[node] >= 0
    {
      tree.covers[node] =
        tree.covers[Int(tree.lefts[node])] + tree.covers[Int(tree.rights[node])]
    }
    return tree
  }
}
