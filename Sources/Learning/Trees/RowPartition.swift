import FeatureTables

/// The rows of a tree, ordered so that those of a node lie together.
package final class RowPartition: Sendable {
  /// Indices of rows; within a node ascending.
  package let rows: Buffer<Int32>
  private let scratch: Buffer<Int32>
  private static let rowsPerBlock = 32_768

  package init(_ rows: [Int32]) {
    self.rows = Buffer(rows)
    scratch = Buffer(uninitialized: rows.count)
  }

  /// Moves the rows of a node that go left before those that go right, keeping the order of each.
  /// - Parameters:
  ///   - range: the node.
  ///   - bin: the greatest bin that goes left.
  /// - Returns: where the right part begins.
  package func divide<Code: BinCode>(
    _ range: Range<Int>, by column: BinnedColumn<Code>, bin: Int, missingGoesLeft: Bool,
    parallel: Parallel
  ) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows.count)
    let test = CodeTest(column, bin: bin, missingGoesLeft: missingGoesLeft)
    let blockCount = (range.count + RowPartition.rowsPerBlock - 1) / RowPartition.rowsPerBlock
    if blockCount == 1 {
      let lefts = divideBlock(range, by: test)
      collectBlock(
        range, lefts: lefts, toLeft: range.lowerBound, toRight: range.lowerBound + lefts)
      return range.lowerBound + lefts
    }
    let counts = parallel.map(blockCount) { divideBlock(blockRange($0, of: range), by: test) }
    // A block left its rows in the scratch: first those that go left, then, backwards from its
    // end, the others. Now every block knows where its parts belong.
    let lefts = counts.reduce(0, +)
    var targets: [(left: Int, right: Int)] = []
    var (left, right) = (range.lowerBound, range.lowerBound + lefts)
    for (block, count) in counts.enumerated() {
      targets.append((left, right))
      let size = blockRange(block, of: range).count
      (left, right) = (left + count, right + size - count)
    }
    let places = targets
    parallel.forEach(counts.count) { block in
      collectBlock(
        blockRange(block, of: range), lefts: counts[block], toLeft: places[block].left,
        toRight: places[block].right)
    }
    return range.lowerBound + lefts
  }

  private func blockRange(_ block: Int, of range: Range<Int>) -> Range<Int> {
    let start = range.lowerBound + block * RowPartition.rowsPerBlock
    return start..<min(start + RowPartition.rowsPerBlock, range.upperBound)
  }

  // Safe below: blocks lie within the node, which lies within both buffers.
  private func divideBlock<Code: BinCode>(_ block: Range<Int>, by test: CodeTest<Code>) -> Int {
    let (source, target) = unsafe (rows.base, scratch.base)
    let codes = unsafe test.codes.base
    var (left, right) = (block.lowerBound, block.upperBound - 1)
    for place in block {
      let row = unsafe source[place]
      // Written to both ends; the one that does not count is overwritten by the next row.
      unsafe target[left] = row
      let isRight = test.isRight(unsafe codes[Int(truncatingIfNeeded: row)])
      unsafe target[right] = row
      left &+= 1 &- isRight
      right &-= isRight
    }
    return left - block.lowerBound
  }

  private func collectBlock(_ block: Range<Int>, lefts: Int, toLeft: Int, toRight: Int) {
    let (source, target) = unsafe (scratch.base, rows.base)
    unsafe (target + toLeft).update(from: source + block.lowerBound, count: lefts)
    for index in 0..<block.count - lefts {
      unsafe target[toRight + index] = source[block.upperBound - 1 - index]
    }
  }
}

/// The test of a split on the codes of a column, as arithmetic: its outcome cannot be predicted.
package struct CodeTest<Code: BinCode>: Sendable {
  package let codes: Buffer<Code>
  private let bin: Int
  private let missingCode: Int
  private let missingGoesLeft: Int

  /// - Parameter bin: the greatest that goes left.
  package init(_ column: BinnedColumn<Code>, bin: Int, missingGoesLeft: Bool) {
    codes = column.codes
    self.bin = bin
    missingCode = column.missingCode
    self.missingGoesLeft = missingGoesLeft ? 1 : 0
  }

  /// 1 where a row of this code goes right, else 0.
  @inline(__always)
  package func isRight(_ code: Code) -> Int {
    let code = Int(truncatingIfNeeded: code)
    let isGreater = ((bin &- code) &>> 63) & 1
    let isMissing = 1 &+ ((code &- missingCode) &>> 63)
    return isGreater & ~(isMissing & missingGoesLeft)
  }
}
