import FeatureTables
import Synchronization

/// Finds how two sibling nodes would split: the histogram of the smaller comes from its rows, that of
/// the larger is what is left of the parent's.
struct NodeDivision: Sendable {
  let table: BinnedMatrix<UInt8>
  let limits: GrowthLimits
  let parallel: Parallel
  /// One cell a code of a column.
  let histograms: HistogramPool
  private let filler: HistogramFiller
  private var layout: HistogramLayout { filler.layout }

  init(
    table: BinnedMatrix<UInt8>, rows: JointRows, limits: GrowthLimits, parallel: Parallel
  ) {
    self.table = table
    self.limits = limits
    self.parallel = parallel
    filler = HistogramFiller(table: table, rows: rows, threads: parallel.threads)
    histograms = HistogramPool(cellCount: filler.layout.cellCount, isZeroed: false)
  }

  /// The same on the thread that asks alone.
  var onOneThread: NodeDivision { NodeDivision(onOneThread: self) }

  private init(onOneThread other: NodeDivision) {
    (table, limits, histograms) = (other.table, other.limits, other.histograms)
    parallel = Parallel(threads: 1)
    filler = other.filler.onOneThread
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
  /// - Parameter maySplit: whether the smaller one may: if not, it is not searched.
  func search(
    smaller node: NodeRows, search: GradientSplitSearch, maySplit: Bool,
    largerSearch: GradientSplitSearch, columns: [Int],
    histogram: Buffer<GradientSum>, parent: Buffer<GradientSum>
  ) -> (smaller: Outcome, larger: Outcome) {
    return inBlocks(of: columns, node: node, histogram: histogram) { columns in
      for column in columns {
        let start = layout.offsets[column]
        GradientHistogram.subtract(
          histogram, from: parent, range: start..<start + table.columns[column].codeCount)
      }
      return (
        maySplit ? outcome(of: columns, search: search, histogram: histogram) : Outcome(),
        outcome(of: columns, search: largerSearch, histogram: parent)
      )
    }
  }

  private func outcome(
    of columns: [Int], search: GradientSplitSearch, histogram: Buffer<GradientSum>
  ) -> Outcome {
    var whole = Outcome()
    var score = search.leastScore
    for column in columns {
      let (offset, binned) = (layout.offsets[column], table.columns[column])
      guard search.canDivide(binned, cells: histogram, at: offset) else { continue }
      whole.columns.append(column)
      // Only what is better than in the columns before counts.
      whole.consider(
        search.best(of: column, column: binned, cells: histogram, at: offset, above: &score))
    }
    return whole
  }

  /// Fills the histogram of a node, and hands the columns of each block to `body` while their cells
  /// are at hand.
  private func inBlocks(
    of columns: [Int], node: NodeRows, histogram: Buffer<GradientSum>,
    _ body: @Sendable ([Int]) -> (Outcome, Outcome)
  ) -> (Outcome, Outcome) {
    let rows = filler.rows
    var columnsOfBlock = [[Int]](repeating: [], count: rows.blocks.count)
    for column in columns {
      columnsOfBlock[rows.groupOfColumn[column] / JointRows.groupsPerBlock].append(column)
    }
    let parts = columnsOfBlock
    let outcomes = Mutex((Outcome(), Outcome()))
    filler.fill(histogram, node: node) { block in
      if parts[block].isEmpty { return }
      let (first, second) = body(parts[block])
      outcomes.withLock {
        $0.0.add(first)
        $0.1.add(second)
      }
    }
    var (first, second) = outcomes.withLock { $0 }
    first.columns.sort()
    second.columns.sort()
    return (first, second)
  }
}
