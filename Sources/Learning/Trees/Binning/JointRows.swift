import FeatureTables

/// A binned matrix as the codes of its groups of columns, eight groups side by side: what histograms
/// are made from.
package struct JointRows: Sendable {
  /// A group without the codes of its rows.
  struct Group: Sendable {
    /// Indices into the columns of the binned matrix.
    let members: [Int]
    let count: Int
    /// For each member the code that it has in each combination.
    let memberCodes: [Buffer<UInt8>]
  }

  /// Up to eight groups, row by row. Codes are twice the cell in the block's histogram, which has
  /// the cells of its groups one after the other, and a last one for places without a group: the
  /// processor multiplies by eight for nothing, and a cell has sixteen bytes.
  struct Block: Sendable {
    let groups: Range<Int>
    /// Four or eight.
    let codesPerRow: Int
    let codes: Buffer<UInt16>
    let cellCount: Int
  }

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
    let starts = Array(stride(from: 0, to: columns.count, by: JointRows.groupsPerBlock))
    let blocks = parallel.map(starts.count) { number in
      let start = starts[number]
      return Block(
        columns, groups: start..<min(start + JointRows.groupsPerBlock, columns.count),
        rowCount: table.rowCount)
    }
    self.blocks = blocks
    firstCells = blocks.flatMap { Block.firstCells(of: columns[$0.groups]) }
    groups = columns.map { column in
      Group(
        members: column.members, count: column.count,
        memberCodes: column.memberCodes.map { Buffer($0) })
    }
  }
}

extension JointRows.Block {
  fileprivate static func firstCells(of columns: ArraySlice<JointColumn>) -> [Int] {
    var total = 0
    return columns.map { column in
      defer { total += column.count }
      return total
    }
  }

  fileprivate init(_ columns: [JointColumn], groups: Range<Int>, rowCount: Int) {
    let columns = columns[groups]
    let firsts = JointRows.Block.firstCells(of: columns)
    let spare = columns.reduce(0) { $0 + $1.count }
    let half = JointRows.groupsPerBlock / 2
    let width = groups.count > half ? JointRows.groupsPerBlock : half
    let codes = Buffer(count: rowCount * width, repeating: UInt16(2 * spare))
    for (place, column) in columns.enumerated() {
      let first = UInt16(firsts[place])
      for row in 0..<rowCount {
        unsafe codes.base[row &* width &+ place] = 2 &* (first &+ column.codes[row])
      }
    }
    self.groups = groups
    self.codes = codes
    codesPerRow = width
    cellCount = spare + 1
  }
}

extension JointRows {
  /// The combination of a group that a row has.
  @inline(__always)
  func combination(of row: Int, group: Int) -> Int {
    let block = blocks[group / JointRows.groupsPerBlock]
    let place = row &* block.codesPerRow &+ group % JointRows.groupsPerBlock
    return unsafe Int(block.codes.base[place]) / 2 &- firstCells[group]
  }
}
