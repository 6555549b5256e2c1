/// Trees laid out for walking: 16 bytes a node, siblings side by side, a leaf its own child.
///
/// A step is arithmetic without a branch, since which way a row goes cannot be predicted, and
/// eight walks go on at once, since each step waits for the one before.
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
  /// For each node where in `values` its numbers begin, if it is a leaf.
  private let valueStarts: [Int32]
  private let roots: [Int]
  private let featureCount: Int
  /// What the leaves say, tree by tree in the order of their `leafRanks`.
  let values: [Double]
  /// For each tree where in `values` its own begin.
  let treeStarts: [Int]

  /// - Precondition: children come after their parent and have one parent; columns are below
  ///   `featureCount`. Whoever reads trees from outside checks this first.
  package init(_ trees: [DecisionTree], featureCount: Int) {
    var nodes: [Node] = []
    var valueStarts: [Int32] = []
    var roots: [Int] = []
    var values: [Double] = []
    var treeStarts: [Int] = []
    let nodeCount = trees.reduce(0) { $0 + $1.nodeCount }
    nodes.reserveCapacity(nodeCount)
    valueStarts.reserveCapacity(nodeCount)
    for tree in trees {
      let root = nodes.count
      roots.append(root)
      treeStarts.append(values.count)
      let origins = CompactTrees.append(tree, featureCount: featureCount, to: &nodes)
      precondition(nodes.count - root <= tree.nodeCount, "a node with two parents")
      let ranks = tree.leafRanks()
      for origin in origins {
        valueStarts.append(Int32(values.count) + ranks[origin] * Int32(tree.outputCount))
      }
      values += tree.leafValues()
    }
    self.nodes = nodes
    self.valueStarts = valueStarts
    self.roots = roots
    self.featureCount = featureCount
    self.values = values
    self.treeStarts = treeStarts
  }

  /// Breadth first, so that siblings are neighbours.
  /// - Returns: for each node its index in the `DecisionTree`.
  private static func append(
    _ tree: DecisionTree, featureCount: Int, to nodes: inout [Node]
  ) -> [Int] {
    let root = nodes.count
    var origins = [0]
    nodes.append(leaf(at: root))
    var next = 0
    while next < origins.count {
      let origin = origins[next]
      let column = tree.features[origin]
      if column >= 0 {
        let (left, right) = (Int(tree.lefts[origin]), Int(tree.rights[origin]))
        precondition(column < featureCount && left > origin && right > origin && left != right)
        nodes[root + next] = Node(
          threshold: TreeRows.key(tree.thresholds[origin]), column: column,
          child: Int32(nodes.count), missingGoesLeft: tree.missingGoesLeft[origin] ? -1 : 0)
        for child in [left, right] {
          origins.append(child)
          nodes.append(leaf(at: nodes.count))
        }
      }
      next += 1
    }
    return origins
  }

  private static func leaf(at place: Int) -> Node {
    Node(threshold: TreeRows.missing, column: 0, child: Int32(place), missingGoesLeft: 0)
  }

  /// Calls `body` with a row and where in `values` the numbers of its leaf begin, for each row in
  /// order.
  @inline(__always)
  func forEachLeaf(of rows: TreeRows, tree: Int, _ body: (_ row: Int, _ start: Int) -> Void) {
    precondition(rows.columnCount == featureCount, "the rows are not those of the fit")
    let root = roots[tree]
    // Safe: nodes link to nodes and columns lie within a row, both by construction.
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe rows.keys.withUnsafeBufferPointer { keys in
        guard let nodes = nodes.baseAddress else { return }
        // Without columns every tree is a leaf, whose column 0 must not be read.
        guard let keys = keys.baseAddress, featureCount > 0 else {
          for row in 0..<rows.rowCount { body(row, treeStarts[tree]) }
          return
        }
        var row = 0
        while row &+ 8 <= rows.rowCount {
          let roots = InlineArray<8, Int>(repeating: root)
          let places = unsafe CompactTrees.walkEight(
            nodes, from: roots, keys: keys + row &* featureCount, width: featureCount)
          for lane in 0..<8 { body(row &+ lane, Int(valueStarts[places[lane]])) }
          row &+= 8
        }
        while row < rows.rowCount {
          let place = unsafe CompactTrees.walk(nodes, root: root, keys: keys + row &* featureCount)
          body(row, Int(valueStarts[place]))
          row &+= 1
        }
      }
    }
  }

  /// Calls `body` with a tree and where in `values` the numbers of the row's leaf begin, for each
  /// tree in order.
  /// - Parameter keys: one a column.
  @inline(__always)
  func forEachTree(ofRow keys: [Int32], _ body: (_ tree: Int, _ start: Int) -> Void) {
    precondition(keys.count == featureCount, "the row is not one of the fit's columns")
    // Safe: as above.
    unsafe nodes.withUnsafeBufferPointer { nodes in
      unsafe keys.withUnsafeBufferPointer { keys in
        guard let nodes = nodes.baseAddress else { return }
        guard let keys = keys.baseAddress, featureCount > 0 else {
          for tree in roots.indices { body(tree, treeStarts[tree]) }
          return
        }
        var tree = 0
        while tree &+ 8 <= roots.count {
          var starts = InlineArray<8, Int>(repeating: 0)
          for lane in 0..<8 { starts[lane] = roots[tree &+ lane] }
          let places = unsafe CompactTrees.walkEight(nodes, from: starts, keys: keys, width: 0)
          for lane in 0..<8 { body(tree &+ lane, Int(valueStarts[places[lane]])) }
          tree &+= 8
        }
        while tree < roots.count {
          let place = unsafe CompactTrees.walk(nodes, root: roots[tree], keys: keys)
          body(tree, Int(valueStarts[place]))
          tree &+= 1
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

  /// Eight walks at once: those of eight rows, `width` keys apart, or of eight trees.
  @inline(__always)
  private static func walkEight(
    _ nodes: UnsafePointer<Node>, from roots: InlineArray<8, Int>, keys: UnsafePointer<Int32>,
    width: Int
  ) -> InlineArray<8, Int> {
    var places = roots
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
