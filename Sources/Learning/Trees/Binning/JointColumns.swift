import FeatureTables

/// The columns of a binned matrix in groups, each as one column of combinations.
struct JointColumns {
  private let table: BinnedMatrix<UInt8>
  private let limit: Int
  /// Rows that stand for all where columns are compared.
  private let sampleRows: [Int]
  private var groups: [JointColumn] = []

  /// Combinations of a group at most: their histogram has to stay near the processor.
  private static let mostCombinations = 2_048
  /// Rows for each combination at least, so that adding up a histogram of combinations costs
  /// little beside making it.
  private static let rowsPerCombination = 64
  private static let mostSampleRows = 4_096
  /// Groups that are tried with all rows for a column before it stays alone.
  private static let attempts = 2

  /// Groups columns one after the other: each joins the group that gets the fewest combinations by
  /// it, if they are not too many. The groups depend on the rows; no sum over rows depends on them.
  static func groups(of table: BinnedMatrix<UInt8>, parallel: Parallel) -> [JointColumn] {
    var grouping = JointColumns(table)
    for index in table.columns.indices { grouping.place(index, parallel: parallel) }
    return grouping.groups
  }

  private init(_ table: BinnedMatrix<UInt8>) {
    self.table = table
    limit = max(
      256, min(JointColumns.mostCombinations, table.rowCount / JointColumns.rowsPerCombination))
    let step = max(1, table.rowCount / JointColumns.mostSampleRows)
    sampleRows = Array(stride(from: 0, to: table.rowCount, by: step))
  }

  private mutating func place(_ index: Int, parallel: Parallel) {
    let column = table.columns[index]
    let now = self
    let estimates = parallel.map(groups.count) { now.combinations(now.groups[$0], column) }
    let candidates = groups.indices.filter { estimates[$0] <= limit }
      .sorted { (estimates[$0], $0) < (estimates[$1], $1) }
    for group in candidates.prefix(JointColumns.attempts) {
      if let joined = groups[group].joined(with: column, at: index, limit: limit) {
        self.groups[group] = joined
        return
      }
    }
    self.groups.append(JointColumn(column, at: index))
  }

  /// Combinations of a group and a column among the sample.
  private func combinations(_ group: JointColumn, _ column: BinnedColumn<UInt8>) -> Int {
    let width = column.codeCount
    var isSeen = [Bool](repeating: false, count: group.count * width)
    var count = 0
    for row in sampleRows {
      let place = unsafe Int(group.codes[row]) &* width &+ Int(column.codes.base[row])
      if !isSeen[place] {
        isSeen[place] = true
        count += 1
      }
    }
    return count
  }
}
