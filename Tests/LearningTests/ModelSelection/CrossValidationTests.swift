import FeatureTables
import Learning
import Models
import Testing

/// Learns the class frequencies: enough to check by hand what reaches whom.
private struct PriorLearner: Learner {
  func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> PriorClassifier {
    guard matrix.rowCount > 0 else { throw .noRows }
    let counts = labels.classCounts
    if counts.count(where: { $0 > 0 }) < 2 { throw .oneClass(labels.classes[0]) }
    var mass = [Double](repeating: 0, count: counts.count)
    for (row, code) in labels.codes.enumerated() { mass[Int(code)] += weights?[row] ?? 1 }
    let total = mass.reduce(0, +)
    return PriorClassifier(featureCount: matrix.columnCount, prior: mass.map { $0 / total })
  }
}

private func validate(
  _ table: LabeledTable, _ split: Split, weights: [Double]? = nil, threads: Int = 2
) throws -> CrossValidation {
  try crossValidate(
    PriorLearner(), on: split, labels: table.labels, weights: weights,
    parallel: Parallel(threads: threads)
  ) { fold in
    PreparedFold(
      training: table.matrix.rows(fold.training), test: table.matrix.rows(fold.test))
  }
}

@Test func everyTestRowGetsTheFrequenciesOfItsTrainingRows() throws {
  let table = sampleTable(rows: 200, seed: 1, unlabeled: 4)
  let split = try Split.folds(table, count: 4, repetitions: 2, seed: 3)
  let result = try validate(table, split)
  let width = table.labels.classes.count
  for repetition in 0..<2 {
    let probabilities = result.outOfFold(
      rowCount: 200, classCount: width, repetition: repetition)
    for fold in split.folds where fold.repetition == repetition {
      let counts = table.labels.rows(fold.training).classCounts
      let expected = counts.map { Double($0) / Double(fold.training.count) }
      for row in fold.test {
        #expect(Array(probabilities[row * width..<(row + 1) * width]) == expected)
      }
    }
    for row in table.labels.codes.indices where table.labels.codes[row] < 0 {
      #expect(probabilities[row * width].isNaN)
    }
  }
  #expect(Set(result.results[0].prediction!.seconds.keys) == ["prepare", "fit", "predict"])
}

@Test func weightsFollowTheirRows() throws {
  let table = table(values: [1, 2, 3, 4], columns: 1, names: ["a", "b", "a", "b"])
  let split = Split(
    method: .random, name: "by hand", description: "", seed: 0,
    folds: [Fold(training: [1, 2, 3], test: [0])])
  let result = try validate(table, split, weights: [100, 1, 2, 1])
  #expect(result.results[0].prediction?.probabilities == [0.5, 0.5])
}

@Test func threadsDoNotChangeTheResult() throws {
  let table = sampleTable(rows: 300, seed: 2)
  let split = try Split.folds(table, count: 7)
  let results = try [1, 2, 3, 16].map { threads in
    try validate(table, split, threads: threads).results.map { $0.prediction?.probabilities }
  }
  #expect(results.allSatisfy { $0 == results[0] })
}

@Test func threadsAreDividedAmongFolds() throws {
  let split = try Split.folds(sampleTable(rows: 100, seed: 2), count: 2)
  _ = try crossValidate(split, parallel: Parallel(threads: 8)) { _, threads in
    #expect(threads.threads == 4)
    return FoldPrediction(probabilities: [])
  }
}

@Test func aFoldThatTeachesOneClassIsNotedAndLeftOut() throws {
  let table = table(
    values: [1, 2, 3, 4, 5, 6], columns: 1, names: ["a", "a", "b", "b", "a", "b"],
    identity: RowIdentity(startTimes: [1, 2, 3, 4, 5, 6]))
  let result = try validate(table, try Split.folds(table, method: .time, count: 2))
  #expect(result.results[0].prediction == nil)
  #expect(result.results[0].problem?.contains("one class") == true)
  #expect(result.scores { fold, _ in Double(fold.test.count) } == [nil, 2])
}

@Test func noFoldThatCanBeFittedIsAnError() throws {
  let table = table(values: [1, 2, 3], columns: 1, names: ["a", "a", "a"])
  let split = try Split.folds(table, count: 3)
  #expect(throws: FitError.oneClass("a")) { try validate(table, split) }
}

@Test func otherErrorsAreThrownInTheOrderOfTheFolds() throws {
  let split = try Split.folds(sampleTable(rows: 100, seed: 2), count: 5)
  #expect(throws: FitError.notConverged(iterations: 2, gradientNorm: 0)) {
    try crossValidate(split, parallel: Parallel(threads: 3)) { fold, _ in
      guard fold.index < 2 else {
        throw FitError.notConverged(iterations: fold.index, gradientNorm: 0)
      }
      return FoldPrediction(probabilities: [])
    }
  }
}
