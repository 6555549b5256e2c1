/// Adds up what the columns contribute to the output of one tree, row by row.
///
/// The kernel of explanations: once around the tree for each row, with products in a stack of one
/// place a level.
struct TreePathWalk {
  private typealias Points = TreePathFactors.Points

  private let paths: TreePaths
  private let factors: TreePathFactors
  private let columnCount: Int

  init(_ paths: TreePaths, columnCount: Int) {
    self.paths = paths
    self.columnCount = columnCount
    factors = TreePathFactors(paths)
  }

  /// - Parameters:
  ///   - sums: row-major, rows by outputs of the ensemble by columns.
  ///   - target: which output of the ensemble the first of the tree is.
  func add(_ rows: TreeRows, to sums: inout [Double], outputCount: Int, target: Int) {
    precondition(rows.columnCount == columnCount)
    precondition(sums.count == rows.rowCount * outputCount * columnCount)
    precondition(target + paths.tree.outputCount <= outputCount)
    guard !paths.tour.isEmpty else { return }
    let levels = paths.depth + 1
    var products = [Points](repeating: Points(repeating: 1), count: levels * factors.groups)
    var totals = [Points](
      repeating: .zero, count: levels * factors.groups * paths.tree.outputCount)
    var isOpen = [Bool](repeating: true, count: paths.edges.count)
    // Safe: a tour names nodes of the tree, an edge columns of a row, and each level has its place.
    unsafe paths.edges.withUnsafeBufferPointer { edges in
      unsafe factors.values.withUnsafeBufferPointer { factors in
        unsafe paths.tree.values.withUnsafeBufferPointer { leaves in
          unsafe products.withUnsafeMutableBufferPointer { products in
            unsafe totals.withUnsafeMutableBufferPointer { totals in
              unsafe isOpen.withUnsafeMutableBufferPointer { isOpen in
                unsafe rows.keys.withUnsafeBufferPointer { keys in
                  unsafe sums.withUnsafeMutableBufferPointer { sums in
                    guard let edges = edges.baseAddress, let factors = factors.baseAddress,
                      let leaves = leaves.baseAddress, let products = products.baseAddress,
                      let totals = totals.baseAddress, let isOpen = isOpen.baseAddress,
                      let keys = keys.baseAddress, let sums = sums.baseAddress
                    else { return }
                    for row in 0..<rows.rowCount {
                      let place = (row &* outputCount &+ target) &* columnCount
                      unsafe walk(
                        Memory(
                          edges: edges, factors: factors, leaves: leaves, products: products,
                          totals: totals, isOpen: isOpen, keys: keys + row &* columnCount,
                          sums: sums + place))
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  @unsafe private struct Memory {
    let edges: UnsafePointer<TreePaths.Edge>
    let factors: UnsafePointer<Points>
    let leaves: UnsafePointer<Double>
    /// By level: the product of the factors of the columns on the way.
    let products: UnsafeMutablePointer<Points>
    /// By level and output: the sum over the leaves below of product and value.
    let totals: UnsafeMutablePointer<Points>
    let isOpen: UnsafeMutablePointer<Bool>
    let keys: UnsafePointer<Int32>
    /// Outputs by columns.
    let sums: UnsafeMutablePointer<Double>
  }

  private func walk(_ memory: Memory) {
    for step in paths.tour {
      if step >= 0 {
        unsafe enter(Int(truncatingIfNeeded: step), memory)
      } else {
        unsafe leave(Int(truncatingIfNeeded: ~step), memory)
      }
    }
  }

  @inline(__always)
  private func enter(_ node: Int, _ memory: Memory) {
    let edge = unsafe memory.edges[node]
    let key = unsafe memory.keys[Int(truncatingIfNeeded: edge.column)]
    let goesRight =
      key > edge.threshold && (key != TreeRows.missing || edge.missingGoesLeft == 0)
    let wasOpen = unsafe memory.isOpen[Int(truncatingIfNeeded: edge.previous)]
    let isOpen = wasOpen && goesRight == edge.isRight
    unsafe memory.isOpen[node] = isOpen

    let (groups, outputs) = (factors.groups, paths.tree.outputCount)
    let below = Int(truncatingIfNeeded: edge.depth) &* groups
    let above = below &- groups
    if wasOpen {
      let offset = (node &* 4 &+ (isOpen ? 0 : 1)) &* groups
      for group in 0..<groups {
        unsafe memory.products[below &+ group] =
          memory.products[above &+ group] * memory.factors[offset &+ group]
      }
    } else {
      for group in 0..<groups {
        unsafe memory.products[below &+ group] = memory.products[above &+ group] * edge.share
      }
    }
    if edge.isLeaf {
      unsafe finish(node, edge, wasOpen: wasOpen, isOpen: isOpen, memory)
    } else {
      for place in below &* outputs..<(below &+ groups) &* outputs {
        unsafe memory.totals[place] = .zero
      }
    }
  }

  /// What `leave` does for inner nodes, with the values of a leaf, of which a forest has many zeros.
  @inline(__always)
  private func finish(
    _ node: Int, _ edge: TreePaths.Edge, wasOpen: Bool, isOpen: Bool, _ memory: Memory
  ) {
    let (groups, outputs) = (factors.groups, paths.tree.outputCount)
    let below = Int(truncatingIfNeeded: edge.depth) &* groups
    let above = (below &- groups) &* outputs
    var part = 0.0
    if wasOpen {
      let offset = (node &* 4 &+ (isOpen ? 2 : 3)) &* groups
      var sum = Points.zero
      for group in 0..<groups {
        unsafe sum += memory.products[below &+ group] * memory.factors[offset &+ group]
      }
      part = sum.sum()
    }
    for output in 0..<outputs {
      let value = unsafe memory.leaves[node &* outputs &+ output]
      guard value != 0 else { continue }
      unsafe memory.sums[output &* columnCount &+ Int(truncatingIfNeeded: edge.column)] +=
        part * value
      for group in 0..<groups {
        unsafe memory.totals[above &+ output &* groups &+ group] +=
          memory.products[below &+ group] * value
      }
    }
  }

  @inline(__always)
  private func leave(_ node: Int, _ memory: Memory) {
    let edge = unsafe memory.edges[node]
    let (groups, outputs) = (factors.groups, paths.tree.outputCount)
    let below = Int(truncatingIfNeeded: edge.depth) &* groups &* outputs
    let above = below &- groups &* outputs
    // Where the column shut the way above already, nothing changes here.
    if unsafe memory.isOpen[Int(truncatingIfNeeded: edge.previous)] {
      let offset = unsafe (node &* 4 &+ (memory.isOpen[node] ? 2 : 3)) &* groups
      for output in 0..<outputs {
        var part = Points.zero
        for group in 0..<groups {
          unsafe part +=
            memory.totals[below &+ output &* groups &+ group] * memory.factors[offset &+ group]
        }
        unsafe memory.sums[output &* columnCount &+ Int(truncatingIfNeeded: edge.column)] +=
          part.sum()
      }
    }
    for place in 0..<groups &* outputs {
      unsafe memory.totals[above &+ place] += memory.totals[below &+ place]
    }
  }
}
