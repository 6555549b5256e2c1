/// Trees laid out for walking: 16 bytes a node, siblings side by side, a leaf its own child.
///
/// A step is arithmetic without a branch, since which way a row goes cannot be predicted, and
/// eight rows walk at once, since each step waits for the one before.
package struct CompactTrees: Sendable, Equatable {
  struct Node: Sendable, Equatable, BitwiseCopyable {
    /// Rows of greater keys go right; the greatest at a leaf.
    var threshold: Int32
    var column: Int32
    /// The left child, which the right one follows; at a leaf the leaf itself.
    var child: Int32
    /// All ones where a missing value goes left.
    var missingGoesLeft: Int32
  }

  private let nodes: [Node]
  /// For each node its index in its `DecisionTree`.
  private let origins: [Int32]
  private let roots: [Int]
  private let featureCount: Int

  /// - Precondition: children come after their parent and have one parent; columns are below
  ///   `featureCount`. Whoever reads trees from outside checks this first.
  package init(_ trees: [DecisionTree], featureCount: Int) {
    var nodes: [Node] = []
    var origins: [Int32] = []
    var roots: [Int] = []
    nodes.reserveCapacity(trees.reduce(0) { $0 + $1.nodeCount })
    for tree in trees {
      let root = nodes.count
      roots.append(root)
      CompactTrees.append(tree, featureCount: featureCount, to: &nodes, origins: &origins)
      precondition(nodes.count - root <= tree.nodeCount, "a node with two parents")
    }
    self.nodes = nodes
    self.origins = origins
    self.roots = roots
    self.featureCount = featureCount
  }

  /// Breadth first, so that siblings are neighbours.
  private static func append(
    _ tree: DecisionTree, featureCount: Int, to nodes: inout [Node], origins: inout [Int32]
  ) {
    var place = nodes.count
    origins.append(0)
    nodes.append(leaf(at: place))
    while place < nodes.count {
      let origin = Int(origins[place])
      let column = tree.features[origin]
      if column >= 0 {
        let (left, right) = (tree.lefts[origin], tree.rights[origin])
        precondition(column < featureCount && left > origin && right > origin && left != right)
        nodes[place] = Node(
          threshold: TreeRows.key(tree.thresholds[origin]), column: column,
          child: Int32(nodes.count), missingGoesLeft: tree.missingGoesLeft[origin] ? -1 : 0)
        for child in [left, right] {
          origins.append(child)
          nodes.append(leaf(at: nodes.count))
        }
      }
      place += 1
    }
  }

  private static func leaf(at place: Int) -> Node {
    Node(threshold: TreeRows.missing, column: 0, child: Int32(place), missingGoesLeft: 0)
  }

  /// Calls `body` with a row and the index of the leaf, in its `DecisionTree`, that the row falls
  /// into, for each row in order.
  @inline(__always)
  func forEachLeaf(of rows: TreeRows, tree: Int, _ body: (_ row: Int, _ leaf: Int) -> Void) {
    precondition(rows.columnCount == featureCount, "the rows are not those of the fit")
    let root = roots[tree]
    // Safe: nodes link to nodes and columns lie within a row, both by construction.
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe rows.keys.withUnsafeBufferPointer { keys in
        guard let nodes = nodes.baseAddress else { return }
        // Without columns every tree is a leaf, whose column 0 must not be read.
        guard let keys = keys.baseAddress, featureCount > 0 else {
          for row in 0..<rows.rowCount { body(row, 0) }
          return
        }
        var row = 0
        while row &+ 8 <= rows.rowCount {
          let places = unsafe CompactTrees.walkEight(
            nodes, root: root, keys: keys + row &* featureCount, width: featureCount)
          for lane in 0..<8 { body(row &+ lane, Int(origins[places[lane]])) }
          row &+= 8
        }
        while row < rows.rowCount {
          let place = unsafe CompactTrees.walk(nodes, root: root, keys: keys + row &* featureCount)
          body(row, Int(origins[place]))
          row &+= 1
        }
      }
    }
  }

  @inline(__always)
  private static func step(
    _ nodes: UnsafePointer<Node>, _ place: Int, _ keys: UnsafePointer<Int32>
  ) -> Int {
    let node = unsafe nodes[place]
    let key = unsafe Int(keys[Int(truncatingIfNeeded: node.column)])
    let isGreater = (Int(node.threshold) &- key) &>> 63
    let isPresent = (key &- Int(TreeRows.missing)) &>> 63
    let goesRight = isGreater & (isPresent | ~Int(node.missingGoesLeft)) & 1
    return Int(truncatingIfNeeded: node.child) &+ goesRight
  }

  private static func walk(
    _ nodes: UnsafePointer<Node>, root: Int, keys: UnsafePointer<Int32>
  ) -> Int {
    var place = root
    while true {
      let next = unsafe step(nodes, place, keys)
      if next == place { return place }
      place = next
    }
  }

  private static func walkEight(
    _ nodes: UnsafePointer<Node>, root: Int, keys: UnsafePointer<Int32>, width: Int
  ) -> InlineArray<8, Int> {
    var places = InlineArray<8, Int>(repeating: root)
    var moved = 1
    while moved != 0 {
      moved = 0
      for lane in 0..<8 {
        let next = unsafe step(nodes, places[lane], keys + lane &* width)
        moved |= next ^ places[lane]
        places[lane] = next
      }
    }
    return places
  }
}
