/// A feature matrix with everything known about its rows: the one value that readers and
/// extractors make and learners take.
public struct LabeledTable: Sendable, Equatable {
  /// The values: one row a flow, one column a feature.
  public var matrix: FeatureMatrix
  /// One code a row; all `unlabeled` where the input has no labels.
  public var labels: Labels
  /// Which flow each row is, as far as the inputs say it.
  public var identity: RowIdentity
  /// The position of each row among the data rows of the inputs, from 0, whatever was dropped.
  public var rowNumbers: [Int]
  /// What became of every row of the inputs, also of those that are not in the table.
  public var account: RowAccount
  /// Columns of the inputs that are not in `matrix`, and why.
  public var excluded: [ExcludedColumn]
  /// How the table came about: form and settings by name, for sidecar and model.
  public var settings: [String: String]
  /// SHA-256 of every input file by name, in hexadecimal.
  public var inputDigests: [String: String]

  /// - Parameters:
  ///   - labels: one a row of `matrix`.
  ///   - identity: each part empty or with one entry a row; this is not checked.
  ///   - rowNumbers: one a row; nil for 0, 1, 2, ….
  public init(
    matrix: FeatureMatrix, labels: Labels, identity: RowIdentity = RowIdentity(),
    rowNumbers: [Int]? = nil, account: RowAccount = RowAccount(),
    excluded: [ExcludedColumn] = [], settings: [String: String] = [:],
    inputDigests: [String: String] = [:]
  ) {
    precondition(labels.count == matrix.rowCount)
    self.matrix = matrix
    self.labels = labels
    self.identity = identity
    self.rowNumbers = rowNumbers ?? Array(0..<matrix.rowCount)
    self.account = account
    self.excluded = excluded
    self.settings = settings
    self.inputDigests = inputDigests
  }

  /// Rows in the table; `account.read` counts all that were read.
  public var rowCount: Int { matrix.rowCount }

  /// The rows at `indices`; the account stays that of the whole input.
  public func rows(_ indices: [Int]) -> LabeledTable {
    LabeledTable(
      matrix: matrix.rows(indices), labels: labels.rows(indices), identity: identity.rows(indices),
      rowNumbers: indices.map { rowNumbers[$0] }, account: account, excluded: excluded,
      settings: settings, inputDigests: inputDigests)
  }
}

extension LabeledTable {
  /// Without the rows that have no label.
  package var labeledRows: LabeledTable {
    guard labels.codes.contains(Labels.unlabeled) else { return self }
    return rows(labels.codes.indices.filter { labels.codes[$0] != Labels.unlabeled })
  }

  /// The name of the input for messages: of the first, and how many more there are.
  package var inputName: String {
    guard let first = identity.sources.first else { return "table" }
    let more = identity.sources.count - 1
    return more == 0 ? first : "\(first) and \(more) more"
  }
}
