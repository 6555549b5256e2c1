import Synchronization

/// Room for growing one tree, used again for the next: fresh memory costs more than what is done
/// in it.
final class ForestWorkspace: Sendable {
  /// The rows of the tree, those of a node together, and room for moving them.
  let indices: Buffer<Int32>
  let otherIndices: Buffer<Int32>
  let rows: Buffer<ForestRow>
  let otherRows: Buffer<ForestRow>
  /// The codes of a node in one column, and its rows that have a value in it.
  let codes: Buffer<UInt16>
  let presentRows: Buffer<ForestRow>
  /// The same of some of the codes.
  let partCodes: Buffer<UInt16>
  let partRows: Buffer<ForestRow>
  /// Rows to be sorted by code, and room for that.
  let sorted: Buffer<ForestRow>
  let otherSorted: Buffer<ForestRow>
  /// Units (upper half) and rows (lower half) of each bin and class, and what the best test inside
  /// of each bin can reach.
  let cells: Buffer<UInt64>
  let bounds: Buffer<Double>
  /// Units of each class: left of the threshold, and of one to come back to, in the node, and
  /// without a value.
  let lefts: Buffer<Int64>
  let keptLefts: Buffer<Int64>
  let totals: Buffer<Int64>
  let missing: Buffer<Int64>

  /// Bins of a node's codes at most: their table has to stay near the processor.
  static let mostBins = 256

  init(rowCount: Int, classCount: Int, hasMissing: Bool) {
    indices = Buffer(uninitialized: rowCount)
    otherIndices = Buffer(uninitialized: rowCount)
    rows = Buffer(uninitialized: rowCount)
    otherRows = Buffer(uninitialized: rowCount)
    codes = Buffer(uninitialized: rowCount)
    presentRows = Buffer(uninitialized: hasMissing ? rowCount : 0)
    partCodes = Buffer(uninitialized: rowCount)
    partRows = Buffer(uninitialized: rowCount)
    sorted = Buffer(uninitialized: rowCount)
    otherSorted = Buffer(uninitialized: rowCount)
    cells = Buffer(uninitialized: ForestWorkspace.mostBins * classCount * 2)
    bounds = Buffer(uninitialized: ForestWorkspace.mostBins)
    lefts = Buffer(count: classCount, repeating: 0)
    keptLefts = Buffer(count: classCount, repeating: 0)
    totals = Buffer(count: classCount, repeating: 0)
    missing = Buffer(count: classCount, repeating: 0)
  }
}

/// As many workspaces as trees grow at a time.
final class ForestWorkspacePool: Sendable {
  private let make: @Sendable () -> ForestWorkspace
  private let free = Mutex<[ForestWorkspace]>([])

  init(rowCount: Int, classCount: Int, hasMissing: Bool) {
    make = {
      ForestWorkspace(rowCount: rowCount, classCount: classCount, hasMissing: hasMissing)
    }
  }

  func with<Result>(_ body: (ForestWorkspace) -> Result) -> Result {
    let workspace = free.withLock { $0.popLast() } ?? make()
    defer { free.withLock { $0.append(workspace) } }
    return body(workspace)
  }
}
