import FeatureTables

/// Values as bytes: how many of the numbers that trees compare their column with lie below them.
///
/// A value is looked up once, and then every comparison of every tree is one of bytes. A column
/// with more than 255 cuts is coded in parts, each with a byte of its own.
struct CutCodes: Sendable, Equatable {
  /// Rows coded together: their codes, and what trees make of them, stay in the nearest cache.
  static let tileRows = 256
  /// Vectors of 16 codes in each plane of a tile.
  static let vectorsPerPlane = tileRows / 16

  /// A node's comparison: a row goes right where its code in the plane is greater.
  struct Test: Sendable, Equatable {
    let plane: Int
    let code: Int8
  }

  /// At most 255 cuts of one column.
  private struct Part: Sendable, Equatable {
    let column: Int
    /// Where its cuts begin; there are `1 << levels` less one, the last ones missing keys.
    let start: Int
    let levels: Int
    let cutCount: Int
    var range: Range<Int> { start..<start + (1 << levels) - 1 }
    /// The plane where missing values are greater than all cuts; -1 where no node asks for it.
    var right = -1
    /// The plane where missing values are less than all cuts.
    var left = -1
  }

  private static let cutsPerPart = 255

  private var parts: [Part] = []
  private var cuts: [Int32] = []
  /// The first part of each column.
  private var firstParts: [Int] = []
  private(set) var planeCount = 0

  /// - Parameter cuts: the keys that each column is compared with, in any order.
  init(columns: [[Int32]]) {
    for (column, keys) in columns.enumerated() {
      firstParts.append(parts.count)
      var sorted: [Int32] = []
      for key in keys.sorted() where key != sorted.last { sorted.append(key) }
      for first in stride(from: 0, to: sorted.count, by: CutCodes.cutsPerPart) {
        let own = sorted[first..<min(first + CutCodes.cutsPerPart, sorted.count)]
        let levels = Int.bitWidth - own.count.leadingZeroBitCount
        parts.append(
          Part(column: column, start: cuts.count, levels: levels, cutCount: own.count))
        cuts += own
        cuts += repeatElement(TreeRows.missing, count: (1 << levels) - 1 - own.count)
      }
    }
  }

  /// The comparison with one of the cuts of a column.
  mutating func test(column: Int, key: Int32, missingGoesLeft: Bool) -> Test {
    var index = firstParts[column]
    while key > cuts[parts[index].start + parts[index].cutCount - 1] { index += 1 }
    let part = parts[index]
    var plane = missingGoesLeft ? part.left : part.right
    if plane < 0 {
      plane = planeCount
      planeCount += 1
      if missingGoesLeft { parts[index].left = plane } else { parts[index].right = plane }
    }
    let own = cuts[part.start..<part.start + part.cutCount]
    let rank = own.partitioningIndex { $0 >= key } - part.start
    return Test(plane: plane, code: Int8(rank - 128))
  }

  /// Writes the codes of at most `tileRows` rows, `vectorsPerPlane` vectors a plane.
  func encode(_ matrix: FeatureMatrix, rows: Range<Int>, into codes: inout [SIMD16<Int8>]) {
    precondition(rows.count <= CutCodes.tileRows && rows.upperBound <= matrix.rowCount)
    precondition(codes.count >= planeCount * CutCodes.vectorsPerPlane)
    var keys = [SIMD4<Int32>](repeating: SIMD4(), count: CutCodes.tileRows / 4)
    var counts = keys
    // Safe: keys and counts have `tileRows` entries, planes were counted, and a search stays
    // within the cuts of its part.
    unsafe codes.withUnsafeMutableBytes { codes in
      unsafe keys.withUnsafeMutableBytes { keys in
        unsafe counts.withUnsafeMutableBytes { counts in
          unsafe cuts.withUnsafeBufferPointer { cuts in
            let keys = unsafe keys.assumingMemoryBound(to: Int32.self)
            let counts = unsafe counts.assumingMemoryBound(to: Int32.self)
            var column = -1
            for part in parts {
              if part.column != column {
                column = part.column
                unsafe TreeRows.writeKeys(of: matrix, column: column, rows: rows, to: keys)
              }
              let own = unsafe UnsafeBufferPointer(rebasing: cuts[part.range])
              if part.cutCount <= CutCodes.searchedFrom {
                unsafe CutCodes.compare(
                  keys, with: UnsafeBufferPointer(rebasing: own.prefix(part.cutCount)),
                  counts: counts)
              } else {
                unsafe CutCodes.search(keys, in: own, counts: counts)
              }
              unsafe CutCodes.write(counts, keys, part, to: codes)
            }
          }
        }
      }
    }
  }

