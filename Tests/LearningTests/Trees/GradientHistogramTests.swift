import FeatureTables
import Foundation
import Learning
import Synchronization
import Testing

/// Columns as in traffic: some go together, some not, one has missing values.
private func binned(rowCount: Int, codeCount: Int) throws -> BinnedMatrix<UInt8> {
  var random = RandomGenerator(seed: UInt64(rowCount + codeCount))
  let first = (0..<rowCount).map { row in
    row < codeCount ? Double(row) : Double(random.below(3) == 0 ? random.below(codeCount) : 0)
  }
  let other = (0..<rowCount).map { _ in Double(random.below(codeCount)) }
  let columns =
    [first, first.map { $0 > 1 ? 1 : 0 }, other, other.map { $0 < 2 ? .nan : -$0 }]
    + (0..<9).map { shift in first.map { Double(Int($0) >> shift & 1) } }
  return try BinnedMatrix<UInt8>(
    treeMatrix(columns), limit: 255, parallel: Parallel(threads: 1))
}

private func randomGradients(_ count: Int, scale: GradientScale) -> Buffer<GradientSum> {
  var random = RandomGenerator(seed: 9)
  return Buffer(
    (0..<count).map { _ in
      scale.row(gradient: random.uniform() * 2 - 1, hessian: random.uniform() / 4, weight: 1)
    })
}

/// One addition a row into a plain array.
private func plainSum(
  _ column: BinnedColumn<UInt8>, _ rows: some Sequence<Int>, _ gradients: Buffer<GradientSum>
) -> [GradientSum] {
  var cells = [GradientSum](repeating: .zero, count: column.codeCount)
  for row in rows { cells[Int(column.codes[row])] &+= gradients[row] }
  return cells
}

@Test(arguments: [3, 40, 1_000, 20_000], [2, 3, 200])
func histogramIsTheSumOfItsRows(rowCount: Int, codeCount: Int) throws {
  guard codeCount <= rowCount else { return }
  let table = try binned(rowCount: rowCount, codeCount: codeCount)
  let rows = JointRows(table, parallel: Parallel(threads: 2))
  let layout = HistogramLayout(table.columns)
  let scale = GradientScale(rowCount: rowCount, largestWeight: 1)
  let gradients = randomGradients(rowCount, scale: scale)
  let some = (0..<Int32(rowCount)).filter { $0 % 3 == 1 }
  let nodes = [
    (
      NodeRows(indices: nil, range: 0..<rowCount, gradients: gradients, gradientOffset: 0),
      Array(0..<rowCount)
    ),
    (
      NodeRows(
        indices: Buffer([7] + some), range: 1..<some.count + 1,
        gradients: Buffer([.zero] + gradients.elements(in: 0..<rowCount)), gradientOffset: 1),
      some.map { Int($0) }
    ),
  ]
  for (node, members) in nodes {
    let cells = Buffer(count: rows.combinationCount, repeating: GradientSum.zero)
    let combined = Buffer(count: layout.cellCount, repeating: GradientSum(7, 7))
    let loose = Buffer(count: layout.cellCount, repeating: GradientSum(7, 7))
    GradientHistogram.addCombinations(
      ofBlocks: 0..<rows.blockCount, in: rows, node: node, places: 0..<members.count, to: cells)
    for block in 0..<rows.blockCount {
      GradientHistogram.spread(
        block: block, from: cells, in: rows, layout: layout, columns: table.columns, to: combined)
      GradientHistogram.addLoosely(
        block: block, in: rows, node: node, layout: layout, columns: table.columns, to: loose)
    }
    for (column, offset) in zip(table.columns, layout.offsets) {
      let expected = plainSum(column, members, gradients)
      #expect(combined.elements(in: offset..<offset + column.codeCount) == expected)
      #expect(loose.elements(in: offset..<offset + column.codeCount) == expected)
    }
    // Room is given back as it was taken.
    #expect(cells.elements(in: 0..<cells.count).allSatisfy { $0 == .zero })
    GradientHistogram.subtract(loose, from: combined, range: 0..<layout.cellCount)
    #expect(combined.elements(in: 0..<layout.cellCount).allSatisfy { $0 == .zero })
  }
}

/// Threads share small nodes by columns, large ones by rows.
@Test(arguments: [30, 5_000, 20_000], [1, 2, 3])
func histogramIsTheSameOnAnyNumberOfThreads(rowCount: Int, threads: Int) throws {
  let table = try binned(rowCount: rowCount, codeCount: 20)
  let rows = JointRows(table, parallel: Parallel(threads: 1))
  let gradients = randomGradients(
    rowCount, scale: GradientScale(rowCount: rowCount, largestWeight: 1))
  let filler = HistogramFiller(table: table, rows: rows, threads: threads)
  let node = NodeRows(indices: nil, range: 0..<rowCount, gradients: gradients, gradientOffset: 0)
  // Twice, as the second time goes to room that has been used.
  for _ in 0..<2 {
    let histogram = Buffer(count: filler.layout.cellCount, repeating: GradientSum(7, 7))
    let filled = Mutex<[Int]>([])
    filler.fill(histogram, node: node) { block in
      filled.withLock { $0.append(block) }
    }
    #expect(filled.withLock { $0.sorted() } == Array(0..<rows.blockCount))
    for (column, offset) in zip(table.columns, filler.layout.offsets) {
      #expect(
        histogram.elements(in: offset..<offset + column.codeCount)
          == plainSum(column, 0..<rowCount, gradients))
    }
  }
}

/// Columns that follow from each other share a group; columns without anything in common do not.
@Test func columnsThatGoTogetherAreGrouped() throws {
  let table = try binned(rowCount: 20_000, codeCount: 200)
  let rows = JointRows(table, parallel: Parallel(threads: 1))
  #expect(rows.groupCount < table.columns.count / 2)
}

@Test(arguments: [1, 20, 1_000_000, 20_000_000], [1e-3, 1.0, 999])
func sumsKeepGradientHessianAndCountApart(rowCount: Int, largestWeight: Double) {
  let scale = GradientScale(rowCount: rowCount, largestWeight: largestWeight)
  let row = scale.row(gradient: -1, hessian: 0.5, weight: largestWeight)
  // The sum over all rows, by doubling: as long as no lane overflows it is exact.
  var (sum, doubled, rest) = (GradientSum.zero, row, rowCount)
  while rest > 0 {
    if rest & 1 == 1 { sum &+= doubled }
    doubled &+= doubled
    rest >>= 1
  }
  let total = Double(rowCount) * largestWeight
  #expect(scale.count(sum) == rowCount)
  #expect(abs(scale.gradient(sum) + total) <= total * 1e-8)
  // Hessians have 64 bits less those of two counts of the rows.
  #expect(abs(scale.hessian(sum) - total / 2) <= total * (rowCount > 100 ? 0x1p-14 : 1e-8))
  #expect(sum &- sum == .zero)
}

@Test func exponentialAndLogarithmAgreeWithTheLibrary() {
  var random = RandomGenerator(seed: 4)
  for _ in 0..<20_000 {
    let x = (random.uniform() - 0.5) * 1_400
    let expected = exp(x)
    #expect(abs(exponential(x) - expected) <= 2 * expected.ulp)
    let positive = random.uniform() * exp((random.uniform() - 0.5) * 80) + 1e-300
    let difference = abs(naturalLogarithm(positive) - log(positive))
    #expect(difference <= 4 * max(0x1p-52, log(positive).ulp))
  }
  #expect(exponential(0) == 1 && naturalLogarithm(1) == 0)
  #expect(exponential(-1e9) < 1e-300 && exponential(1e9) > 1e300)
}
