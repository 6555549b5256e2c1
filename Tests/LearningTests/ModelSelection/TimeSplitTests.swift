import FeatureTables
import Learning
import Testing

private func times(_ rows: [Int], _ table: LabeledTable) -> [Int64] {
  rows.map { table.identity.startTimes[$0] }
}

@Test(arguments: [0.1, 0.3, 0.5]) func timeHoldoutTrainsOnThePast(fraction: Double) throws {
  let table = sampleTable(rows: 500, seed: 8)
  let fold = try Split.holdout(table, method: .time, testFraction: fraction).folds[0]
  #expect(times(fold.training, table).max()! < times(fold.test, table).min()!)
  #expect(abs(Double(fold.test.count) / 500 - fraction) < 0.02)
  #expect(fold.training.count + fold.test.count == 500)
}

@Test func timeFoldsChainForward() throws {
  let table = sampleTable(rows: 600, seed: 9)
  let split = try Split.folds(table, method: .time, count: 5)
  #expect(split.folds.count == 5)
  for (earlier, later) in zip(split.folds, split.folds.dropFirst()) {
    // Each fold trains on all that the one before trained on and tested with.
    #expect((earlier.training + earlier.test).sorted() == later.training)
  }
  for fold in split.folds {
    #expect(times(fold.training, table).max()! < times(fold.test, table).min()!)
    #expect(abs(fold.test.count - 100) < 15)
  }
}

@Test func rowsWithoutATimeTakeNoPartAndAreCounted() throws {
  let table = table(
    values: [1, 2, 3, 4, 5], columns: 1, names: ["a", "b", "a", "b", "a"],
    identity: RowIdentity(startTimes: [30, Int64.min, 10, 20, 40]))
  let split = try Split.holdout(table, method: .time, testFraction: 0.5)
  #expect(split.folds[0].training == [2, 3])
  #expect(split.folds[0].test == [0, 4])
  #expect(split.description.contains("1 rows without a start time"))
}

@Test func withoutTimesASplitByTimeIsAUsageError() {
  let table = table(values: [1, 2, 3], columns: 1, names: ["a", "b", "a"])
  #expect {
    try Split.holdout(table, method: .time)
  } throws: { error in
    (error as? DataError)?.exitCode == 64 && "\(error)".contains("no start times")
  }
}

@Test func fewDistinctTimesDoNotMakeManyFolds() throws {
  let table = table(
    values: [1, 2, 3, 4], columns: 1, names: ["a", "b", "a", "b"],
    identity: RowIdentity(startTimes: [1, 1, 2, 2]))
  #expect(try Split.holdout(table, method: .time).folds[0].test == [2, 3])
  #expect { try Split.folds(table, method: .time, count: 2) } throws: {
    ($0 as? DataError)?.exitCode == 65
  }
}
