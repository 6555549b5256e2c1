import FeatureTables
import Foundation
import Learning
import TestSupport
import Testing

func naturalLog(_ value: Double) -> Double { log(value) }

/// Values that rounding to Float, comparing or halving could get wrong.
private let nastyValues: [[Double]] = [
  [0x1p24, 0x1p24 + 1, 0x1p24 + 2, 0x1p24 + 3, 0x1p24 + 4, 0x1p53, 0x1p53 + 2],
  [-0.0, 0.0, 1e-45, -1e-45, 1e-44, -1e-44, 1e-38, .leastNonzeroMagnitude],
  [1, 1 + 1e-9, 1 - 1e-9, 1 + 0x1p-23, 1 + 0x1p-22, 1 + 0x1p-24],
  [3.4e38, -3.4e38, 3.3e38, -3.3e38, 1e30, 0],
  [.nan, 1, .nan, 2, 2, 3, .nan],
  [.nan, .nan, 5],
]

@Test(arguments: nastyValues, [2, 3, 255])
func trainingAndPredictionGoTheSameWay(values: [Double], limit: Int) throws {
  let table = try BinnedMatrix<UInt8>(
    treeMatrix([values]), limit: limit, parallel: Parallel(threads: 1))
  guard let column = table.columns.first else {
    #expect(Set(values.map { Float($0) + 0 }).count == 1)
    return
  }
  #expect(column.bounds.count <= limit)
  for bin in 0..<max(0, column.bounds.count - 1) {
    let threshold = column.bounds.threshold(between: bin, and: bin + 1)
    #expect(threshold.isFinite)
    for (row, value) in values.enumerated() where !value.isNaN {
      #expect((Int(column.codes[row]) <= bin) == (Float(value) <= threshold), "\(value)")
    }
  }
  for (row, value) in values.enumerated() where value.isNaN {
    #expect(Int(column.codes[row]) == column.missingCode)
  }
}

@Test(arguments: 1...3 as ClosedRange<UInt64>)
func randomBitPatternsGoTheSameWay(seed: UInt64) throws {
  var random = RandomGenerator(seed: seed)
  let values = (0..<1_000).map { _ -> Double in
    let value = Double(Float(bitPattern: UInt32(truncatingIfNeeded: random.next())))
    // Near neighbours in Double, so that some are equal only after rounding.
    return value.isFinite ? (random.below(2) == 0 ? value : value.nextUp) : .nan
  }
  let table = try BinnedMatrix<UInt8>(
    treeMatrix([values]), limit: 255, parallel: Parallel(threads: 1))
  let column = try #require(table.columns.first)
  #expect(column.bounds.count == 255)
  for bin in 0..<254 {
    let threshold = column.bounds.threshold(between: bin, and: bin + 1)
    for (row, value) in values.enumerated() where !value.isNaN {
      guard (Int(column.codes[row]) <= bin) == (Float(value) <= threshold) else {
        Issue.record("\(value) at \(threshold)")
        return
      }
    }
  }
}

@Test func fewValuesAreKeptAndOrdered() throws {
  let values = [3.0, 1, 2, 3, .nan, -1, -0.0, 0]
  let table = try BinnedMatrix<UInt8>(
    treeMatrix([values]), limit: 255, parallel: Parallel(threads: 1))
  let column = try #require(table.columns.first)
  #expect(column.bounds.lows == [-1, 0, 1, 2, 3])
  #expect(column.bounds.highs == [-1, 0, 1, 2, 3])
  #expect(column.codes.elements(in: 0..<8) == [4, 2, 3, 4, 5, 0, 1, 1])
  #expect(column.codeCount == 6)
}

@Test(arguments: [2, 7, 60, 255])
func binsHoldAboutEqualRows(limit: Int) {
  var random = RandomGenerator(seed: 3)
  // One value has a third of the rows, the others one to three rows each.
  let counts = (0..<3_000).map { $0 == 1_000 ? 3_000 : 1 + random.below(3) }
  let bounds = BinBounds(
    distinct: (0..<3_000).map { Float($0) }, counts: counts, limit: limit)
  #expect(bounds.count <= limit && bounds.count > limit / 2)
  #expect(bounds.lows.first == 0 && bounds.highs.last == 2_999)
  for bin in 1..<bounds.count { #expect(bounds.lows[bin] == bounds.highs[bin - 1] + 1) }
  guard limit > 2 else { return }
  // A frequent value ends its bin; what else is in a bin is about a fair share.
  #expect(bounds.highs.contains(1_000))
  let fair = 6_000 / (limit - 1)
  for bin in 0..<bounds.count {
    let values = Int(bounds.lows[bin])...Int(bounds.highs[bin])
    let rows = values.reduce(0) { $0 + ($1 == 1_000 ? 0 : counts[$1]) }
    #expect(rows <= 2 * fair + 3)
  }
}

@Test func constantsAndDuplicatesAreLeftOut() throws {
  let first = [1.0, 2, 3, .nan]
  let matrix = treeMatrix([
    first, [5, 5, 5, 5], first, [1, 2, 3, 4], [.nan, .nan, .nan, .nan], [2, 4, 6, .nan],
    [1, 1 + 1e-12, 1, 1], [5, .nan, 5, 5],
  ])
  let table = try BinnedMatrix<UInt16>(matrix, limit: 65_535, parallel: Parallel(threads: 2))
  #expect(table.columns.map(\.source) == [0, 3, 5, 7])
  #expect(table.representatives == [0, nil, 0, 1, nil, 2, nil, 3])
}

@Test(arguments: [Double.infinity, -.infinity, 1e300])
func infiniteValuesAreRefused(value: Double) {
  let matrix = treeMatrix([[1, 2, 3], [1, .nan, value]])
  let expected = FitError.infiniteValue(column: "column_1", row: 2)
  #expect(throws: expected) {
    try BinnedMatrix<UInt8>(matrix, limit: 255, parallel: Parallel(threads: 2))
  }
  #expect(throws: expected) {
    try GradientBoosting().fit(
      matrix, labels: treeLabels([0, 1, 1]), weights: nil, parallel: Parallel(threads: 1))
  }
  #expect(throws: expected) {
    try RandomForest().fit(
      matrix, labels: treeLabels([0, 1, 1]), weights: nil, parallel: Parallel(threads: 1))
  }
}
