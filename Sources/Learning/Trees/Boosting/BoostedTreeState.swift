import FeatureTables
import Models

/// What changes while a tree grows.
struct BoostedTreeState {
  private let gradients: Buffer<GradientSum>
  private let offset: Int
  let partition: RowPartition
  /// Whether the tree grows on all rows of the table: the root then needs no indices.
  private let hasAllRows: Bool
  /// The gradients of one node side by side.
  private let ordered: Buffer<GradientSum>
  var leaves: [BoostedLeaf] = []
  private var builder = TreeBuilder(outputCount: 1)
  private var columns: [Int32] = []
  private var bins: [Int32] = []

  private static let rowsPerBlock = 32_768

  init(gradients: Buffer<GradientSum>, offset: Int, partition: RowPartition, rowCount: Int) {
    self.gradients = gradients
    self.offset = offset
    self.partition = partition
    hasAllRows = partition.rows.count == rowCount
    // Below an undivided root only the smaller of two siblings is gathered.
    ordered = Buffer(uninitialized: hasAllRows ? rowCount / 2 : partition.rows.count)
  }

  mutating func addRoot() -> Int {
    columns = [-1]
    bins = [-1]
    return builder.addLeaf()
  }

  /// Turns a node into a test.
  /// - Returns: the index of its left child; the right one follows.
  mutating func split(_ node: Int, by split: GradientSplit, column: BinnedColumn<UInt8>) -> Int {
    columns[node] = Int32(split.column)
    bins[node] = Int32(split.bin)
    columns += [-1, -1]
    bins += [-1, -1]
    let isLastBin = split.bin + 1 == column.bounds.count
    return builder.split(
      node, feature: column.source,
      threshold: isLastBin
        ? BinBounds.everyNumber : column.bounds.threshold(between: split.bin, and: split.bin + 1),
      missingGoesLeft: split.missingGoesLeft, gain: split.gain)
  }

  /// The rows of a node and their gradients, which stay valid until the next call.
  func rows(in range: Range<Int>, parallel: Parallel) -> NodeRows {
    if hasAllRows && range.count == partition.rows.count {
      return NodeRows(
        indices: nil, range: range, gradients: gradients, gradientOffset: offset)
    }
    precondition(range.count <= ordered.count && range.upperBound <= partition.rows.count)
    let blockCount =
      (range.count + BoostedTreeState.rowsPerBlock - 1) / BoostedTreeState.rowsPerBlock
    parallel.forEach(blockCount) { block in
      let start = block * BoostedTreeState.rowsPerBlock
      let rows = unsafe partition.rows.base + range.lowerBound
      let source = unsafe gradients.base + offset
      for place in start..<min(start + BoostedTreeState.rowsPerBlock, range.count) {
        unsafe ordered.base[place] = source[Int(truncatingIfNeeded: rows[place])]
      }
    }
    return NodeRows(
      indices: partition.rows, range: range, gradients: ordered, gradientOffset: 0)
  }

  /// The tree with the values of its leaves; `weights` are those of the table's rows.
  consuming func finish(_ limits: GrowthLimits, weights: RowWeights) -> BoostedTree {
    var finished: [BoostedTree.Leaf] = []
    for leaf in leaves {
      let value = limits.leafValue(leaf.sum)
      let cover = weights.sum(of: partition.rows, in: leaf.range)
      builder.setLeaf(leaf.node, values: [value], cover: cover)
      finished.append(BoostedTree.Leaf(range: leaf.range, value: value))
    }
    return BoostedTree(
      tree: BinnedTree(tree: builder.finish(), columns: columns, bins: bins), leaves: finished)
  }
}
