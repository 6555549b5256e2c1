import FeatureTables
import Learning
import Testing

/// The promise, checked pair by pair without the code under test: no connection and no feature
/// vector is on both sides.
private func leaks(_ fold: Fold, _ table: LabeledTable) -> Bool {
  let connections = table.identity.connections
  if !connections.isEmpty {
    let taught = Set(fold.training.map { connections[$0] })
    if fold.test.contains(where: { taught.contains(connections[$0]) }) { return true }
  }
  let taught = Set(fold.training.map(table.rowKey))
  return fold.test.contains { taught.contains(table.rowKey($0)) }
}

@Test(arguments: [20, 57, 400, 1_500], 1...3 as ClosedRange<UInt64>)
func groupedFoldsKeepConnectionsAndEqualRowsTogether(rows: Int, seed: UInt64) throws {
  let table = sampleTable(rows: rows, seed: seed, unlabeled: 5)
  let split = try Split.folds(table, count: 4, repetitions: 2, seed: seed)
  #expect(split.folds.count == 8)
  let labeled = table.labels.codes.indices.filter { table.labels.codes[$0] >= 0 }
  for repetition in 0..<2 {
    let folds = split.folds.filter { $0.repetition == repetition }
    #expect(folds.flatMap(\.test).sorted() == labeled)
    for fold in folds {
      #expect((fold.training + fold.test).sorted() == labeled)
      #expect(!leaks(fold, table))
    }
  }
  if rows > 20 { #expect(split.folds[0].test != split.folds[4].test) }
}

@Test(arguments: [20, 57, 400, 1_500], 1...3 as ClosedRange<UInt64>)
func groupedHoldoutKeepsConnectionsAndEqualRowsTogether(rows: Int, seed: UInt64) throws {
  let table = sampleTable(rows: rows, seed: seed)
  let split = try Split.holdout(table, testFraction: 0.25, seed: seed)
  let fold = try #require(split.folds.first)
  #expect(!leaks(fold, table))
  #expect((fold.training + fold.test).sorted() == Array(0..<rows))
  if rows >= 400 {
    #expect(abs(Double(fold.test.count) / Double(rows) - 0.25) < 0.02)
  }
}

@Test func groupsAreStratifiedToWithinOneGroup() throws {
  let table = sampleTable(rows: 3_000, seed: 5, largest: 8)
  let split = try Split.folds(table, count: 5, seed: 1)
  for (code, total) in table.labels.classCounts.enumerated() where total >= 50 {
    for fold in split.folds {
      let count = fold.test.count { Int(table.labels.codes[$0]) == code }
      // Rows tied through repeated vectors make groups a little larger than a connection.
      #expect(abs(Double(count) - Double(total) / 5) <= 16)
    }
  }
}

@Test func rowsTiedThroughOthersAreOneGroup() throws {
  // Rows 0 and 1 share a connection, 1 and 2 their values, 2 and 3 a connection: one group.
  let table = table(
    values: [1, 2, 2, 4, 5, 6], columns: 1, names: ["a", "b", "a", "b", "a", "b"],
    identity: RowIdentity(connections: [7, 7, 8, 8, 9, 10]))
  for seed in 0..<20 as Range<UInt64> {
    let fold = try Split.holdout(table, testFraction: 0.5, seed: seed).folds[0]
    #expect(
      Set([0, 1, 2, 3]).isSubset(of: fold.training) || Set([0, 1, 2, 3]).isSubset(of: fold.test))
  }
}

@Test func zeroesAndMissingValuesAreEqualWhateverTheirBits() throws {
  let strangeNaN = Double(bitPattern: 0x7FF8_0000_0000_1234)
  let table = table(
    values: [0, -0.0, 3, 3, .nan, strangeNaN, 1, 1], columns: 2, names: ["a", "b", "a", "b"])
  for seed in 0..<10 as Range<UInt64> {
    // Columns are 0 -0 3 3 and NaN NaN 1 1: rows 0 and 1 are equal, and so are 2 and 3.
    let fold = try Split.holdout(table, testFraction: 0.5, seed: seed).folds[0]
    #expect([[0, 1], [2, 3]].contains(fold.test))
  }
}

@Test func withoutIdentityEqualRowsAreGroupedAndTheDescriptionSaysSo() throws {
  let table = sampleTable(rows: 300, seed: 2, hasConnections: false)
  let split = try Split.folds(table, count: 3)
  #expect(split.folds.allSatisfy { !leaks($0, table) })
  #expect(split.description.contains("no flow identity"))
  #expect(split.name == "grouped 3-fold")
}

@Test func sameSeedSameSplitForAnyThreads() throws {
  let table = sampleTable(rows: 20_000, seed: 3)
  let one = try Split.folds(table, count: 5, seed: 9, parallel: Parallel(threads: 1))
  #expect(try one == Split.folds(table, count: 5, seed: 9, parallel: Parallel(threads: 3)))
  #expect(try one != Split.folds(table, count: 5, seed: 10))
}

@Test func aClassSmallerThanTheFoldsIsAbsentFromSomeAndNamed() throws {
  let table = sampleTable(rows: 200, seed: 4)
  let split = try Split.folds(table, count: 5)
  let absences = split.folds.map { $0.absentClasses(table.labels) }
  // The one Heartbleed row tests in one fold and teaches in the others.
  #expect(absences.count { $0.test.contains("Heartbleed") } == 4)
  #expect(absences.count { $0.training.contains("Heartbleed") } == 1)
}

@Test func fewerGroupsThanFoldsIsAnError() {
  let table = table(
    values: [1, 1, 1, 2, 2, 2], columns: 1, names: ["a", "b", "a", "b", "a", "b"])
  #expect {
    try Split.folds(table, count: 3)
  } throws: { error in
    (error as? DataError)?.exitCode == 65 && "\(error)".contains("at least 3 are needed")
  }
}
