import FeatureTables
import Models

/// Grows one tree of boosting: splits the leaf that gains most (leaf-wise), or the highest ones
/// first (depth-wise), until no leaf may split or there are enough.
struct BoostedTreeGrower: Sendable {
  let division: NodeDivision
  let weights: RowWeights
  private var table: BinnedMatrix<UInt8> { division.table }
  private var limits: GrowthLimits { division.limits }

  /// - Parameters:
  ///   - gradients: one a row of the table, from `offset`.
  ///   - partition: the rows to grow on, ascending; afterwards those of each leaf lie together.
  ///   - columns: the columns that may split, ascending.
  func grow(
    _ gradients: Buffer<GradientSum>, at offset: Int, partition: RowPartition, columns: [Int]
  ) -> BoostedTree {
    var state = BoostedTreeState(
      gradients: gradients, offset: offset, partition: partition, rowCount: table.rowCount)
    state.leaves = [root(of: &state, columns: columns)]
    while state.leaves.count < limits.leaves, let next = nextLeaf(of: state.leaves) {
      divide(next, of: &state, isLast: state.leaves.count + 1 == limits.leaves)
    }
    for case let histogram? in state.leaves.map(\.histogram) { division.histograms.give(histogram) }
    return state.finish(limits, weights: weights, parallel: division.parallel)
  }

  private func root(of state: inout BoostedTreeState, columns: [Int]) -> BoostedLeaf {
    let range = 0..<state.partition.rows.count
    let rows = state.rows(in: range)
    let sum = rows.sum(parallel: division.parallel)
    var leaf = BoostedLeaf(
      node: state.addRoot(), depth: 0, range: range, sum: sum, histogram: nil, columns: [],
      split: nil)
    guard limits.leaves > 1, limits.maySplit(sum, depth: 0) else { return leaf }
    let histogram = division.histograms.take()
    leaf.settle(
      division.search(rows, sum: sum, columns: columns, histogram: histogram),
      histogram: histogram, pool: division.histograms)
    return leaf
  }

  /// The leaf to split next; ties go to the older one.
  private func nextLeaf(of leaves: [BoostedLeaf]) -> Int? {
    var best: Int?
    for (index, leaf) in leaves.enumerated() {
      guard let gain = leaf.split?.gain else { continue }
      guard let current = best, let currentGain = leaves[current].split?.gain else {
        best = index
        continue
      }
      let isHigher = limits.growth == .depthwise && leaf.depth < leaves[current].depth
      let isLower = limits.growth == .depthwise && leaf.depth > leaves[current].depth
      if isHigher || !isLower && gain > currentGain { best = index }
    }
    return best
  }

  /// Replaces a leaf by its two children.
  private func divide(_ index: Int, of state: inout BoostedTreeState, isLast: Bool) {
    var leaf = state.leaves[index]
    guard let split = leaf.split else { return }
    state.leaves[index].histogram = nil
    let column = table.columns[split.column]
    let middle = state.partition.divide(
      leaf.range, by: column, bin: split.bin, missingGoesLeft: split.missingGoesLeft,
      parallel: division.parallel)
    let node = state.split(leaf.node, by: split, column: column)
    let bounds = limits.childBounds(
      of: leaf.bounds, total: leaf.sum, split: split, binCount: column.bounds.count)
    var left = BoostedLeaf(
      node: node, depth: leaf.depth + 1, range: leaf.range.lowerBound..<middle, sum: split.left,
      bounds: bounds.left, histogram: nil, columns: [], split: nil)
    var right = BoostedLeaf(
      node: node + 1, depth: leaf.depth + 1, range: middle..<leaf.range.upperBound,
      sum: leaf.sum &- split.left, bounds: bounds.right, histogram: nil, columns: [], split: nil)
    let parent = leaf.histogram.take()
    if isLast {
      parent.map(division.histograms.give)
    } else {
      if left.range.count <= right.range.count {
        search(smaller: &left, larger: &right, parent: parent, columns: leaf.columns, of: &state)
      } else {
        search(smaller: &right, larger: &left, parent: parent, columns: leaf.columns, of: &state)
      }
    }
    state.leaves[index] = left
    state.leaves.append(right)
  }

  private func search(
    smaller: inout BoostedLeaf, larger: inout BoostedLeaf, parent: Buffer<GradientSum>?,
    columns: [Int], of state: inout BoostedTreeState
  ) {
    guard let parent else { return }
    guard limits.maySplit(larger.sum, depth: larger.depth) else {
      return division.histograms.give(parent)
    }
    let histogram = division.histograms.take()
    let rows = state.rows(in: smaller.range)
    let outcome = division.search(
      smaller: rows, search: search(of: smaller),
      maySplit: limits.maySplit(smaller.sum, depth: smaller.depth),
      largerSearch: search(of: larger),
      columns: columns, histogram: histogram, parent: parent)
    larger.settle(outcome.larger, histogram: parent, pool: division.histograms)
    smaller.settle(outcome.smaller, histogram: histogram, pool: division.histograms)
  }

  private func search(of leaf: BoostedLeaf) -> GradientSplitSearch {
    GradientSplitSearch(limits: limits, total: leaf.sum, bounds: leaf.bounds)
  }
}
