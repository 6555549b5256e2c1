import FeatureTables
import Synchronization

/// Finds how two sibling nodes would split: the histogram of the smaller comes from its rows, that of
/// the larger is what is left of the parent's.
struct NodeDivision: Sendable {
  let table: BinnedMatrix<UInt8>
  let rows: JointRows
  let layout: HistogramLayout
  let limits: GrowthLimits
  let parallel: Parallel
  private let team: WorkerTeam
  /// One cell a code of a column.
  let histograms: HistogramPool
  /// One cell a combination of a group, all zero.
  let combinations: HistogramPool

  /// What it costs to add a row to one column by itself, likewise.
  private static let workPerLooseAddition = 3
  /// What it costs to sum a combination up to its columns, in additions of a row to one cell.
  private static let workPerCombination = 2

  init(
    table: BinnedMatrix<UInt8>, rows: JointRows, limits: GrowthLimits, parallel: Parallel
  ) {
    self.table = table
    self.rows = rows
    self.limits = limits
    self.parallel = parallel
    team = WorkerTeam(threads: parallel.threads)
    layout = HistogramLayout(table.columns, rows: rows)
    histograms = HistogramPool(cellCount: layout.cellCount, isZeroed: false)
    combinations = HistogramPool(cellCount: layout.combinationCount, isZeroed: true)
  }

  /// The same on the thread that asks alone.
  var onOneThread: NodeDivision { NodeDivision(onOneThread: self) }

  private init(onOneThread other: NodeDivision) {
    (table, rows, layout, limits) = (other.table, other.rows, other.layout, other.limits)
    (histograms, combinations) = (other.histograms, other.combinations)
    parallel = Parallel(threads: 1)
    team = WorkerTeam(threads: 1)
  }

  /// The columns that can divide a node, and its best split.
  struct Outcome: Sendable {
    var columns: [Int] = []
    var split: GradientSplit?

    /// Ties go to the lower column, whichever comes first.
    mutating func consider(_ other: GradientSplit?) {
      guard let other else { return }
      guard let current = split else {
        split = other
        return
      }
      let isBetter =
        other.gain > current.gain || other.gain == current.gain && other.column < current.column
      if isBetter { split = other }
    }

    /// Takes in that of other columns.
    mutating func add(_ other: Outcome) {
      columns += other.columns
      consider(other.split)
    }
  }

  /// Fills `histogram` from the rows of a node and searches it.
  func search(
    _ node: NodeRows, sum: GradientSum, columns: [Int], histogram: Buffer<GradientSum>
  ) -> Outcome {
    let search = GradientSplitSearch(limits: limits, total: sum)
    return inBlocks(of: columns, node: node, histogram: histogram) { columns in
      (outcome(of: columns, search: search, histogram: histogram), Outcome())
    }.0
  }

  /// The same for the smaller of two siblings, and for the larger one, whose histogram replaces
  /// the parent's.
  func search(
    smaller node: NodeRows, sum: GradientSum, largerSum: GradientSum, columns: [Int],
    histogram: Buffer<GradientSum>, parent: Buffer<GradientSum>
  ) -> (smaller: Outcome, larger: Outcome) {
    let search = GradientSplitSearch(limits: limits, total: sum)
    let largerSearch = GradientSplitSearch(limits: limits, total: largerSum)
    return inBlocks(of: columns, node: node, histogram: histogram) { columns in
      for column in columns {
        let start = layout.offsets[column]
        GradientHistogram.subtract(
          histogram, from: parent, range: start..<start + table.columns[column].codeCount)
      }
      return (
        outcome(of: columns, search: search, histogram: histogram),
        outcome(of: columns, search: largerSearch, histogram: parent)
      )
    }
  }

  private func outcome(
    of columns: [Int], search: GradientSplitSearch, histogram: Buffer<GradientSum>
  ) -> Outcome {
    var whole = Outcome()
    for column in columns {
      let (offset, binned) = (layout.offsets[column], table.columns[column])
      guard search.canDivide(binned, cells: histogram, at: offset) else { continue }
      whole.columns.append(column)
      whole.consider(search.best(of: column, column: binned, cells: histogram, at: offset))
    }
    return whole
  }

  /// Fills the histogram of a node block after block, on the threads of the team, and hands the
  /// columns of each to `body` while their cells are at hand.
  private func inBlocks(
    of columns: [Int], node: NodeRows, histogram: Buffer<GradientSum>,
    _ body: @Sendable ([Int]) -> (Outcome, Outcome)
  ) -> (Outcome, Outcome) {
    var columnsOfBlock = [[Int]](repeating: [], count: rows.blocks.count)
    for column in columns {
      columnsOfBlock[rows.groupOfColumn[column] / JointRows.groupsPerBlock].append(column)
    }
    let parts = columnsOfBlock
    let used = parts.indices.filter { !parts[$0].isEmpty }
    let combined = combinations.take()
    let outcomes = Mutex((Outcome(), Outcome()))
    team.forEach(used.count) { index in
      fill(block: used[index], of: histogram, node: node, combined: combined)
      let (first, second) = body(parts[used[index]])
      outcomes.withLock {
        $0.0.add(first)
        $0.1.add(second)
      }
    }
    combinations.give(combined)
    var (first, second) = outcomes.withLock { $0 }
    first.columns.sort()
    second.columns.sort()
    return (first, second)
  }

  /// Sets the cells of a block's columns.
  private func fill(
    block number: Int, of histogram: Buffer<GradientSum>, node: NodeRows,
    combined: Buffer<GradientSum>
  ) {
    let block = rows.blocks[number]
    let columnCount = block.groups.reduce(0) { $0 + rows.groups[$1].members.count }
    let combinedWork =
      node.range.count * block.codesPerRow + block.cellCount * NodeDivision.workPerCombination
    if combinedWork < node.range.count * columnCount * NodeDivision.workPerLooseAddition {
      GradientHistogram.addCombinations(
        ofBlock: number, in: rows, node: node, layout: layout, to: combined)
      GradientHistogram.spread(
        block: number, from: combined, in: rows, layout: layout, columns: table.columns,
        to: histogram)
    } else {
      GradientHistogram.addLoosely(
        block: number, in: rows, node: node, layout: layout, columns: table.columns, to: histogram)
    }
  }
}
