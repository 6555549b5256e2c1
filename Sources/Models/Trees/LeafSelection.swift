import FeatureTables

/// Trees of at most 256 leaves, evaluated for 128 rows at a time without following any row: from
/// the leaves to the root, each node selects, row by row, the number of the leaf that the child
/// on the row's side has selected before.
///
/// Every node is compared for every row, but a comparison is one byte of a vector; a walk compares
/// as often as the leaf is deep, and waits for each comparison.
struct LeafSelection: Sendable, Equatable {
  /// Numbers of leaves are bytes.
  static let leafLimit = 256
  /// Rows evaluated together: enough that reading a node costs little, and few enough that what
  /// the nodes have selected stays in the nearest cache.
  static let width = 128
  /// Vectors of 16 rows in a slot. Wider ones the compiler does not make of `&` and `^` on bytes.
  private static let vectorsPerSlot = width / 16

  /// One inner node. Slots below `constantCount` hold numbers of leaves, those above are a stack.
  private struct Step: Sendable, Equatable, BitwiseCopyable {
    let plane: Int32
    let code: Int8
    let left: Int16
    let right: Int16
    let result: Int16
  }

  private var codes: CutCodes
  private var steps: [Step] = []
  /// The steps of each tree; nil for a tree with too many leaves.
  private var ranges: [Range<Int>?] = []
  /// Where the number of the leaf is after the steps, for each tree.
  private var results: [Int] = []
  private let constantCount: Int
  private var slotCount: Int

  init(_ trees: [DecisionTree], featureCount: Int) {
    let fits = trees.map { $0.leafCount <= LeafSelection.leafLimit }
    var keys = [[Int32]](repeating: [], count: featureCount)
    var leafCount = 0
    for (tree, fits) in zip(trees, fits) where fits {
      leafCount = max(leafCount, tree.leafCount)
      for node in 0..<tree.nodeCount where tree.features[node] >= 0 {
        keys[Int(tree.features[node])].append(TreeRows.key(tree.thresholds[node]))
      }
    }
    codes = CutCodes(columns: keys)
    constantCount = leafCount
    slotCount = leafCount
    for (tree, fits) in zip(trees, fits) {
      let start = steps.count
      results.append(fits ? append(tree) : 0)
      ranges.append(fits ? start..<steps.count : nil)
    }
  }

  /// Children come before their parent, and a result takes the place of those it was made of.
  /// - Returns: the slot of the root.
  private mutating func append(_ tree: DecisionTree) -> Int {
    let ranks = tree.leafRanks()
    var depth = 0
    var slots = [Int](repeating: 0, count: tree.nodeCount)
    // A node is met twice: before its children and, as its complement, after them.
    var pending = [0]
    while let next = pending.popLast() {
      let node = next < 0 ? ~next : next
      guard tree.features[node] >= 0 else {
        slots[node] = Int(ranks[node])
        continue
      }
      let (left, right) = (Int(tree.lefts[node]), Int(tree.rights[node]))
      guard next < 0 else {
        pending += [~node, right, left]
        continue
      }
      let (leftSlot, rightSlot) = (slots[left], slots[right])
      depth -= (leftSlot >= constantCount ? 1 : 0) + (rightSlot >= constantCount ? 1 : 0)
      let result = constantCount + depth
      depth += 1
      slots[node] = result
      slotCount = max(slotCount, result + 1)
      let test = codes.test(
        column: Int(tree.features[node]), key: TreeRows.key(tree.thresholds[node]),
        missingGoesLeft: tree.missingGoesLeft[node])
      steps.append(
        Step(
          plane: Int32(test.plane), code: test.code, left: Int16(leftSlot),
          right: Int16(rightSlot), result: Int16(result)))
    }
    return slots[0]
  }

  /// Whether the tree is one of those that can be evaluated so.
  func contains(_ tree: Int) -> Bool { ranges[tree] != nil }

  /// A tile of rows as the trees see them, and room for what they make of it.
  struct Tile {
    fileprivate var codes: [SIMD16<Int8>]
    /// `vectorsPerSlot` vectors each.
    fileprivate var slots: [SIMD16<UInt8>]
  }

  /// Room for a tile; `load` fills it.
  func makeTile() -> Tile {
    let width = LeafSelection.vectorsPerSlot
    let constants = (0..<constantCount * width).map { SIMD16(repeating: UInt8($0 / width)) }
    return Tile(
      // One at least, so that there is an address where no tree tests anything.
      codes: Array(
        repeating: SIMD16(), count: max(1, codes.planeCount) * CutCodes.vectorsPerPlane),
      slots: constants + Array(repeating: SIMD16(), count: (slotCount - constantCount) * width))
  }

  /// Takes at most `CutCodes.tileRows` rows.
  func load(_ matrix: FeatureMatrix, rows: Range<Int>, into tile: inout Tile) {
    codes.encode(matrix, rows: rows, into: &tile.codes)
  }

  /// Calls `body` for each `width` rows of a tile with the first of them and the numbers of their
  /// leaves, which count the leaves of a tree in the order of its nodes.
  @inline(__always)
  func forEachVector(
    of tile: inout Tile, tree: Int, rowCount: Int,
    _ body: (_ row: Int, _ leaves: UnsafePointer<UInt8>) -> Void
  ) {
    guard let range = ranges[tree] else { preconditionFailure("the tree has too many leaves") }
    let result = results[tree]
    // Safe: planes and slots are those counted at the making of the tile.
    unsafe steps.withUnsafeBufferPointer { steps in
      unsafe tile.codes.withUnsafeBufferPointer { codes in
        unsafe tile.slots.withUnsafeMutableBufferPointer { slots in
          guard let codes = codes.baseAddress, let slots = slots.baseAddress else { return }
          let steps = unsafe UnsafeBufferPointer(rebasing: steps[range])
          for row in stride(from: 0, to: rowCount, by: LeafSelection.width) {
            unsafe LeafSelection.evaluate(steps, codes: codes + row / 16, slots: slots)
            unsafe UnsafeRawPointer(slots + result &* LeafSelection.vectorsPerSlot)
              .withMemoryRebound(
                to: UInt8.self, capacity: LeafSelection.width
              ) { unsafe body(row, $0) }
          }
        }
      }
    }
  }

  private static func evaluate(
    _ steps: UnsafeBufferPointer<Step>, codes: UnsafePointer<SIMD16<Int8>>,
    slots: UnsafeMutablePointer<SIMD16<UInt8>>
  ) {
    for index in 0..<steps.count {
      let step = unsafe steps[index]
      let codes = unsafe codes + Int(step.plane) &* CutCodes.vectorsPerPlane
      let left = unsafe slots + Int(step.left) &* vectorsPerSlot
      let right = unsafe slots + Int(step.right) &* vectorsPerSlot
      let result = unsafe slots + Int(step.result) &* vectorsPerSlot
      let code = SIMD16<Int8>(repeating: step.code)
      for part in 0..<vectorsPerSlot {
        let isGreater = unsafe unsafeBitCast(codes[part] .> code, to: SIMD16<UInt8>.self)
        unsafe result[part] = left[part] ^ ((left[part] ^ right[part]) & isGreater)
      }
    }
  }
}
