import FeatureTables
import Foundation
import Learning
import Testing

private func codedColumn(rowCount: Int, codeCount: Int) throws -> BinnedColumn<UInt8> {
  var random = RandomGenerator(seed: UInt64(rowCount + codeCount))
  // Every code occurs; one is as frequent as in traffic.
  let values = (0..<rowCount).map { row in
    row < codeCount ? Double(row) : Double(random.below(3) == 0 ? random.below(codeCount) : 0)
  }
  let table = try BinnedMatrix<UInt8>(
    treeMatrix([values]), limit: 255, parallel: Parallel(threads: 1))
  return try #require(table.columns.first)
}

private func randomGradients(_ count: Int, scale: GradientScale) -> Buffer<GradientSum> {
  var random = RandomGenerator(seed: 9)
  return Buffer(
    (0..<count).map { _ in
      scale.row(gradient: random.uniform() * 2 - 1, hessian: random.uniform() / 4, weight: 1)
    })
}

/// Against one addition a row into a plain array.
@Test(arguments: [3, 4, 8, 9, 40, 1_000, 4_099], [2, 3, 200])
func histogramIsTheSumOfItsRows(rowCount: Int, codeCount: Int) throws {
  guard codeCount <= rowCount else { return }
  let column = try codedColumn(rowCount: rowCount, codeCount: codeCount)
  let scale = GradientScale(rowCount: rowCount, largestWeight: 1)
  let gradients = randomGradients(rowCount, scale: scale)
  var expected = [GradientSum](repeating: .zero, count: codeCount)
  for row in 0..<rowCount { expected[Int(column.codes[row])] &+= gradients[row] }
  let cells = Buffer(count: codeCount + 2, repeating: GradientSum(7, 7))
  GradientHistogram.fill(
    cells, at: 1, column: column,
    node: NodeRows(
      indices: nil, range: 0..<rowCount, gradients: gradients, gradientOffset: 0))
  #expect(cells.elements(in: 1..<codeCount + 1) == expected)
  #expect(cells[0] == GradientSum(7, 7) && cells[codeCount + 1] == GradientSum(7, 7))

  // Every third row, by index, and what is left of the whole without them.
  let rows = (0..<Int32(rowCount)).filter { $0 % 3 == 1 }
  let gathered = Buffer(rows.map { gradients[Int($0)] })
  var part = [GradientSum](repeating: .zero, count: codeCount)
  for row in rows { part[Int(column.codes[Int(row)])] &+= gradients[Int(row)] }
  let child = Buffer(count: codeCount + 1, repeating: GradientSum.zero)
  GradientHistogram.fill(
    child, at: 1, column: column,
    node: NodeRows(
      indices: Buffer(rows), range: 0..<rows.count, gradients: gathered, gradientOffset: 0))
  #expect(child.elements(in: 1..<codeCount + 1) == part)
  GradientHistogram.subtract(child, from: cells, range: 1..<codeCount + 1)
  #expect(cells.elements(in: 1..<codeCount + 1) == zip(expected, part).map { $0 &- $1 })
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
