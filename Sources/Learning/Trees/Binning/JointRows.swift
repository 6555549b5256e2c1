import FeatureTables

/// A binned matrix as the codes of its groups of columns, row by row: what histograms are made from.
package struct JointRows: Sendable {
  /// A group without the codes of its rows.
  struct Group: Sendable {
    /// Indices into the columns of the binned matrix.
    let members: [Int]
    let count: Int
    /// For each member the code that it has in each combination.
    let memberCodes: [Buffer<UInt8>]
  }

  /// Up to eight groups: what one thread does of the work on a histogram at a time.
  struct Block: Sendable {
    let groups: Range<Int>
    /// Where its codes begin within those of a row, and how many there are: a multiple of four.
    let firstCode: Int
    let codeCount: Int
    /// Where its cells begin within the histogram of combinations: those of its groups, one after the
    /// other, and a last one for codes without a group.
    let firstCell: Int
    let cellCount: Int
    /// The first cell of its segment, from which its codes count.
    let segmentStart: Int
    var cells: Range<Int> { firstCell..<firstCell + cellCount }
  }

  /// The codes of all blocks, row after row: the rows of a node lie far apart, and each of them
  /// should come from memory once.
  ///
  /// Codes are twice the cell, counted from the first of the segment: the processor multiplies by
  /// eight for nothing, and a cell has sixteen bytes.
  let codes: Buffer<UInt16>
  let codesPerRow: Int
  /// Blocks whose cells can be told by one code.
  let segments: [Range<Int>]
  /// Cells of the histogram of combinations.
  package let combinationCount: Int
  let groups: [Group]
  let blocks: [Block]
  package var groupCount: Int { groups.count }
  package var blockCount: Int { blocks.count }
  /// The group of each column of the binned matrix.
  let groupOfColumn: [Int]
  /// For each group its first cell in the histogram of combinations.
  let firstCells: [Int]

  static let groupsPerBlock = 8

  package init(_ table: BinnedMatrix<UInt8>, parallel: Parallel) {
    let columns = JointColumns.groups(of: table, parallel: parallel)
    var groupOfColumn = [Int](repeating: 0, count: table.columns.count)
    for (group, column) in columns.enumerated() {
      for member in column.members { groupOfColumn[member] = group }
    }
    self.groupOfColumn = groupOfColumn
    blocks = JointRows.blocks(of: columns)
    segments = JointRows.segments(of: blocks)
    firstCells = JointRows.firstCells(of: columns, blocks: blocks)
    combinationCount = blocks.last?.cells.upperBound ?? 0
    codesPerRow = blocks.reduce(0) { $0 + $1.codeCount }
    codes = Buffer(uninitialized: table.rowCount * codesPerRow)
    groups = columns.map { column in
      Group(
        members: column.members, count: column.count,
        memberCodes: column.memberCodes.map { Buffer($0) })
    }
    let this = self
    _ = parallel.mapBlocks(rowCount: table.rowCount, rowsPerBlock: JointRows.rowsPerBlock) {
      this.writeCodes(of: columns, rows: $0)
    }
  }
}

extension JointRows {
  private static let rowsPerBlock = 4_096

  /// Cells that a code can tell.
  private static let cellsPerSegment = Int(UInt16.max) / 2

  private static func blocks(of columns: [JointColumn]) -> [Block] {
    var (firstCode, firstCell, segmentStart) = (0, 0, 0)
    return stride(from: 0, to: columns.count, by: groupsPerBlock).map { start in
      let groups = start..<min(start + groupsPerBlock, columns.count)
      let cellCount = columns[groups].reduce(1) { $0 + $1.count }
      if firstCell + cellCount - segmentStart > cellsPerSegment { segmentStart = firstCell }
      let block = Block(
        groups: groups, firstCode: firstCode, codeCount: (groups.count + 3) / 4 * 4,
        firstCell: firstCell, cellCount: cellCount, segmentStart: segmentStart)
      (firstCode, firstCell) = (firstCode + block.codeCount, firstCell + cellCount)
      return block
    }
  }

  private static func segments(of blocks: [Block]) -> [Range<Int>] {
    let starts = blocks.indices.filter { blocks[$0].firstCell == blocks[$0].segmentStart }
    return zip(starts, starts.dropFirst() + [blocks.count]).map { $0..<$1 }
  }

  private static func firstCells(of columns: [JointColumn], blocks: [Block]) -> [Int] {
    blocks.flatMap { block in
      var first = block.firstCell
      return columns[block.groups].map { column in
        defer { first += column.count }
        return first
      }
    }
  }

  private func writeCodes(of columns: [JointColumn], rows: Range<Int>) {
    // Safe: a row has the codes of all blocks, and each block as many places as groups or more.
    for block in blocks {
      for place in 0..<block.codeCount {
        let target = unsafe codes.base + block.firstCode + place
        let group = block.groups.lowerBound + place
        guard group < block.groups.upperBound else {
          let spare = UInt16(2 * (block.cells.upperBound - 1 - block.segmentStart))
          for row in rows { unsafe target[row &* codesPerRow] = spare }
          continue
        }
        let first = UInt16(firstCells[group] - block.segmentStart)
        let source = columns[group].codes
        for row in rows { unsafe target[row &* codesPerRow] = 2 &* (first &+ source[row]) }
      }
    }
  }
}

extension JointRows {
  /// The codes of a group in all rows, and what they count from: twice a cell.
  func codes(ofGroup group: Int) -> (first: UnsafePointer<UInt16>, start: Int) {
    let block = blocks[group / JointRows.groupsPerBlock]
    let place = block.firstCode + group % JointRows.groupsPerBlock
    return unsafe (
      UnsafePointer(codes.base + place), 2 * (firstCells[group] - block.segmentStart)
    )
  }
}
