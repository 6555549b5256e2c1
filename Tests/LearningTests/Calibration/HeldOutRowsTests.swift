import FeatureTables
import Learning
import Models
import Testing

/// Flows of two or three classes that a model tells apart now and then.
private func noisyTable(rows: Int, classes: [String], seed: UInt64) -> LabeledTable {
  var random = RandomGenerator(seed: seed)
  let codes = (0..<rows).map { _ in random.below(classes.count) }
  let values = (0..<2).flatMap { column in
    codes.map { Double($0 + column) + 2.5 * random.uniform() }
  }
  return table(values: values, columns: 2, names: codes.map { classes[$0] })
}

private func heldOut(
  _ table: LabeledTable, _ training: Training, threads: Int = 2
) throws -> HeldOutRows {
  let parallel = Parallel(threads: threads)
  let split = try Split.folds(table, method: .stratified, count: 4, seed: 3, parallel: parallel)
  return HeldOutRows(
    try training.crossValidate(table, on: split, parallel: parallel), labels: table.labels)
}

private func boosting() throws -> Training {
  Training(try HyperparameterSettings(.gradientBoosting, parsing: ["trees=40"]))
}

@Test(
  arguments: [["benign", "dos"], ["benign", "dos", "scan"]], [CalibrationMethod.platt, .isotonic])
func calibrationBringsProbabilitiesCloserToTheTruth(
  classes: [String], method: CalibrationMethod
) throws {
  let boosting = try boosting()
  let table = noisyTable(rows: 900, classes: classes, seed: 1)
  let rows = try heldOut(table, boosting)
  #expect(rows.count == 900)
  #expect(rows.description.hasPrefix("900 rows held out of the fit, stratified 4-fold"))
  let plain = try boosting.fit(table).model
  let model = try plain.calibrated(by: method, on: rows)
  #expect(try model == plain.calibrated(by: method, on: heldOut(table, boosting, threads: 1)))
  let fresh = noisyTable(rows: 2_000, classes: classes, seed: 2)
  func loss(_ model: Model) throws -> Double {
    let probabilities = try model.score(fresh).probabilities
    return fresh.labels.codes.enumerated().reduce(0) { sum, row in
      let difference = probabilities[row.offset * classes.count + Int(row.element)] - 1
      return sum + difference * difference
    } / 2_000
  }
  #expect(try loss(model) < loss(plain))
  #expect(try plain.calibrated(by: .none, on: rows) == plain)
}

/// Calibrated scores of held-out rows are those that the calibrators make of what the folds said.
@Test func maliciousScoresAreCalibrated() throws {
  let boosting = try boosting()
  let table = noisyTable(rows: 300, classes: ["benign", "dos"], seed: 4)
  let rows = try heldOut(table, boosting)
  let model = try boosting.fit(table).model.calibrated(by: .isotonic, on: rows)
  guard case .calibrated(let classifier) = model.estimator else {
    Issue.record("not calibrated")
    return
  }
  let (scores, isMalicious) = rows.maliciousScores(by: model)
  for row in 0..<rows.count {
    let pair = rows.probabilities[row * 2..<row * 2 + 2]
    let margin = CalibratedClassifier.Score.logOdds.value(of: 1, in: pair)
    #expect(scores[row] == classifier.calibrators[0].probability(of: margin))
    #expect(isMalicious[row] == (rows.labels.codes[row] == 1))
  }
}

/// A class whose rows are all in one fold is never asked about by a model that knows it.
@Test func aClassThatIsNeverHeldOutCannotBeCalibrated() throws {
  let count = 60
  var random = RandomGenerator(seed: 8)
  let names = (0..<count).map { $0 < 30 ? "benign" : $0 < 55 ? "dos" : "worm" }
  let values = names.map { ($0 == "benign" ? 0 : 2) + random.uniform() }
  let table = table(values: values, columns: 1, names: names)
  let test = Array(stride(from: 0, to: 55, by: 2))
  let worms = Array(55..<60)
  let split = Split(
    method: .grouped, name: "by hand", description: "", seed: 0,
    folds: [
      Fold(index: 0, training: (0..<count).filter { !test.contains($0) }, test: test),
      Fold(index: 1, training: test, test: worms),
    ])
  let training = Training(HyperparameterSettings(.logisticRegression))
  let rows = HeldOutRows(try training.crossValidate(table, on: split), labels: table.labels)
  let model = try training.fit(table).model
  let error = #expect(throws: DataError.self) { try model.calibrated(by: .platt, on: rows) }
  #expect(error?.file == "class 'worm'")
  #expect(error?.remedy.contains("--binary") == true)
}
