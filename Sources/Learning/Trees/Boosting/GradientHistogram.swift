import CPrefetch

/// Adds up the gradients of a node's rows by code: the kernels that boosting spends its time in.
///
/// All groups of columns of a row, then the next row. Neighbouring rows mostly share a code and one
/// would wait for the other, while the additions of one row go to different cells and overlap in
/// the processor. Integers: any order gives the same bits.
///
/// Safe throughout: codes are less than the number of cells by construction of the groups, row
/// indices less than the number of rows by construction of the partition.
package enum GradientHistogram {
  private typealias Cells = UnsafeMutablePointer<GradientSum>
  private typealias Codes = UnsafePointer<UInt16>

  /// Rows between asking for one and adding it.
  private static let rowsAhead = 16
  private static let codesPerCacheLine = 32

  /// Adds rows to the histograms of combinations of some blocks.
  /// - Parameters:
  ///   - places: which rows of the node.
  ///   - cells: added to.
  package static func addCombinations(
    ofBlocks blocks: Range<Int>, in rows: JointRows, node: NodeRows, places: Range<Int>,
    to cells: Buffer<GradientSum>
  ) {
    precondition(rows.combinationCount <= cells.count)
    precondition(places.lowerBound >= 0 && places.upperBound <= node.range.count)
    for segment in rows.segments where segment.overlaps(blocks) {
      let part = rows.blocks[segment.clamped(to: blocks)]
      guard let first = part.first else { continue }
      unsafe addCombinations(
        of: UnsafePointer(rows.codes.base + first.firstCode),
        count: part.reduce(0) { $0 + $1.codeCount },
        perRow: rows.codesPerRow, node: node, places: places,
        to: cells.base + first.segmentStart)
    }
  }

  private static func addCombinations(
    of codes: Codes, count: Int, perRow: Int, node: NodeRows, places: Range<Int>, to cells: Cells
  ) {
    let gradients = unsafe node.gradients
    guard let indices = unsafe node.indices else {
      for place in places {
        let row = node.range.lowerBound &+ place
        unsafe add(gradients[row], codes + row &* perRow, count, cells)
      }
      return
    }
    let last = places.upperBound &- 1
    for place in places {
      let ahead = unsafe Int(truncatingIfNeeded: indices[min(place &+ rowsAhead, last)])
      unsafe prefetch_for_reading(gradients + ahead)
      for code in stride(from: 0, to: count, by: codesPerCacheLine) {
        unsafe prefetch_for_reading(codes + (ahead &* perRow &+ code))
      }
      let row = unsafe Int(truncatingIfNeeded: indices[place])
      unsafe add(gradients[row], codes + row &* perRow, count, cells)
    }
  }

  /// - Parameter count: a multiple of four.
  @inline(__always)
  private static func add(_ gradient: GradientSum, _ codes: Codes, _ count: Int, _ cells: Cells) {
    var place = 0
    while place < count {
      unsafe addOne(gradient, codes[place], cells)
      unsafe addOne(gradient, codes[place &+ 1], cells)
      unsafe addOne(gradient, codes[place &+ 2], cells)
      unsafe addOne(gradient, codes[place &+ 3], cells)
      place &+= 4
    }
  }

  /// - Parameter code: twice the number of the cell.
  @inline(__always)
  private static func addOne(_ gradient: GradientSum, _ code: UInt16, _ cells: Cells) {
    let cell = unsafe UnsafeMutableRawPointer(cells) + Int(code) &* 8
    unsafe cell.assumingMemoryBound(to: GradientSum.self).pointee &+= gradient
  }

  /// Sums the combinations of a block up to the histograms of its columns, and clears them.
  /// - Parameters:
  ///   - combinations: those of the block are zero afterwards.
  ///   - histogram: set in all cells of the block's columns.
  package static func spread(
    block number: Int, from combinations: Buffer<GradientSum>, in rows: JointRows,
    layout: HistogramLayout, columns: [BinnedColumn<UInt8>], to histogram: Buffer<GradientSum>
  ) {
    let block = rows.blocks[number]
    for group in block.groups {
      let joint = rows.groups[group]
      let source = unsafe combinations.base + rows.firstCells[group]
      for (member, codes) in zip(joint.members, joint.memberCodes) {
        let target = unsafe histogram.base + layout.offsets[member]
        guard joint.members.count > 1 else {
          // The codes of a group of one column are those of the column.
          unsafe target.update(from: source, count: joint.count)
          continue
        }
        unsafe target.update(repeating: .zero, count: columns[member].codeCount)
        for cell in 0..<joint.count {
          let sum = unsafe source[cell]
          if sum.y != 0 { unsafe target[Int(codes.base[cell])] &+= sum }
        }
      }
    }
    unsafe (combinations.base + block.firstCell).update(repeating: .zero, count: block.cellCount)
  }

  /// Adds rows to the histograms of a block's columns, without combinations: for few rows.
  /// - Parameter histogram: set in all cells of the block's columns.
  package static func addLoosely(
    block number: Int, in rows: JointRows, node: NodeRows, layout: HistogramLayout,
    columns: [BinnedColumn<UInt8>], to histogram: Buffer<GradientSum>
  ) {
    let gradients = unsafe node.gradients
    for group in rows.blocks[number].groups {
      let joint = rows.groups[group]
      let (first, start) = unsafe rows.codes(ofGroup: group)
      for (member, codes) in zip(joint.members, joint.memberCodes) {
        let cells = unsafe histogram.base + layout.offsets[member]
        unsafe cells.update(repeating: .zero, count: columns[member].codeCount)
        for place in 0..<node.range.count {
          let row = node.row(place)
          let combination = unsafe (Int(first[row &* rows.codesPerRow]) &- start) / 2
          unsafe cells[Int(codes.base[combination])] &+= gradients[row]
        }
      }
    }
  }

  /// Adds one histogram to another, cell by cell, and clears it.
  static func move(
    _ cells: Buffer<GradientSum>, to target: Buffer<GradientSum>, range: Range<Int>
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= min(cells.count, target.count))
    for index in range {
      unsafe target.base[index] &+= cells.base[index]
      unsafe cells.base[index] = .zero
    }
  }

  /// Takes one histogram from another, cell by cell: what is left of the parent is the sibling.
  package static func subtract(
    _ cells: Buffer<GradientSum>, from parent: Buffer<GradientSum>, range: Range<Int>
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= min(cells.count, parent.count))
    for index in range { unsafe parent.base[index] &-= cells.base[index] }
  }
}
