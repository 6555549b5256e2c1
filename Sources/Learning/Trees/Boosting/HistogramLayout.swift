/// Where the cells of each column are in the histogram of a node, and those of each block of groups
/// in the histogram of combinations. Packed, since a fixed stride of 256 cells would put the common
/// codes of all columns in one set of the cache.
package struct HistogramLayout: Sendable {
  /// The first cell of each column.
  package let offsets: [Int]
  package let cellCount: Int
  /// The first cell of each block.
  let blockOffsets: [Int]
  package let combinationCount: Int

  package init(_ columns: [BinnedColumn<UInt8>], rows: JointRows) {
    (offsets, cellCount) = HistogramLayout.packed(columns.map(\.codeCount))
    (blockOffsets, combinationCount) = HistogramLayout.packed(rows.blocks.map(\.cellCount))
  }

  /// The cells of a block in the histogram of combinations.
  func combinations(ofBlock number: Int, in rows: JointRows) -> Range<Int> {
    let start = blockOffsets[number]
    return start..<start + rows.blocks[number].cellCount
  }

  private static func packed(_ counts: [Int]) -> ([Int], total: Int) {
    var total = 0
    let offsets = counts.map { count in
      defer { total += count }
      return total
    }
    return (offsets, total)
  }
}
