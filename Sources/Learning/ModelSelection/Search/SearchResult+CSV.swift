import FeatureTables

extension SearchResult {
  /// The table of trials, in the order of the search: `trial,rank`, the hyperparameters by name,
  /// `mean_METRIC,standard_deviation`, one `fold_N` a fold, `seconds,problem`; after successive
  /// halving `row_share` as well. Missing scores are empty cells; ranks count from 1.
  public func csv() -> String {
    let names = Set(trials.flatMap(\.hyperparameters.keys))
      .sorted { position(of: $0) < position(of: $1) }
    let foldCount = trials.map(\.foldScores.count).max() ?? 0
    let header =
      ["trial", "rank"] + names + ["mean_\(objective.name)", "standard_deviation"]
      + (0..<foldCount).map { "fold_\($0 + 1)" } + ["seconds", "problem"]
      + (isHalved ? ["row_share"] : [])
    var rankOfTrial = [Int](repeating: 0, count: trials.count)
    for (rank, trial) in ranking.enumerated() { rankOfTrial[trial] = rank + 1 }
    let lines = trials.enumerated().map { index, trial in
      let scores =
        trial.foldScores + Array(repeating: nil, count: foldCount - trial.foldScores.count)
      return ["\(trial.number)", "\(rankOfTrial[index])"]
        + names.map { trial.hyperparameters[$0]?.description ?? "" }
        + ([trial.meanScore, trial.standardDeviation] + scores).map { $0.map { "\($0)" } ?? "" }
        + ["\(trial.seconds)", trial.problem ?? ""] + (isHalved ? ["\(trial.rowShare)"] : [])
    }
    return ([header] + lines).map { $0.map(quoted).joined(separator: ",") + "\n" }.joined()
  }

  /// Writes `csv()` whole or not at all.
  /// - Throws: `DataError` of kind `noOutput` or `inputOutput`.
  public func writeCSV(to path: String) throws(DataError) {
    try WholeFile.write(Array(csv().utf8), to: path)
  }

  private var isHalved: Bool { trials.contains { $0.rowShare < 1 } }

  private func position(of name: String) -> Int {
    HyperparameterTable.of(learner).names.firstIndex(of: name) ?? Int.max
  }
}

/// A cell after RFC 4180.
private func quoted(_ cell: String) -> String {
  cell.utf8.contains { Array(",\"\r\n".utf8).contains($0) }
    ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
}
