import FeatureTables
import Foundation
import Learning
import Testing

/// More rows than a block holds, so that several tasks work on one node.
@Test func partitionInBlocksKeepsTheOrder() throws {
  let rowCount = 70_001
  let table = noisyTable(rowCount: rowCount)
  let binned = try BinnedMatrix<UInt8>(table.matrix, limit: 255, parallel: Parallel(threads: 2))
  let column = try #require(binned.columns.first { $0.hasMissing })
  for missingGoesLeft in [false, true] {
    let goesLeft = { (row: Int32) -> Bool in
      let code = Int(column.codes[Int(row)])
      return code == column.missingCode ? missingGoesLeft : code <= 100
    }
    let rows = (0..<Int32(rowCount)).filter { $0 % 50 != 7 }
    let node = 3..<rows.count - 2
    let expected =
      rows[..<3] + rows[node].filter(goesLeft) + rows[node].filter { !goesLeft($0) }
      + rows[(rows.count - 2)...]
    for threads in 1...3 {
      let partition = RowPartition(rows)
      let middle = partition.divide(
        node, by: column, bin: 100, missingGoesLeft: missingGoesLeft,
        parallel: Parallel(threads: threads))
      #expect(middle == 3 + rows[node].count(where: goesLeft))
      let isExpected = partition.rows.elements(in: 0..<rows.count) == Array(expected)
      #expect(isExpected)
    }
  }
}

@Test func manyRowsDoNotDependOnThreads() throws {
  let table = noisyTable(rowCount: 70_000, seed: 5)
  var learner = GradientBoosting(seed: 2)
  learner.trees = 2
  learner.subsample = 0.9
  let models = try [1, 2, 3].map { threads in
    try learner.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: threads))
  }
  expectSame(models[0], models[1])
  expectSame(models[0], models[2])
}
