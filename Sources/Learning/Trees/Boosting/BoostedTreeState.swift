import FeatureTables
import Models

/// What changes while a tree grows.
struct BoostedTreeState {
  private let gradients: Buffer<GradientSum>
  private let offset: Int
  let partition: RowPartition
  /// Whether the tree grows on all rows of the table: the root then needs no indices.
  private let hasAllRows: Bool
  var leaves: [BoostedLeaf] = []
  private var builder = TreeBuilder(outputCount: 1)
  private var columns: [Int32] = []
  private var bins: [Int32] = []

  init(gradients: Buffer<GradientSum>, offset: Int, partition: RowPartition, rowCount: Int) {
    self.gradients = gradients
    self.offset = offset
    self.partition = partition
    hasAllRows = partition.rows.count == rowCount
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

  /// The rows of a node and their gradients.
  func rows(in range: Range<Int>) -> NodeRows {
    NodeRows(
      indices: hasAllRows && range.count == partition.rows.count ? nil : partition.rows,
      range: range, gradients: gradients, gradientOffset: offset)
  }

  /// The tree with the values of its leaves; `weights` are those of the table's rows.
  consuming func finish(
    _ limits: GrowthLimits, weights: RowWeights, parallel: Parallel
  ) -> BoostedTree {
    var finished: [BoostedTree.Leaf] = []
    for leaf in leaves {
      let value = limits.leafValue(leaf.sum, within: leaf.bounds)
      let cover = weights.sum(of: partition.rows, in: leaf.range, parallel: parallel)
      builder.setLeaf(leaf.node, values: [value], cover: cover)
      finished.append(BoostedTree.Leaf(range: leaf.range, value: value))
    }
    return BoostedTree(
      tree: BinnedTree(tree: builder.finish(), columns: columns, bins: bins), leaves: finished)
  }
}
