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
    layout = HistogramLayout(table.columns)
    team = WorkerTeam(threads: threads)
    combinations = HistogramPool(cellCount: rows.combinationCount, isZeroed: true)
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

  /// Sets the cells of all columns.
  /// - Parameter whenFilled: called with each block, on any thread, while its cells are at hand.
  package func fill(
    _ histogram: Buffer<GradientSum>, node: NodeRows, whenFilled: @Sendable (Int) -> Void
  ) {
    if threads > 1, node.range.count >= rows.combinationCount {
      fillByRows(histogram, node: node, whenFilled: whenFilled)
    } else {
      fillByBlocks(histogram, node: node, whenFilled: whenFilled)
    }
  }

  private func fillByRows(
    _ histogram: Buffer<GradientSum>, node: NodeRows, whenFilled: @Sendable (Int) -> Void
  ) {
    let parts = (0..<threads).map { _ in combinations.take() }
    team.forEach(threads) { part in
      let count = node.range.count
      GradientHistogram.addCombinations(
        ofBlocks: 0..<rows.blockCount, in: rows, node: node,
        places: count * part / threads..<count * (part + 1) / threads, to: parts[part])
    }
    team.forEach(rows.blockCount) { block in
      for part in parts.dropFirst() {
        GradientHistogram.move(part, to: parts[0], range: rows.blocks[block].cells)
      }
      spread(block, from: parts[0], to: histogram)
      whenFilled(block)
    }
    parts.forEach(combinations.give)
  }

  private func fillByBlocks(
    _ histogram: Buffer<GradientSum>, node: NodeRows, whenFilled: @Sendable (Int) -> Void
  ) {
    let combined = combinations.take()
    let shares = min(threads, rows.blockCount)
    team.forEach(shares) { share in
      let blocks = rows.blockCount * share / shares..<rows.blockCount * (share + 1) / shares
      let isCombined = isWorthCombining(blocks, rowCount: node.range.count)
      if isCombined {
        GradientHistogram.addCombinations(
          ofBlocks: blocks, in: rows, node: node, places: 0..<node.range.count, to: combined)
      }
      for block in blocks {
        if isCombined {
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
  private func isWorthCombining(_ numbers: Range<Int>, rowCount: Int) -> Bool {
    let blocks = rows.blocks[numbers]
    let codeCount = blocks.reduce(0) { $0 + $1.codeCount }
    let cellCount = blocks.reduce(0) { $0 + $1.cellCount }
    let columnCount = blocks.reduce(0) {
      $0 + rows.groups[$1.groups].reduce(0) { $0 + $1.members.count }
    }
    return rowCount * codeCount + cellCount * HistogramFiller.workPerCombination
      < rowCount * columnCount * HistogramFiller.workPerLooseAddition
  }

  private func spread(
    _ block: Int, from combined: Buffer<GradientSum>, to histogram: Buffer<GradientSum>
  ) {
    GradientHistogram.spread(
      block: block, from: combined, in: rows, layout: layout, columns: table.columns, to: histogram)
  }
}
