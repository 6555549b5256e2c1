import FeatureTables

extension ForestSplitSearch {
  /// A test at one threshold, drawn between the least and the greatest value of the node (Geurts,
  /// Ernst and Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006).
  func searchRandomly(
    _ index: Int, column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>,
    beating score: Double, generator: inout RandomGenerator
  ) -> Outcome {
    let node = NodeColumn(column, partition: partition, range: range, workspace: workspace)
    guard node.canDivide else { return .constant }
    let (code, threshold) = drawThreshold(column.bounds, node, generator: &generator)
    fillLefts(node, upTo: code)
    var best = CodeThreshold(score: score)
    for missingGoesLeft in [false, true] where !missingGoesLeft || node.missingCount > 0 {
      var candidate = best
      candidate.missingGoesLeft = missingGoesLeft
      var scan = scan(node, missingGoesLeft: missingGoesLeft)
      move(0, &scan)
      consider(scan, cut: nil, &candidate)
      if candidate.score > best.score { best = candidate }
    }
    guard best.score > score else { return .none }
    return .split(
      ForestSplit(
        column: index, code: code, threshold: threshold, score: best.score,
        missingGoesLeft: node.missingCount > 0 ? best.missingGoesLeft : nil))
  }

  /// The greatest code that goes left, and the threshold: below the greatest value, or, where all
  /// values are equal, between them and the missing ones.
  private func drawThreshold(
    _ bounds: BinBounds, _ node: NodeColumn, generator: inout RandomGenerator
  ) -> (code: Int, threshold: Float) {
    guard node.lowest < node.highest else { return (bounds.count - 1, BinBounds.everyNumber) }
    let (low, high) = (Double(bounds.highs[node.lowest]), Double(bounds.lows[node.highest]))
    let drawn = Float(low + generator.uniform() * (high - low))
    // The codes are few for a search by halves: find the last bin that ends at or below it.
    var (code, above) = (node.lowest, node.highest)
    while above - code > 1 {
      let middle = (code + above) / 2
      if bounds.highs[middle] <= drawn { code = middle } else { above = middle }
    }
    // Inside a bin of several values, or rounded up to the greatest: the gap before the next bin.
    let isBetween = drawn < bounds.lows[code + 1]
    return (code, isBetween ? drawn : bounds.threshold(between: code, and: code + 1))
  }

  /// Adds up the rows on each side of a threshold, by class: two bins, the left one first.
  private func fillLefts(_ node: NodeColumn, upTo code: Int) {
    precondition(2 * classCount <= workspace.cells.count)
    let (cells, codes, rows) = unsafe (workspace.cells.base, node.codes, node.rows)
    unsafe cells.update(repeating: 0, count: 2 * classCount)
    let classCount = classCount
    for place in 0..<node.count {
      let row = unsafe rows[place]
      // 1 for the right side, as arithmetic: it cannot be predicted.
      let side = unsafe ((code &- Int(codes[place])) &>> 63) & 1
      unsafe cells[side &* classCount &+ row.classCode] &+= row.cell
    }
  }
}