  /// Comparing with every cut goes in vectors, a search row by row.
  private static let searchedFrom = 48

  /// Counts the cuts below each key by comparing with all.
  private static func compare(
    _ keys: UnsafeMutableBufferPointer<Int32>, with cuts: UnsafeBufferPointer<Int32>,
    counts: UnsafeMutableBufferPointer<Int32>
  ) {
    unsafe keys.withMemoryRebound(to: SIMD4<Int32>.self) { keys in
      unsafe counts.withMemoryRebound(to: SIMD4<Int32>.self) { counts in
        for place in stride(from: 0, to: keys.count, by: 4) {
          var (first, second) = (SIMD4<Int32>(), SIMD4<Int32>())
          var (third, fourth) = (SIMD4<Int32>(), SIMD4<Int32>())
          let own = unsafe (keys[place], keys[place &+ 1], keys[place &+ 2], keys[place &+ 3])
          for index in 0..<cuts.count {
            let cut = unsafe SIMD4<Int32>(repeating: cuts[index])
            // A mask is -1 where it holds.
            first &-= unsafe unsafeBitCast(own.0 .> cut, to: SIMD4<Int32>.self)
            second &-= unsafe unsafeBitCast(own.1 .> cut, to: SIMD4<Int32>.self)
            third &-= unsafe unsafeBitCast(own.2 .> cut, to: SIMD4<Int32>.self)
            fourth &-= unsafe unsafeBitCast(own.3 .> cut, to: SIMD4<Int32>.self)
          }
          unsafe counts[place] = first
          unsafe counts[place &+ 1] = second
          unsafe counts[place &+ 2] = third
          unsafe counts[place &+ 3] = fourth
        }
      }
    }
  }

  /// Counts the cuts below each key by halving; all rows take a step before the next one, so that
  /// they do not wait for themselves, and none is a branch.
  private static func search(
    _ keys: UnsafeMutableBufferPointer<Int32>, in cuts: UnsafeBufferPointer<Int32>,
    counts: UnsafeMutableBufferPointer<Int32>
  ) {
    unsafe counts.update(repeating: 0)
    var step = (cuts.count &+ 1) / 2
    while step > 0 {
      for row in 0..<tileRows {
        let below = unsafe Int(counts[row])
        let difference = unsafe Int(cuts[below &+ step &- 1]) &- Int(keys[row])
        let isLess = Int(truncatingIfNeeded: UInt(bitPattern: difference) &>> 63)
        unsafe counts[row] = Int32(truncatingIfNeeded: below &+ isLess &* step)
      }
      step /= 2
    }
  }

  private static func write(
    _ counts: UnsafeMutableBufferPointer<Int32>, _ keys: UnsafeMutableBufferPointer<Int32>,
    _ part: Part, to codes: UnsafeMutableRawBufferPointer
  ) {
    let codes = unsafe codes.assumingMemoryBound(to: Int8.self)
    if part.right >= 0 {
      let plane = unsafe UnsafeMutableBufferPointer(
        rebasing: codes[part.right &* tileRows..<(part.right &+ 1) &* tileRows])
      for row in 0..<tileRows {
        unsafe plane[row] = Int8(truncatingIfNeeded: counts[row] &- 128)
      }
    }
    if part.left >= 0 {
      let plane = unsafe UnsafeMutableBufferPointer(
        rebasing: codes[part.left &* tileRows..<(part.left &+ 1) &* tileRows])
      for row in 0..<tileRows {
        let isPresent: Int32 = unsafe keys[row] == TreeRows.missing ? 0 : -1
        unsafe plane[row] = Int8(truncatingIfNeeded: (counts[row] & isPresent) &- 128)
      }
    }
  }
}

extension ArraySlice<Int32> {
  /// The first index for which the condition holds, which holds for all after it too.
  fileprivate func partitioningIndex(where belongsInSecond: (Int32) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
