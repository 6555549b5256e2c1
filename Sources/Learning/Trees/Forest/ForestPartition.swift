/// The rows of one tree, ordered so that those of a node lie together; within a node ascending.
struct ForestPartition {
  /// Indices of rows of the table.
  let indices: Buffer<Int32>
  /// Class and weight of each, without a code.
  let rows: Buffer<ForestRow>
  let count: Int
  private let otherIndices: Buffer<Int32>
  private let otherRows: Buffer<ForestRow>

  /// - Parameters:
  ///   - workspace: whose rooms are used.
  ///   - counts: how often each row of the table counts; those that do not are left out.
  ///   - row: of an index.
  init(
    _ workspace: ForestWorkspace, counts: [Int32], row: (_ index: Int) -> ForestRow
  ) {
    indices = workspace.indices
    rows = workspace.rows
    otherIndices = workspace.otherIndices
    otherRows = workspace.otherRows
    precondition(counts.count <= indices.count)
    var count = 0
    for (index, times) in counts.enumerated() where times > 0 {
      unsafe indices.base[count] = Int32(truncatingIfNeeded: index)
      unsafe rows.base[count] = row(index)
      count += 1
    }
    self.count = count
  }

  /// Moves the rows of a node that go left before those that go right, keeping the order of each.
  /// - Returns: where the right part begins.
  func divide(_ range: Range<Int>, by test: CodeTest<UInt16>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    // Safe: all places are in the node; indices are rows of the table by construction.
    let (indices, rows) = unsafe (indices.base, rows.base)
    let (otherIndices, otherRows) = unsafe (otherIndices.base, otherRows.base)
    let codes = unsafe test.codes.base
    var (left, right) = (range.lowerBound, 0)
    for place in range {
      let (index, row) = unsafe (indices[place], rows[place])
      let isRight = test.isRight(unsafe codes[Int(truncatingIfNeeded: index)])
      // Written to both; the one that does not count is overwritten by the next row.
      unsafe otherIndices[right] = index
      unsafe otherRows[right] = row
      unsafe indices[left] = index
      unsafe rows[left] = row
      left &+= 1 &- isRight
      right &+= isRight
    }
    unsafe (indices + left).update(from: otherIndices, count: right)
    unsafe (rows + left).update(from: otherRows, count: right)
    return left
  }

  /// Units of each class in a part.
  func totals(of range: Range<Int>, classCount: Int) -> [Int64] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var totals = [Int64](repeating: 0, count: classCount)
    for place in range {
      let row = unsafe rows.base[place]
      totals[row.classCode] &+= row.units
    }
    return totals
  }
}
