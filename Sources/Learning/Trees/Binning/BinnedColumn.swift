/// One column as small integers: the bin of each row, or `missingCode`.
package struct BinnedColumn<Code: BinCode>: Sendable {
  /// The column of the feature matrix.
  package let source: Int
  package let bounds: BinBounds
  package let hasMissing: Bool
  /// One code a row.
  package let codes: Buffer<Code>

  /// Follows the codes of the bins.
  package var missingCode: Int { bounds.count }
  /// Codes that occur: bins, and one for missing values where there are some.
  package var codeCount: Int { bounds.count + (hasMissing ? 1 : 0) }
  /// A column of one code cannot split anything.
  package var isConstant: Bool { codeCount < 2 }

  /// - Parameters:
  ///   - values: one number a row; NaN is missing.
  ///   - limit: bins at most, without that of missing values.
  ///   - name: of the column, for the error.
  /// - Throws: `FitError.infiniteValue` for a number that is infinite as a Float.
  init(_ values: ArraySlice<Double>, source: Int, limit: Int, name: String) throws(FitError) {
    precondition(limit <= Int(Code.max), "the code of missing values follows those of the bins")
    let keys = Buffer<UInt32>(count: values.count, repeating: 0)
    var present = 0
    for (row, value) in values.enumerated() where !value.isNaN {
      let float = Float(value)
      guard float.isFinite else { throw FitError.infiniteValue(column: name, row: row) }
      unsafe keys.base[present] = FloatOrder.key(float)
      present += 1
    }
    sortKeys(keys, count: present, scratch: Buffer(count: present, repeating: 0))
    let (distinct, counts) = BinnedColumn.runs(of: keys, count: present)
    self.source = source
    self.bounds = BinBounds(distinct: distinct, counts: counts, limit: limit)
    hasMissing = present < values.count
    codes = Buffer(count: values.count, repeating: 0)
    fillCodes(from: values)
  }

  /// Distinct floats, ascending, and how often each occurs.
  private static func runs(of sorted: Buffer<UInt32>, count: Int) -> ([Float], [Int]) {
    var distinct: [Float] = []
    var counts: [Int] = []
    var start = 0
    for index in 0..<count {
      let isLast = unsafe index + 1 == count || sorted.base[index + 1] != sorted.base[index]
      guard isLast else { continue }
      distinct.append(FloatOrder.value(unsafe sorted.base[index]))
      counts.append(index + 1 - start)
      start = index + 1
    }
    return (distinct, counts)
  }

  /// The bin of a value is the first whose upper end it does not exceed.
  private func fillCodes(from values: ArraySlice<Double>) {
    let highs = Buffer(bounds.highs.map { FloatOrder.key($0) })
    let (target, missing) = unsafe (codes.base, Code(missingCode))
    for (row, value) in values.enumerated() {
      unsafe target[row] =
        value.isNaN
        ? missing : Code(truncatingIfNeeded: countBelow(FloatOrder.key(Float(value)), in: highs))
    }
  }
}

/// How many of the ascending keys are less than `key`, if not all are: a binary search without
/// branches, since its comparisons cannot be predicted.
@inline(__always)
private func countBelow(_ key: UInt32, in keys: Buffer<UInt32>) -> Int {
  var (start, length) = (0, keys.count)
  while length > 1 {
    let half = length &>> 1
    // All ones where the key in the middle is less.
    let isLess = unsafe (Int(keys.base[start &+ half &- 1]) &- Int(key)) &>> 63
    start &+= half & isLess
    length &-= half
  }
  return start
}
