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

  /// Up to eight groups, whose histograms are filled together.
  struct Block: Sendable {
    let groups: Range<Int>
    /// Where its codes begin within those of a row, and how many there are: four or eight.
    let firstCode: Int
    let codeCount: Int
    let cellCount: Int
  }

  /// The codes of all blocks, row after row: the rows of a node lie far apart, and each of them
  /// should come from memory once.
  ///
  /// Codes are twice the cell in the block's histogram, which has the cells of its groups one after
  /// the other, and a last one for places without a group: the processor multiplies by eight for
  /// nothing, and a cell has sixteen bytes.
  let codes: Buffer<UInt16>
  let codesPerRow: Int
  let groups: [Group]
  let blocks: [Block]
  package var groupCount: Int { groups.count }
  package var blockCount: Int { blocks.count }
  /// The group of each column of the binned matrix.
  let groupOfColumn: [Int]
  /// For each group the first cell in the histogram of its block.
  let firstCells: [Int]

  static let groupsPerBlock = 8

  package init(_ table: BinnedMatrix<UInt8>, parallel: Parallel) {
    let columns = JointColumns.groups(of: table, parallel: parallel)
    var groupOfColumn = [Int](repeating: 0, count: table.columns.count)
    for (group, column) in columns.enumerated() {
      for member in column.members { groupOfColumn[member] = group }
    }
    self.groupOfColumn = groupOfColumn
    firstCells = JointRows.firstCells(of: columns)
    blocks = JointRows.blocks(of: columns)
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

  /// For each group where it begins in the histogram of its block.
  private static func firstCells(of columns: [JointColumn]) -> [Int] {
    var total = 0
    return columns.enumerated().map { group, column in
      if group % groupsPerBlock == 0 { total = 0 }
      defer { total += column.count }
      return total
    }
  }

  private static func blocks(of columns: [JointColumn]) -> [Block] {
    var firstCode = 0
    return stride(from: 0, to: columns.count, by: groupsPerBlock).map { start in
      let groups = start..<min(start + groupsPerBlock, columns.count)
      let codeCount = groups.count > groupsPerBlock / 2 ? groupsPerBlock : groupsPerBlock / 2
      defer { firstCode += codeCount }
      return Block(
        groups: groups, firstCode: firstCode, codeCount: codeCount,
        cellCount: columns[groups].reduce(1) { $0 + $1.count })
    }
  }

  private func writeCodes(of columns: [JointColumn], rows: Range<Int>) {
    // Safe: a row has the codes of all blocks, and each block as many places as groups or more.
    for block in blocks {
      for place in 0..<block.codeCount {
        let target = unsafe codes.base + block.firstCode + place
        let group = block.groups.lowerBound + place
        guard group < block.groups.upperBound else {
          let spare = UInt16(2 * (block.cellCount - 1))
          for row in rows { unsafe target[row &* codesPerRow] = spare }
          continue
        }
        let first = UInt16(firstCells[group])
        let source = columns[group].codes
        for row in rows { unsafe target[row &* codesPerRow] = 2 &* (first &+ source[row]) }
      }
    }
  }

  /// The combination of a group that a row has.
  @inline(__always)
  func combination(of row: Int, group: Int) -> Int {
    let place =
      blocks[group / JointRows.groupsPerBlock].firstCode + group % JointRows.groupsPerBlock
    return unsafe Int(codes.base[row &* codesPerRow &+ place]) / 2 &- firstCells[group]
  }
}
