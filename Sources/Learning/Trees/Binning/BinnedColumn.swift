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
    // The key of a value above, its row below: once they are sorted, rows get their codes in order.
    let pairs = Buffer<UInt64>(uninitialized: values.count)
    var present = 0
    for (row, value) in values.enumerated() where !value.isNaN {
      let float = Float(value)
      guard float.isFinite else { throw FitError.infiniteValue(column: name, row: row) }
      unsafe pairs.base[present] = UInt64(FloatOrder.key(float)) &<< 32 | UInt64(row)
      present += 1
    }
    sortByKey(pairs, count: present, scratch: Buffer(uninitialized: values.count))
    let (distinct, counts) = BinnedColumn.runs(of: pairs, count: present)
    self.source = source
    self.bounds = BinBounds(distinct: distinct, counts: counts, limit: limit)
    hasMissing = present < values.count
    codes = Buffer(count: values.count, repeating: Code(bounds.count))
    fillCodes(from: pairs, count: present)
  }

  /// Distinct floats, ascending, and how often each occurs.
  private static func runs(of sorted: Buffer<UInt64>, count: Int) -> ([Float], [Int]) {
    var distinct: [Float] = []
    var counts: [Int] = []
    var start = 0
    for index in 0..<count {
      let key = BinnedColumn.key(sorted, index)
      let isLast = index + 1 == count || BinnedColumn.key(sorted, index + 1) != key
      guard isLast else { continue }
      distinct.append(FloatOrder.value(key))
      counts.append(index + 1 - start)
      start = index + 1
    }
    return (distinct, counts)
  }

  @inline(__always)
  private static func key(_ pairs: Buffer<UInt64>, _ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: unsafe pairs.base[index] &>> 32)
  }

  /// The bin of a value is the first whose upper end it does not exceed.
  private func fillCodes(from sorted: Buffer<UInt64>, count: Int) {
    precondition(count <= codes.count)
    let highs = bounds.highs.map { FloatOrder.key($0) }
    var bin = 0
    for index in 0..<count {
      let key = BinnedColumn.key(sorted, index)
      while key > highs[bin] { bin += 1 }
      // Safe: what is below a key is a row.
      let row = unsafe Int(truncatingIfNeeded: sorted.base[index] & 0xFFFF_FFFF)
      unsafe codes.base[row] = Code(truncatingIfNeeded: bin)
    }
  }
}
