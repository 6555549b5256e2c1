import FeatureTables
import Learning
import Testing

@Test(arguments: [11, 100, 997], 0...3 as ClosedRange<UInt64>)
func stratifiedFoldsHoldEachClassToWithinOneRow(rows: Int, seed: UInt64) throws {
  let table = sampleTable(rows: rows, seed: seed)
  let split = try Split.folds(table, method: .stratified, count: 5, seed: seed)
  for fold in split.folds {
    for (code, total) in table.labels.classCounts.enumerated() {
      let count = fold.test.count { Int(table.labels.codes[$0]) == code }
      #expect(count == total / 5 || count == (total + 4) / 5)
    }
  }
  let sizes = split.folds.map(\.test.count)
  #expect(sizes.max()! - sizes.min()! <= 2)
}

@Test(arguments: [0.1, 0.2, 0.5, 0.8])
func stratifiedHoldoutTakesTheShareOfEachClass(fraction: Double) throws {
  let table = sampleTable(rows: 1_000, seed: 1)
  let fold = try Split.holdout(table, method: .stratified, testFraction: fraction).folds[0]
  for (code, total) in table.labels.classCounts.enumerated() {
    let count = fold.test.count { Int(table.labels.codes[$0]) == code }
    #expect(abs(Double(count) - fraction * Double(total)) <= 0.5)
  }
}

@Test func randomFoldsCoverEveryLabeledRowOnce() throws {
  let table = sampleTable(rows: 103, seed: 6, unlabeled: 3)
  let split = try Split.folds(table, method: .random, count: 10, repetitions: 2, seed: 4)
  for repetition in 0..<2 {
    let folds = split.folds.filter { $0.repetition == repetition }
    #expect(
      folds.flatMap(\.test).sorted()
        == table.labels.codes.indices.filter { table.labels.codes[$0] >= 0 })
    #expect(folds.allSatisfy { $0.test.count == 10 })
  }
  #expect(split.description.hasPrefix("Random rows"))
}

@Test(arguments: [-0.1, 0, 1, 2, Double.nan])
func aFractionOutOfBoundsIsAUsageError(fraction: Double) {
  #expect {
    try Split.holdout(sampleTable(rows: 30, seed: 1), testFraction: fraction)
  } throws: { ($0 as? DataError)?.exitCode == 64 }
}

@Test func countsOutOfBoundsAreUsageErrors() {
  let table = sampleTable(rows: 30, seed: 1)
  for (method, count, repetitions) in [
    (SplitMethod.grouped, 1, 1), (.random, 3, 0), (.time, 3, 2),
  ] {
    #expect {
      try Split.folds(table, method: method, count: count, repetitions: repetitions)
    } throws: { ($0 as? DataError)?.exitCode == 64 }
  }
}

@Test(arguments: SplitMethod.allCases) func oneRowOrNoneCannotBeSplit(method: SplitMethod) {
  for rows in 0...1 {
    let table = table(
      values: [Double](repeating: 1, count: rows), columns: 1,
      names: [String?](repeating: "a", count: rows),
      identity: RowIdentity(startTimes: [Int64](repeating: 5, count: rows)))
    #expect(throws: DataError.self) { try Split.holdout(table, method: method) }
    #expect(throws: DataError.self) { try Split.folds(table, method: method, count: 2) }
  }
}
