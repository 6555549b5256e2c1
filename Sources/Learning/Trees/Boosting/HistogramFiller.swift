import FeatureTables

/// Makes the histogram of a node from its rows, on the threads of a team.
///
/// Threads share a large node by its rows, each with a histogram of combinations of its own, and a
/// small one by its columns, as adding up histograms would cost more than the rows do.
package struct HistogramFiller: Sendable {
  let table: BinnedMatrix<UInt8>
  let rows: JointRows
  package let layout: HistogramLayout
  let threads: Int
  private let team: WorkerTeam
  /// One cell a combination of a group, all zero.
  private let combinations: HistogramPool

  /// What it costs to add a row to one column by itself, in additions of a row to one cell.
  private static let workPerLooseAddition = 3
  /// What it costs to sum a combination up to its columns, likewise.
  private static let workPerCombination = 2

  package init(table: BinnedMatrix<UInt8>, rows: JointRows, threads: Int) {
    self.table = table
    self.rows = rows
    self.threads = threads
    layout = HistogramLayout(table.columns, rows: rows)
    team = WorkerTeam(threads: threads)
    combinations = HistogramPool(cellCount: layout.combinationCount, isZeroed: true)
  }

  /// The same on the thread that asks alone.
  var onOneThread: HistogramFiller { HistogramFiller(onOneThread: self) }

  private init(onOneThread other: HistogramFiller) {
    (table, rows, layout, combinations) = (
      other.table, other.rows, other.layout, other.combinations
    )
    threads = 1
    team = WorkerTeam(threads: 1)
  }

  /// Sets the cells of the columns of some blocks.
  /// - Parameter whenFilled: called with each block, on any thread, while its cells are at hand.
  package func fill(
    _ histogram: Buffer<GradientSum>, node: NodeRows, blocks: [Int],
    whenFilled: @Sendable (Int) -> Void
  ) {
    if threads > 1, node.range.count >= layout.combinationCount {
      fillByRows(histogram, node: node, blocks: blocks, whenFilled: whenFilled)
    } else {
      fillByBlocks(histogram, node: node, blocks: blocks, whenFilled: whenFilled)
    }
  }

  private func fillByRows(
    _ histogram: Buffer<GradientSum>, node: NodeRows, blocks: [Int],
    whenFilled: @Sendable (Int) -> Void
  ) {
    let parts = (0..<threads).map { _ in combinations.take() }
    team.forEach(threads) { part in
      let count = node.range.count
      GradientHistogram.addCombinations(
        ofBlocks: blocks, in: rows, node: node,
        places: count * part / threads..<count * (part + 1) / threads, layout: layout,
        to: parts[part])
    }
    team.forEach(blocks.count) { index in
      let cells = layout.combinations(ofBlock: blocks[index], in: rows)
      for part in parts.dropFirst() { GradientHistogram.move(part, to: parts[0], range: cells) }
      spread(blocks[index], from: parts[0], to: histogram)
      whenFilled(blocks[index])
    }
    parts.forEach(combinations.give)
  }

  private func fillByBlocks(
    _ histogram: Buffer<GradientSum>, node: NodeRows, blocks: [Int],
    whenFilled: @Sendable (Int) -> Void
  ) {
    let combined = combinations.take()
    let shares = min(threads, blocks.count)
    team.forEach(shares) { share in
      let own = blocks[blocks.count * share / shares..<blocks.count * (share + 1) / shares]
      let joint = own.filter { isWorthCombining($0, rowCount: node.range.count) }
      GradientHistogram.addCombinations(
        ofBlocks: joint, in: rows, node: node, places: 0..<node.range.count, layout: layout,
        to: combined)
      for block in own {
        if joint.contains(block) {
          spread(block, from: combined, to: histogram)
        } else {
          GradientHistogram.addLoosely(
            block: block, in: rows, node: node, layout: layout, columns: table.columns,
            to: histogram)
        }
        whenFilled(block)
      }
    }
    combinations.give(combined)
  }

  /// Whether to add rows to combinations and sum these up, or to add them to each column.
  private func isWorthCombining(_ number: Int, rowCount: Int) -> Bool {
    let block = rows.blocks[number]
    let columnCount = block.groups.reduce(0) { $0 + rows.groups[$1].members.count }
    let work = rowCount * block.codeCount + block.cellCount * HistogramFiller.workPerCombination
    return work < rowCount * columnCount * HistogramFiller.workPerLooseAddition
  }

  private func spread(
    _ block: Int, from combined: Buffer<GradientSum>, to histogram: Buffer<GradientSum>
  ) {
    GradientHistogram.spread(
      block: block, from: combined, in: rows, layout: layout, columns: table.columns, to: histogram)
  }
}
