/// A leaf of a growing tree: its rows, and the split it would take.
struct BoostedLeaf {
  let node: Int
  let depth: Int
  /// Where its rows are in the partition.
  let range: Range<Int>
  let sum: GradientSum
  /// Between what its step has to stay.
  var bounds = StepBounds.none
  /// One histogram a column that can still divide it; nil for a leaf that stays one.
  var histogram: Buffer<GradientSum>?
  /// Columns, ascending, in which its rows may differ.
  var columns: [Int]
  var split: GradientSplit?

  /// Takes what the search found; the histogram is kept for a leaf that will split.
  mutating func settle(
    _ outcome: NodeDivision.Outcome, histogram: Buffer<GradientSum>, pool: HistogramPool
  ) {
    guard let split = outcome.split else { return pool.give(histogram) }
    self.split = split
    self.histogram = histogram
    columns = outcome.columns
  }
}

/// A grown tree, and where in the partition the rows of each leaf are.
struct BoostedTree: Sendable {
  struct Leaf: Sendable {
    let range: Range<Int>
    let value: Double
  }

  let tree: BinnedTree
  let leaves: [Leaf]
}
