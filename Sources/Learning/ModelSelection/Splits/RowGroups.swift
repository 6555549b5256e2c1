import FeatureTables

/// Rows that must stay on one side of a split, as numbered groups.
struct RowGroups {
  /// The group of each row; groups are numbered from 0 in the order of their first rows.
  let groupOfRow: [Int]
  let count: Int

  /// Every row is a group of its own.
  init(separateRows count: Int) {
    groupOfRow = Array(0..<count)
    self.count = count
  }

  /// Rows that share a key in any of the lists are in one group, and so are rows that are tied
  /// through other rows.
  /// - Parameter keys: lists with one key a row.
  init(rowCount: Int, sharing keys: [[UInt64]]) {
    var forest = DisjointSets(count: rowCount)
    for list in keys {
      precondition(list.count == rowCount)
      var firstRow: [UInt64: Int] = [:]
      firstRow.reserveCapacity(rowCount)
      for (row, key) in list.enumerated() {
        if let first = firstRow[key] {
          forest.unite(first, row)
        } else {
          firstRow[key] = row
        }
      }
    }
    var groupOfRoot = [Int](repeating: -1, count: rowCount)
    var next = 0
    groupOfRow = (0..<rowCount).map { row in
      let root = forest.root(of: row)
      if groupOfRoot[root] < 0 {
        groupOfRoot[root] = next
        next += 1
      }
      return groupOfRoot[root]
    }
    count = next
  }
}

/// Union-find with path halving; the smaller index is the root, so that the result does not
/// depend on the order of the unions.
private struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }

  mutating func unite(_ left: Int, _ right: Int) {
    let (left, right) = (root(of: left), root(of: right))
    parents[max(left, right)] = min(left, right)
  }
}
