import FeatureTables
import Learning
import Testing

/// A search of logistic regressions that shares its work, beside fits that know nothing of each
/// other.
@Suite struct SharedSearchTests {
  private let objective = SearchObjective(name: "roc_auc", higherIsBetter: true)

  /// 600 rows of six columns and a copy of one, two classes of which every fifth row is malicious.
  private func rows() -> LabeledTable {
    let (matrix, codes) = syntheticRows(600, seed: 80)
    let columns = (0..<6).flatMap { column in Array(matrix.column(column)) }
    return table(
      values: columns + Array(matrix.column(2)), columns: 7,
      names: codes.map { $0 == 2 ? "malicious" : "benign" })
  }

  /// By pairs: the chance that a malicious row scores above a benign one.
  private func area(_ table: LabeledTable, _ fold: Fold, _ prediction: FoldPrediction) -> Double? {
    let malicious = table.labels.classes.firstIndex(of: "malicious") ?? 1
    var (pairs, above) = (0.0, 0.0)
    let scores = fold.test.indices.map { prediction.probabilities[$0 * 2 + malicious] }
    for (first, row) in fold.test.enumerated() where table.labels.codes[row] == malicious {
      for (second, other) in fold.test.enumerated() where table.labels.codes[other] != malicious {
        pairs += 1
        above += scores[first] > scores[second] ? 1 : scores[first] == scores[second] ? 0.5 : 0
      }
    }
    return pairs > 0 ? above / pairs : nil
  }

  private func shared(
    _ combinations: [[String: HyperparameterValue]], _ table: LabeledTable, threads: Int = 2
  ) throws -> SearchResult {
    let split = try Split.folds(table, method: .stratified, count: 5)
    return try searchLogisticRegression(
      combinations, training: Training(HyperparameterSettings(.logisticRegression)),
      objective: objective, table: table, split: split, parallel: Parallel(threads: threads)
    ) { area(table, $0, $1) }
  }

  /// A relative gap of 1e-6 moves few of the 1,900 pairs of a fold.
  @Test func eachTrialOfThePresetScoresAsAFullFitOfItsOwn() throws {
    let table = rows()
    let combinations = try FlowMeterPreset(labels: table.labels).space.grid()
    let result = try shared(combinations, table)
    #expect(result.trials.count == 120)
    let split = try Split.folds(table, method: .stratified, count: 5)
    for (trial, combination) in zip(result.trials, combinations) {
      #expect(trial.hyperparameters == combination)
      let settings = try HyperparameterSettings(.logisticRegression).replacing(combination)
      let full = try Training(settings).crossValidate(table, on: split)
        .scores { area(table, $0, $1) }
      #expect(trial.foldScores.count == 5)
      for (score, expected) in zip(trial.foldScores, full) {
        let (score, expected) = (try #require(score), try #require(expected))
        #expect(abs(score - expected) < 2e-3, "\(combination)")
      }
    }
  }

  @Test func threadsDoNotChangeABit() throws {
    let table = rows()
    let combinations = Array(try FlowMeterPreset(labels: table.labels).space.grid().prefix(40))
    let results = try [1, 2, 3, 7].map { try shared(combinations, table, threads: $0) }
    for result in results {
      #expect(result.trials.map(\.foldScores) == results[0].trials.map(\.foldScores))
    }
  }

  /// With a tolerance of its own a trial is as exact as a full fit.
  @Test func aToleranceThatIsSetHolds() throws {
    let table = rows()
    let combination: [String: HyperparameterValue] = ["c": .real(0.2), "tolerance": .real(1e-10)]
    let scores = try shared([["c": .real(0.1)], combination], table).trials[1].foldScores
    let settings = try HyperparameterSettings(.logisticRegression).replacing(combination)
    let split = try Split.folds(table, method: .stratified, count: 5)
    let full = try Training(settings).crossValidate(table, on: split).scores { area(table, $0, $1) }
    #expect(scores == full)
  }

  @Test func aTrialThatCannotBeFittedSaysWhyAndTheOthersGoOn() throws {
    let names = (0..<40).map { $0 < 20 ? "benign" : "malicious" }
    let separable = table(values: (0..<40).map(Double.init), columns: 1, names: names)
    let combinations: [[String: HyperparameterValue]] = [
      ["penalty": .word("none")], ["penalty": .word("l2")],
    ]
    let result = try shared(combinations, separable)
    #expect(result.trials[0].problem?.contains("penalty") == true)
    #expect(result.best?.number == 1)
    #expect(throws: FitError.separableClasses) {
      try shared([["penalty": .word("none")]], separable)
    }
    #expect(throws: DataError.self) { try shared([["trees": .integer(3)]], separable) }
  }
}
