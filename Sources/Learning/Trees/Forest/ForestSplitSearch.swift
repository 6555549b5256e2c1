import FeatureTables

/// Finds the best test of a node on a column: over all thresholds, by sorting where the node has
/// few rows, else by a table of bins and a look inside of those that may hold a better test.
///
/// Both give the same integers and try the same thresholds, and so find the same test. Codes are
/// ranks, so this is the exact search as long as a column has no more distinct values than 16 bits
/// can number.
struct ForestSplitSearch {
  let workspace: ForestWorkspace
  let classCount: Int
  let minSamplesLeaf: Int

  /// Rows of a node up to which sorting them is faster than a table.
  static let fewRows = 24

  init(_ workspace: ForestWorkspace, minSamplesLeaf: Int) {
    self.workspace = workspace
    self.minSamplesLeaf = minSamplesLeaf
    classCount = workspace.totals.count
  }

  enum Outcome {
    /// All rows of the node have one code.
    case constant
    /// No test beats what is to be beaten and leaves enough rows on both sides.
    case none
    case split(ForestSplit)
  }

  /// Has to be called before the columns of a node are searched.
  func begin(_ node: ForestNode) {
    precondition(node.totals.count == classCount)
    for code in 0..<classCount { workspace.totals[code] = node.totals[code] }
  }

  /// The best test of a node on a column.
  /// - Parameters:
  ///   - index: of the column in the binned matrix.
  ///   - score: of other columns, to be beaten.
  func search(
    _ index: Int, column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>,
    beating score: Double
  ) -> Outcome {
    let node = NodeColumn(column, partition: partition, range: range, workspace: workspace)
    guard node.canDivide else { return .constant }
    let best = best(node, beating: score)
    guard best.score > score else { return .none }
    let bounds = column.bounds
    var (code, threshold) = (bounds.count - 1, BinBounds.everyNumber)
    if let cut = best.cut {
      let (below, above) = cut.isOfCodes ? (cut.below, cut.above) : node.codes(around: cut.below)
      (code, threshold) = (below, bounds.threshold(between: below, and: above))
    }
    return .split(
      ForestSplit(
        column: index, code: code, threshold: threshold, score: best.score,
        missingGoesLeft: node.missingCount > 0 ? best.missingGoesLeft : nil))
  }

  /// The lowest of equals wins, missing values right before left.
  private func best(_ node: NodeColumn, beating score: Double) -> CodeThreshold {
    var best = CodeThreshold(score: score)
    for missingGoesLeft in [false, true] where !missingGoesLeft || node.missingCount > 0 {
      var candidate = best
      candidate.missingGoesLeft = missingGoesLeft
      var scan = scan(node, missingGoesLeft: missingGoesLeft)
      if node.count <= ForestSplitSearch.fewRows {
        scanRows(sort(node), &scan, &candidate)
      } else {
        scanBins(node, from: &scan, &candidate)
      }
      if node.missingCount > 0 && !missingGoesLeft {
        // The score of a test is that of its mirror image.
        consider(self.scan(node, missingGoesLeft: true), cut: nil, &candidate)
      }
      if candidate.score > best.score { best = candidate }
    }
    return best
  }

  /// All rows on the right, or all but those without a value.
  func scan(_ node: NodeColumn, missingGoesLeft: Bool) -> GiniScan {
    var scan = GiniScan(workspace, rowCount: node.count + node.missingCount)
    guard missingGoesLeft else { return scan }
    for code in 0..<classCount {
      scan.move(classCode: code, units: workspace.missing[code], rows: 0)
    }
    scan.moveRows(node.missingCount)
    return scan
  }

  @inline(__always)
  func consider(_ scan: GiniScan, cut: CodeCut?, _ best: inout CodeThreshold) {
    guard scan.leftRows >= minSamplesLeaf && scan.rightRows >= minSamplesLeaf else { return }
    let score = scan.score
    guard score > best.score else { return }
    best.score = score
    best.cut = cut
  }

  /// Whether the threshold between two groups of rows can be passed over: the score is convex, so
  /// between rows of one class there is always a better one at one of their ends, if that is
  /// allowed.
  @inline(__always)
  func isInside(_ previous: Int?, _ next: Int?) -> Bool {
    minSamplesLeaf == 1 && previous == next && next != nil
  }
}

/// Codes up to `below` go left, those from `above` on right; there are none between them.
struct CodeCut {
  let below: Int
  let above: Int
  /// Whether both occur in the node; else they are ends of bins.
  let isOfCodes: Bool
}

/// A test on codes.
struct CodeThreshold {
  /// Nil where all codes go left, and missing values right.
  var cut: CodeCut?
  var missingGoesLeft = false
  var score = -Double.infinity

  /// The lower of equals wins.
  mutating func takeBetter(_ other: CodeThreshold) {
    let isLower = (other.cut?.below ?? Int.max) < (cut?.below ?? -1)
    if other.score > score || (other.score == score && isLower) { self = other }
  }
}
