import FeatureTables

/// Finds how two sibling nodes would split, column by column: the histogram of the smaller comes
/// from its rows, that of the larger is what is left of the parent's.
struct NodeDivision: Sendable {
  let table: BinnedMatrix<UInt8>
  let layout: HistogramLayout
  let limits: GrowthLimits
  let parallel: Parallel

  /// Additions that are worth a task of their own.
  private static let workPerTask = 300_000

  /// The columns that can divide a node, and its best split.
  struct Outcome: Sendable {
    var columns: [Int] = []
    var split: GradientSplit?

    /// Ties go to the lower column, which comes first.
    mutating func consider(_ other: GradientSplit?) {
      guard let other, other.gain > split?.gain ?? -.infinity else { return }
      split = other
    }
  }

  /// Room for the cells of all columns; a column is filled before it is read.
  func newHistogram() -> Buffer<GradientSum> { Buffer(uninitialized: layout.cellCount) }

  /// Fills `histogram` from the rows of a node and searches it.
  func search(
    _ node: NodeRows, sum: GradientSum, columns: [Int], histogram: Buffer<GradientSum>
  ) -> Outcome {
    let search = GradientSplitSearch(limits: limits, total: sum)
    let parts = inParts(of: columns, rows: node.range.count) { column -> Outcome in
      let offset = layout.offsets[column]
      GradientHistogram.fill(histogram, at: offset, column: table.columns[column], node: node)
      return outcome(of: column, search: search, histogram: histogram)
    }
    return joined(parts)
  }

  /// The same for the smaller of two siblings, and for the larger one, whose histogram replaces
  /// the parent's.
  func search(
    smaller node: NodeRows, sum: GradientSum, largerSum: GradientSum, columns: [Int],
    histogram: Buffer<GradientSum>, parent: Buffer<GradientSum>
  ) -> (smaller: Outcome, larger: Outcome) {
    let search = GradientSplitSearch(limits: limits, total: sum)
    let largerSearch = GradientSplitSearch(limits: limits, total: largerSum)
    let parts = inParts(of: columns, rows: node.range.count) { column -> [Outcome] in
      let offset = layout.offsets[column]
      let codeCount = table.columns[column].codeCount
      GradientHistogram.fill(histogram, at: offset, column: table.columns[column], node: node)
      GradientHistogram.subtract(histogram, from: parent, range: offset..<offset + codeCount)
      return [
        outcome(of: column, search: search, histogram: histogram),
        outcome(of: column, search: largerSearch, histogram: parent),
      ]
    }
    return (joined(parts.map { $0[0] }), joined(parts.map { $0[1] }))
  }

  private func outcome(
    of column: Int, search: GradientSplitSearch, histogram: Buffer<GradientSum>
  ) -> Outcome {
    let offset = layout.offsets[column]
    let binned = table.columns[column]
    guard search.canDivide(binned, cells: histogram, at: offset) else { return Outcome() }
    return Outcome(
      columns: [column],
      split: search.best(of: column, column: binned, cells: histogram, at: offset))
  }

  private func joined(_ parts: [Outcome]) -> Outcome {
    var whole = Outcome()
    for part in parts {
      whole.columns += part.columns
      whole.consider(part.split)
    }
    return whole
  }

  /// One result a column, in order; columns go to tasks in runs of enough work.
  private func inParts<Part: Sendable>(
    of columns: [Int], rows: Int, _ body: @Sendable (Int) -> Part
  ) -> [Part] {
    let workPerColumn = rows + 512
    let columnsPerTask = max(1, NodeDivision.workPerTask / workPerColumn)
    let taskCount = (columns.count + columnsPerTask - 1) / columnsPerTask
    guard taskCount > 1, parallel.threads > 1 else { return columns.map(body) }
    return parallel.map(taskCount) { task in
      let start = task * columnsPerTask
      return columns[start..<min(start + columnsPerTask, columns.count)].map(body)
    }.flatMap { $0 }
  }
}
