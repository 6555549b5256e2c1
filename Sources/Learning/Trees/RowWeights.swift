import FeatureTables

/// One weight a row, with sums that do not depend on the order of the rows.
struct RowWeights: Sendable {
  let values: Buffer<Double>
  let largest: Double
  private let factor: Double
  /// Whether all are the same.
  private let areEqual: Bool

  private static let rowsPerBlock = 1 << 16

  /// - Parameter values: finite, none negative.
  init(_ values: [Double]) {
    let largest = values.max() ?? 0
    self.largest = largest
    areEqual = values.allSatisfy { $0 == largest }
    factor = FixedPoint.factor(for: largest * Double(max(1, values.count)), bits: 61)
    self.values = Buffer(values)
  }

  var count: Int { values.count }

  /// The sum over the rows at `rows[range]`.
  func sum(
    of rows: Buffer<Int32>, in range: Range<Int>, parallel: Parallel = Parallel(threads: 1)
  ) -> Double {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows.count)
    if areEqual {
      return Double(FixedPoint.round(largest * factor) &* Int64(range.count)) / factor
    }
    let parts = parallel.mapBlocks(
      rowCount: range.count, rowsPerBlock: RowWeights.rowsPerBlock
    ) { block -> Int64 in
      var total: Int64 = 0
      for place in block {
        let row = unsafe Int(rows.base[range.lowerBound &+ place])
        total &+= FixedPoint.round(unsafe values.base[row] * factor)
      }
      return total
    }
    return Double(parts.reduce(0, &+)) / factor
  }

  /// The sum over the rows, each as often as `counts` says; all together no more often than there
  /// are rows.
  func sum(times counts: [Int32]) -> Double {
    precondition(counts.count == count)
    var total: Int64 = 0
    for row in 0..<count {
      total &+= Int64(counts[row]) &* FixedPoint.round(unsafe values.base[row] * factor)
    }
    return Double(total) / factor
  }

  /// The sums over the rows of each class.
  func sums(by codes: Buffer<Int32>, classCount: Int) -> [Double] {
    var totals = [Int64](repeating: 0, count: classCount)
    for row in 0..<count {
      totals[Int(codes[row])] &+= FixedPoint.round(unsafe values.base[row] * factor)
    }
    return totals.map { Double($0) / factor }
  }
}

/// The rows that a learner of trees goes by: the class and the weight of each.
struct ClassedRows: Sendable {
  let codes: Buffer<Int32>
  let weights: RowWeights
  let classCount: Int
  /// Sums of weights, one a class.
  let classWeights: [Double]

  var count: Int { codes.count }

  init(codes: [Int32], weights: [Double], classCount: Int) {
    self.codes = Buffer(codes)
    self.weights = RowWeights(weights)
    self.classCount = classCount
    classWeights = self.weights.sums(by: self.codes, classCount: classCount)
  }

  /// The share of a class in the weights, away from 0, so that it has a logarithm.
  func share(of code: Int) -> Double {
    max(1e-15, classWeights[code] / classWeights.reduce(0, +))
  }
}
