import FeatureTables

/// What one file gives: columns, labels and identity, before files are joined.
struct TablePart: Sendable {
  let path: String
  let form: TableForm
  var rowCount: Int
  var features: [Feature]
  /// One array a feature, so that each can be moved into the joined matrix and let go.
  var columns: [NumberColumn]
  /// The names behind the codes of categorical features, sorted.
  var categories: [[String]]
  var comparability: [String: Comparability]
  /// An index into `classes` for each row, or -1.
  var labelCodes: [Int32]
  var classes: [LabelClass]
  var hasLabels: Bool
  var identity: RowIdentity
  var rowNumbers: [Int]
  var account: RowAccount
  var excluded: [ExcludedColumn]
  var settings: [String: String]
  var digest: String
  var findings: [String]
  var schemaIdentifier: String
  var schemaVersion: Int

  /// Leaves out all rows but those at `rows`, under a reason.
  mutating func keep(_ rows: [Int], reason: String) {
    account.dropped[reason, default: 0] += rowCount - rows.count
    account.used = rows.count
    for index in columns.indices {
      let column = columns[index].contiguous()
      columns[index] = NumberColumn(rows.map { column[$0] })
    }
    labelCodes = rows.map { labelCodes[$0] }
    identity = identity.rows(rows)
    rowNumbers = rows.map { rowNumbers[$0] }
    rowCount = rows.count
  }
}
