/// A node that waits to be divided.
struct ForestNode {
  let node: Int
  let depth: Int
  /// Where its rows are in the partition.
  let range: Range<Int>
  /// Units of each class.
  let totals: [Int64]
  /// Columns known to be the same in all its rows, one bit each.
  var constants: ColumnSet

  var isPure: Bool { totals.count { $0 > 0 } < 2 }
}

/// A set of columns, one bit each; copies share their bits until one changes.
struct ColumnSet {
  private var words: [UInt64]

  init(columnCount: Int) { words = Array(repeating: 0, count: (columnCount + 63) / 64) }

  func contains(_ column: Int) -> Bool { words[column >> 6] >> UInt64(column & 63) & 1 == 1 }

  mutating func insert(_ column: Int) { words[column >> 6] |= 1 << UInt64(column & 63) }
}
