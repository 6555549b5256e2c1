import FeatureTables
import Learning
import Testing

@Suite struct SuccessiveHalvingTests {
  private let base = HyperparameterSettings(.logisticRegression)
  private let objective = SearchObjective(name: "log_loss", higherIsBetter: false)

  private func split(_ table: LabeledTable) throws -> Split {
    try Split.folds(table, method: .stratified, count: 4, seed: 1)
  }

  private func rows(_ count: Int) -> LabeledTable {
    let (matrix, codes) = syntheticRows(count, seed: 95)
    return LabeledTable(matrix: matrix, labels: labels(codes.map { min($0, 1) }))
  }

  @Test func roundsTakeAThirdOfTheTrialsAndThreeTimesTheRows() throws {
    let table = rows(4_000)
    let rounds = SuccessiveHalving(
      combinationCount: 40, split: try split(table), labels: table.labels
    ).rounds
    #expect(rounds.map(\.combinationCount) == [40, 14, 5, 2])
    for (share, expected) in zip(rounds.map(\.rowShare), [1 / 27.0, 1 / 9.0, 1 / 3.0, 1]) {
      #expect(abs(share - expected) < 1e-15)
    }
    // 300 rows of two classes do for a third, of 100, and no less.
    let few = rows(400)
    let short = SuccessiveHalving(
      combinationCount: 40, split: try split(few), labels: few.labels)
    #expect(short.rounds.map(\.combinationCount) == [40, 14])
    let one = SuccessiveHalving(
      combinationCount: 1, split: try split(table), labels: table.labels)
    #expect(one.rounds.map(\.combinationCount) == [1] && one.rounds[0].rowShare == 1)
  }

  /// With scores that do not depend on the rows the best of all wins, and who goes when is known.
  @Test func theBestOfEachRoundGoOn() throws {
    let table = rows(4_000)
    let split = try split(table)
    let combinations = (0..<10).map { ["c": HyperparameterValue.real(Double($0 * 7 % 10 + 1))] }
    var tested: [[Int]] = []
    let result = try searchByHalving(
      combinations, split: split, labels: table.labels, seed: 5
    ) { candidates, thinned in
      tested.append(thinned.folds.map(\.training.count))
      for (fold, whole) in zip(thinned.folds, split.folds) {
        #expect(fold.test == whole.test && Set(fold.training).isSubset(of: whole.training))
      }
      return try search(candidates, base: base, objective: objective) { settings in
        [settings.real("c")]
      }
    }
    #expect(tested.map { $0[0] } == [333, 1_000, 3_000])
    #expect(result.trials.map(\.number) == Array(0..<10))
    #expect(zip(result.trials, combinations).allSatisfy { $0.hyperparameters == $1 })
    #expect(result.best?.hyperparameters == ["c": .real(1)])
    // 10 on a ninth, 4 on a third, 2 on all.
    #expect(result.trials.count { $0.rowShare == 1 } == 2)
    #expect(result.trials.count { $0.rowShare < 0.2 } == 6)
    #expect(result.ranking.prefix(2).allSatisfy { result.trials[$0].rowShare == 1 })
    #expect(result.csv().contains("row_share"))
  }

  /// A lucky score on few rows does not beat one on all.
  @Test func onlyTheLastRoundCanWin() throws {
    let table = rows(4_000)
    let combinations = (0..<9).map { ["c": HyperparameterValue.real(Double($0 + 1))] }
    let result = try searchByHalving(
      combinations, split: try split(table), labels: table.labels, seed: 5
    ) { candidates, thinned in
      let rowCount = Double(thinned.folds[0].training.count)
      return try search(candidates, base: base, objective: objective) { settings in
        [(settings.real("c") ?? 0) + rowCount]
      }
    }
    #expect(result.best?.hyperparameters == ["c": .real(1)])
  }

  @Test func rowsAreNestedAndKeepTheShareOfEachClass() throws {
    let table = rows(4_000)
    var seen: [[Set<Int>]] = []
    for _ in 0..<2 {
      var rounds: [Set<Int>] = []
      _ = try searchByHalving(
        (1...9).map { ["c": .real(Double($0))] }, split: try split(table), labels: table.labels,
        seed: 6
      ) { candidates, thinned in
        rounds.append(Set(thinned.folds[1].training))
        return try search(candidates, base: base, objective: objective) { [$0.real("c")] }
      }
      for (small, large) in zip(rounds, rounds.dropFirst()) { #expect(small.isSubset(of: large)) }
      let shares = rounds.map { rows in
        Double(rows.count { table.labels.codes[$0] == 0 }) / Double(rows.count)
      }
      for share in shares { #expect(abs(share - shares[0]) < 2e-3) }
      seen.append(rounds)
    }
    #expect(seen[0] == seen[1])
  }
}
