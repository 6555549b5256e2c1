/// A test on one column that divides a node.
package struct GradientSplit: Sendable, Equatable {
  /// Index into the columns of the binned matrix.
  package var column: Int
  /// The greatest bin that goes left.
  package var bin: Int
  package var missingGoesLeft: Bool
  /// How much the scores of the children exceed that of the node.
  package var gain: Double
  /// The sum over the rows that go left.
  package var left: GradientSum
}

/// Finds the best test of a node on a column from its histogram.
package struct GradientSplitSearch: Sendable {
  private let limits: GrowthLimits
  /// The sum over the node's rows.
  private let total: GradientSum
  private let nodeScore: Double
  /// Searches in place of the plain scan where columns have directions.
  private let bounded: BoundedSplitScan?

  /// - Parameter bounds: of the node's leaves; they count only where columns have directions.
  package init(limits: GrowthLimits, total: GradientSum, bounds: StepBounds = .none) {
    self.limits = limits
    self.total = total
    let isBounded = !limits.directions.isEmpty
    nodeScore = isBounded ? limits.score(total, within: bounds) : limits.score(total)
    bounded = isBounded ? BoundedSplitScan(limits: limits, total: total, bounds: bounds) : nil
  }

  /// Whether the node's rows differ in this column; if not, neither do those of its descendants.
  package func canDivide(
    _ column: BinnedColumn<UInt8>, cells: Buffer<GradientSum>, at offset: Int
  ) -> Bool {
    let count = limits.scale.count(total)
    for code in 0..<column.codeCount {
      let inCode = limits.scale.count(cells[offset + code])
      if inCode > 0 { return inCode < count }
    }
    return false
  }

  /// What the parts of a test have to score for it to be of use.
  var leastScore: Double { nodeScore + limits.minGain }

  /// The best test, or nil if none gains enough. Among equal gains the lowest bin wins, and
  /// missing values to the right over missing values to the left.
  /// - Parameter score: what it has to exceed, and then what it scores.
  func best(
    of index: Int, column: BinnedColumn<UInt8>, cells: Buffer<GradientSum>, at offset: Int,
    above score: inout Double
  ) -> GradientSplit? {
    precondition(offset >= 0 && offset + column.codeCount <= cells.count)
    let bins = column.bounds.count
    let missing = column.hasMissing ? cells[offset + bins] : .zero
    let hasMissing = limits.scale.count(missing) > 0
    var best = GradientSplit(
      column: index, bin: -1, missingGoesLeft: false, gain: score, left: .zero)
    // With missing values on the right, the last test is whether there is a value at all.
    tryEnds(
      cells, at: offset, bins: hasMissing ? bins : bins - 1, of: bins, start: .zero, into: &best)
    if hasMissing {
      tryEnds(cells, at: offset, bins: bins - 1, of: bins, start: missing, into: &best)
    }
    guard best.bin >= 0 else { return nil }
    score = best.gain
    best.gain -= nodeScore
    if !hasMissing {
      // None to learn from: missing values go with most rows.
      best.missingGoesLeft = 2 * limits.scale.count(best.left) >= limits.scale.count(total)
    }
    return best
  }

  /// Tries the ends of the first `bins` bins of `count`; `best.gain` holds the score to exceed.
  private func tryEnds(
    _ cells: Buffer<GradientSum>, at offset: Int, bins: Int, of count: Int, start: GradientSum,
    into best: inout GradientSplit
  ) {
    if let bounded {
      bounded.scan(cells, at: offset, bins: bins, of: count, start: start, into: &best)
    } else {
      scan(cells, at: offset, bins: bins, start: start, into: &best)
    }
  }

  /// Tries the ends of the first `bins` bins; `best.gain` holds the score to exceed.
  private func scan(
    _ cells: Buffer<GradientSum>, at offset: Int, bins: Int, start: GradientSum,
    into best: inout GradientSplit
  ) {
    let scale = limits.scale
    var filter = SplitFilter(limits: limits, total: total, score: best.gain)
    var left = start
    for bin in 0..<max(0, bins) {
      let cell = unsafe cells.base[offset &+ bin]
      // An empty bin makes the same two parts as the one before it.
      if cell.y == 0 { continue }
      left &+= cell
      let right = total &- left
      if scale.count(left) < limits.minSamplesLeaf { continue }
      if scale.count(right) < limits.minSamplesLeaf { return }
      // Few tests come near the best, and a division takes longer than all the rest.
      guard filter.passes(left) else { continue }
      let score = limits.score(left) + limits.score(right)
      guard score > best.gain else { continue }
      best.gain = score
      filter.raise(to: score)
      best.bin = bin
      best.left = left
      best.missingGoesLeft = start.y != 0
    }
  }
}
