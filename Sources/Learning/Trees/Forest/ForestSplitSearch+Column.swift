import FeatureTables

extension ForestSplitSearch {
  enum Outcome {
    /// All rows of the node have one code.
    case constant
    /// No test leaves enough rows on both sides.
    case none
    case split(ForestSplit)
  }

  /// The best test of a node on a column.
  func search(
    _ index: Int, column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>
  ) -> Outcome {
    let codes = gather(column, partition: partition, range: range)
    guard codes.canDivide else { return .constant }
    guard let best = best(codes) else { return .none }
    let bounds = column.bounds
    let threshold =
      best.high.map { bounds.threshold(between: best.low, and: $0) } ?? BinBounds.everyNumber
    return .split(
      split(
        index, code: best.high == nil ? bounds.count - 1 : best.low, threshold: threshold, best,
        codes))
  }

  /// A test at one threshold, drawn between the least and the greatest value of the node (Geurts,
  /// Ernst and Wehenkel, "Extremely randomized trees", Machine Learning 63, 2006).
  func searchRandomly(
    _ index: Int, column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>,
    generator: inout RandomGenerator
  ) -> Outcome {
    let codes = gather(column, partition: partition, range: range)
    guard codes.canDivide else { return .constant }
    let bounds = column.bounds
    let (code, threshold) = drawThreshold(bounds, codes, generator: &generator)
    var best = CodeThreshold()
    for missingGoesLeft in [false, true] where !missingGoesLeft || codes.missing > 0 {
      var scan = scan(codes, missingGoesLeft: missingGoesLeft)
      for place in 0..<codes.present {
        let row = coded[place]
        guard row.code <= code else { continue }
        scan.move(classCode: row.classCode, units: row.units, rows: 1)
      }
      let score = best.score
      consider(scan, between: code, and: nil, &best)
      if best.score > score { best.missingGoesLeft = missingGoesLeft }
    }
    guard best.score > -.infinity else { return .none }
    return .split(split(index, code: code, threshold: threshold, best, codes))
  }

  /// The greatest code that goes left, and the threshold: below the greatest value, or, where all
  /// values are equal, between them and the missing ones.
  private func drawThreshold(
    _ bounds: BinBounds, _ codes: CodeRange, generator: inout RandomGenerator
  ) -> (code: Int, threshold: Float) {
    guard codes.lowest < codes.highest else { return (bounds.count - 1, BinBounds.everyNumber) }
    let (low, high) = (Double(bounds.highs[codes.lowest]), Double(bounds.lows[codes.highest]))
    let drawn = Float(low + generator.uniform() * (high - low))
    // The codes are few for a search by halves: find the last bin that ends at or below it.
    var (code, above) = (codes.lowest, codes.highest)
    while above - code > 1 {
      let middle = (code + above) / 2
      if bounds.highs[middle] <= drawn { code = middle } else { above = middle }
    }
    // Inside a bin of several values, or rounded up to the greatest: the gap before the next bin.
    let isBetween = drawn < bounds.lows[code + 1]
    return (code, isBetween ? drawn : bounds.threshold(between: code, and: code + 1))
  }

  private func split(
    _ index: Int, code: Int, threshold: Float, _ best: CodeThreshold, _ codes: CodeRange
  ) -> ForestSplit {
    ForestSplit(
      column: index, code: code, threshold: threshold, score: best.score,
      missingGoesLeft: codes.missing > 0 ? best.missingGoesLeft : nil)
  }

  /// Gives the rows of a node the codes of a column.
  private func gather(
    _ column: BinnedColumn<UInt16>, partition: ForestPartition, range: Range<Int>
  ) -> CodeRange {
    precondition(range.upperBound <= partition.count && range.count <= coded.count)
    // Safe: indices are rows of the table by construction of the partition.
    let (indices, rows) = unsafe (
      partition.indices.base + range.lowerBound, partition.rows.base + range.lowerBound
    )
    let (codes, target) = unsafe (column.codes.base, coded.base)
    let missingCode = column.missingCode
    var (lowest, highest, present, end) = (Int.max, -1, 0, range.count)
    for place in 0..<range.count {
      let code = unsafe codes[Int(truncatingIfNeeded: indices[place])]
      let row = unsafe ForestRow(rows[place], code: code)
      if column.hasMissing && Int(code) == missingCode {
        end &-= 1
        unsafe target[end] = row
        continue
      }
      lowest = min(lowest, Int(code))
      highest = max(highest, Int(code))
      unsafe target[present] = row
      present &+= 1
    }
    return CodeRange(
      lowest: lowest, highest: highest, present: present, missing: range.count - present)
  }
}
