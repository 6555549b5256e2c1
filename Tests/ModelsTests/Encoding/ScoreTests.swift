import FeatureTables
import Models
import Testing

private let model = SampleModels.model(.gradientBoosting(SampleModels.boosted))

private func table(_ matrix: FeatureMatrix) -> LabeledTable {
  LabeledTable(
    matrix: matrix,
    labels: Labels(names: Array(repeating: nil, count: matrix.rowCount)),
    identity: RowIdentity(sources: ["new.csv"]))
}

private func renamed(
  _ matrix: FeatureMatrix, identifier: String = "sample", version: Int = 3,
  _ change: (Feature) -> Feature = { $0 }
) -> FeatureMatrix {
  FeatureMatrix(
    schema: FeatureSchema(
      identifier: identifier, version: version, features: matrix.schema.features.map(change)),
    rowCount: matrix.rowCount, values: matrix.values, categories: matrix.categories)
}

@Test func findsColumnsByName() throws {
  let matrix = SampleModels.table().matrix
  let expected = try model.score(table(matrix))
  #expect(expected.scoredRows == Array(0..<12))
  #expect(expected.account.remarks["extra_columns"] == nil)

  let shuffled = try model.score(table(matrix.columns([2, 0, 1])))
  #expect(shuffled == expected)

  let wider = matrix.columns([2, 2, 1, 0])
  var isFirst = true
  let extended = renamed(wider) { feature in
    defer { isFirst = false }
    return isFirst ? Feature("surplus", in: .none) : feature
  }
  let scored = try model.score(table(extended))
  #expect(scored.probabilities == expected.probabilities)
  #expect(scored.account.remarks["extra_columns"] == 1)
  #expect(scored.account.remarks["unseen_categories"] == 4)
}

@Test func refusesColumnsThatAreNotThoseOfTheModel() throws {
  let matrix = SampleModels.table().matrix
  let other = renamed(matrix) { feature in
    switch feature.name {
    case "duration": Feature("duration", in: .milliseconds)
    case "proto": Feature("protocol", in: .none, kind: .categorical)
    default: feature
    }
  }
  let error = #expect(throws: DataError.self) { try model.score(table(other)) }
  #expect(
    error?.description == """
      new.csv: the columns are not those of the model; missing: proto; differing: duration (in \
      milliseconds, not microseconds); extra: protocol
        help: the model takes the features of 'sample', version 3: extract or export those, or \
      train a model on tables of this form
      """)
  let numbers = renamed(matrix) { Feature($0.name, in: $0.unit) }
  let kinds = #expect(throws: DataError.self) { try model.score(table(numbers)) }
  #expect(kinds?.problem.contains("proto (numeric, not categorical)") == true)
}

@Test func refusesOtherDefinitionsUnlessAllowed() throws {
  let matrix = SampleModels.table().matrix
  let expected = try model.score(table(matrix))
  for other in [renamed(matrix, identifier: "lookalike"), renamed(matrix, version: 4)] {
    let error = #expect(throws: DataError.self) { try model.score(table(other)) }
    #expect(error?.remedy.contains("--allow-different-definitions") == true)
    let scores = try model.score(table(other), allowingDifferentDefinitions: true)
    #expect(scores == expected)
  }
}

@Test func leavesDroppedRowsUnscored() throws {
  let encoding = FeatureEncoding(
    input: SampleModels.schema, categories: SampleModels.encoding.categories, nonfinite: .drop)
  let dropping = Model(
    encoding: encoding, estimator: model.estimator, classes: model.classes, benign: model.benign,
    training: model.training)
  let scores = try dropping.score(SampleModels.table())
  #expect(scores.scoredRows == [0, 1, 3, 5, 6, 7, 8, 9, 10, 11])
  #expect(scores.account.dropped == ["nonfinite_rows": 2])
  #expect(scores.probabilities.count == 20)
  #expect(dropping.decide(scores).alarms.count == 10)
}

@Test(arguments: SampleModels.all.indices)
func scoresTheSameForAnyNumberOfThreads(index: Int) throws {
  let table = SampleModels.table(rowCount: 20_000)
  let model = SampleModels.all[index]
  let one = try model.score(table, parallel: Parallel(threads: 1))
  #expect(try model.score(table, parallel: Parallel(threads: 4)) == one)
  for row in 0..<100 {
    let start = row * model.classes.count
    let sum = one.probabilities[start..<start + model.classes.count].reduce(0, +)
    #expect(abs(sum - 1) < 1e-12)
  }
}

@Test func namesItsEstimators() {
  #expect(
    SampleModels.all.map(\.estimator.name) == [
      "logistic-regression", "logistic-regression", "random-forest", "gradient-boosting",
      "gradient-boosting", "prior", "calibrated", "calibrated", "logistic-regression",
    ])
}
