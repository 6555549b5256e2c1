import FeatureTables

/// One tree as explanations walk through it: around all its edges, from the root to every leaf and
/// back, whatever the row.
struct TreePaths: Sendable {
  /// The edge from a node's parent to the node. An edge is *open* for a row if the row would go
  /// along it, and along every edge above it that tests the same column.
  struct Edge: Sendable, BitwiseCopyable {
    /// What the parent tests.
    var column: Int32 = 0
    /// The parent's threshold, as a key of `TreeRows`.
    var threshold: Int32 = 0
    /// All ones where the parent sends a missing value left.
    var missingGoesLeft: Int32 = 0
    var isRight = false
    var isLeaf = false
    /// The nearest edge above that tests the same column, by its node; 0 for none.
    var previous: Int32 = 0
    /// Edges from the root, this one included.
    var depth: Int32 = 0
    /// Of the training rows at the parent, the share that went this way.
    var share = 1.0
    /// The product of the shares of this edge and of those above that test the same column.
    var columnShare = 1.0
  }

  let tree: DecisionTree
  /// By node; the first stands in for no edge, which is open for every row.
  private(set) var edges: [Edge]
  /// Nodes as they are entered, and the complements of inner nodes as they are left; without the
  /// root.
  private(set) var tour: [Int32] = []
  /// Steps from the root to the deepest leaf.
  private(set) var depth = 0
  /// The most columns that one path tests.
  private(set) var columnsPerPath = 0

  /// A node whose children's covers do not say how the training rows divided there.
  struct UnclearNode: Error {
    let node: Int
  }

  /// - Parameter tree: with children after their parents.
  init(_ tree: DecisionTree, featureCount: Int) throws(UnclearNode) {
    self.tree = tree
    edges = Array(repeating: Edge(), count: tree.nodeCount)
    for node in 0..<tree.nodeCount where tree.features[node] >= 0 {
      try describeEdges(below: node)
    }
    makeTour(featureCount: featureCount)
  }

  private mutating func describeEdges(below node: Int) throws(UnclearNode) {
    let children = [Int(tree.lefts[node]), Int(tree.rights[node])]
    let covers = children.map { tree.covers[$0] }
    let total = covers[0] + covers[1]
    guard covers[0] >= 0, covers[1] >= 0, total > 0, total.isFinite else {
      throw UnclearNode(node: node)
    }
    for (side, child) in children.enumerated() {
      edges[child].column = tree.features[node]
      edges[child].threshold = TreeRows.key(tree.thresholds[node])
      edges[child].missingGoesLeft = tree.missingGoesLeft[node] ? -1 : 0
      edges[child].isRight = side == 1
      edges[child].isLeaf = tree.features[child] < 0
      edges[child].share = covers[side] / total
    }
  }

  private mutating func makeTour(featureCount: Int) {
    // By column, the last edge on the way from the root that tests it.
    var last = [Int32](repeating: 0, count: featureCount)
    var (level, columns) = (0, 0)
    var pending = children(of: 0)
    while let step = pending.popLast() {
      if step >= 0 || !edges[Int(~step)].isLeaf { tour.append(step) }
      if step >= 0 {
        let node = Int(step)
        let column = Int(edges[node].column)
        let previous = last[column]
        (level, columns) = (level + 1, columns + (previous == 0 ? 1 : 0))
        edges[node].previous = previous
        edges[node].columnShare = edges[Int(previous)].columnShare * edges[node].share
        edges[node].depth = Int32(level)
        last[column] = step
        (depth, columnsPerPath) = (max(depth, level), max(columnsPerPath, columns))
        pending.append(~step)
        pending += children(of: node)
      } else {
        let edge = edges[Int(~step)]
        last[Int(edge.column)] = edge.previous
        (level, columns) = (level - 1, columns - (edge.previous == 0 ? 1 : 0))
      }
    }
  }

  /// The right child, then the left one; none for a leaf.
  private func children(of node: Int) -> [Int32] {
    tree.features[node] < 0 ? [] : [tree.rights[node], tree.lefts[node]]
  }

  /// What the tree says on average over the training rows, as its covers tell it; one an output.
  var expected: [Double] {
    var reach = [Double](repeating: 1, count: tree.nodeCount)
    var sums = [Double](repeating: 0, count: tree.outputCount)
    for node in 0..<tree.nodeCount {
      if tree.features[node] >= 0 {
        for child in [Int(tree.lefts[node]), Int(tree.rights[node])] {
          reach[child] = reach[node] * edges[child].share
        }
      } else {
        for output in sums.indices {
          sums[output] += reach[node] * tree.values[node * tree.outputCount + output]
        }
      }
    }
    return sums
  }
}
