import FeatureTables

/// What a model says about the rows of a table.
public struct Scores: Sendable, Equatable {
  /// Row-major, scored rows by classes of the model; each row sums to one.
  public let probabilities: [Double]
  /// The rows of the table that were scored, ascending. The policy `drop` leaves the others
  /// unscored.
  public let scoredRows: [Int]
  /// Rows dropped here, and remarks: `unseen_categories`, `extra_columns`. The account of the
  /// table itself is not in it.
  public let account: RowAccount
}

extension Model {
  /// The probabilities of the rows of a table, whose columns are found by name.
  /// - Parameter allowingDifferentDefinitions: whether columns of another feature set with the
  ///   same names and units are taken.
  /// - Throws: `DataError` where the columns are not those of the model, or where a value is not
  ///   finite and the policy is `error`.
  public func score(
    _ table: LabeledTable, parallel: Parallel = Parallel(),
    allowingDifferentDefinitions: Bool = false
  ) throws(DataError) -> Scores {
    let (matrix, extraCount) = try matched(
      table, allowingDifferentDefinitions: allowingDifferentDefinitions)
    let encoded = try encoding.encode(matrix, from: table.inputName)
    var account = encoded.account
    if extraCount > 0 { account.remarks["extra_columns"] = extraCount }
    return Scores(
      probabilities: estimator.probabilities(for: encoded.matrix, parallel: parallel),
      scoredRows: encoded.rows, account: account)
  }

  /// The columns of the table that the model takes, in the model's order, not encoded: what row
  /// fingerprints and profiles are made of.
  /// - Throws: `DataError` where the columns are not those of the model.
  public func inputMatrix(
    of table: LabeledTable, allowingDifferentDefinitions: Bool = false
  ) throws(DataError) -> FeatureMatrix {
    try matched(table, allowingDifferentDefinitions: allowingDifferentDefinitions).matrix
  }

  /// The verdict on each scored row, by the model's threshold.
  public func decide(_ scores: Scores) -> Decisions {
    threshold.decide(probabilities: scores.probabilities, classes: classes, benign: benign)
  }

  private func matched(
    _ table: LabeledTable, allowingDifferentDefinitions: Bool
  ) throws(DataError) -> (matrix: FeatureMatrix, extraCount: Int) {
    if !allowingDifferentDefinitions { try requireSameMetering(as: table) }
    let match = try inputSchema.match(
      table.matrix.schema, file: table.inputName,
      allowingDifferentDefinitions: allowingDifferentDefinitions)
    let isSame = match.columns == Array(0..<table.matrix.columnCount)
    return (isSame ? table.matrix : table.matrix.columns(match.columns), match.extraCount)
  }
}

extension Model {
  /// What decides how packets become flows, and so the values in a row. The names are those that
  /// extractions write into the settings of their tables.
  private static let meteringSettings = [
    "feature_set", "feature_set_version", "idle_timeout_seconds", "active_timeout_seconds",
    "tunnels", "fragments", "vlan", "local_networks", "padding",
  ]

  /// Flows that were cut by other time-outs are other flows, whatever their columns are called.
  /// Settings that the model or the table does not know are not compared.
  private func requireSameMetering(as table: LabeledTable) throws(DataError) {
    for name in Model.meteringSettings {
      guard let trained = flowSettings[name], let offered = table.settings[name],
        trained != offered
      else { continue }
      throw DataError(
        file: table.inputName,
        problem: "was made with \(name) \(offered), the model was trained with \(trained)",
        remedy: "extract the flows again with the settings of the model ('flowmeter inspect' "
          + "prints them), or pass --allow-different-definitions")
    }
  }
}
