import CPrefetch

/// Adds up the gradients of a node's rows by code: the kernels that boosting spends its time in.
///
/// Eight groups of columns at a time: their cells stay in the first cache, and the additions of one
/// row go to different cells and overlap in the processor, while neighbouring rows mostly share a
/// code and would wait for each other. Integers: any order gives the same bits.
///
/// Safe throughout: codes are less than the number of cells by construction of the groups, row
/// indices less than the number of rows by construction of the partition.
package enum GradientHistogram {
  private typealias Cells = UnsafeMutablePointer<GradientSum>

  /// Rows between asking for one and adding it.
  private static let rowsAhead = 16

  /// Rows whose gradients stay in the second-level cache while all blocks take them.
  private static let rowsAtHand = 2_048

  /// Adds rows to the histograms of combinations of some blocks.
  /// - Parameters:
  ///   - places: which rows of the node.
  ///   - cells: added to, by the layout.
  package static func addCombinations(
    ofBlocks blocks: [Int], in rows: JointRows, node: NodeRows, places: Range<Int>,
    layout: HistogramLayout, to cells: Buffer<GradientSum>
  ) {
    precondition(layout.combinationCount <= cells.count)
    precondition(places.lowerBound >= 0 && places.upperBound <= node.range.count)
    unsafe withUnsafeTemporaryAllocation(of: GradientSum.self, capacity: rowsAtHand) { room in
      guard let room = room.baseAddress else { return }
      for start in stride(from: places.lowerBound, to: places.upperBound, by: rowsAtHand) {
        let some = start..<min(start + rowsAtHand, places.upperBound)
        let gradients = unsafe node.gradients(some, room: room)
        for number in blocks {
          unsafe addCombinations(
            of: rows.blocks[number], in: rows, node: node, places: some, gradients,
            to: cells.base + layout.blockOffsets[number])
        }
      }
    }
  }

  /// - Parameter gradients: those of `places`.
  private static func addCombinations(
    of block: JointRows.Block, in rows: JointRows, node: NodeRows, places: Range<Int>,
    _ gradients: UnsafePointer<GradientSum>, to cells: Cells
  ) {
    let codes = unsafe UnsafePointer(rows.codes.base + block.firstCode)
    let (stride, width) = (rows.codesPerRow, block.codeCount)
    let start = node.range.lowerBound + places.lowerBound
    guard let indices = node.indices else {
      let first = unsafe codes + start * stride
      for place in 0..<places.count {
        unsafe add(gradients[place], first + place &* stride, width, cells)
      }
      return
    }
    let first = unsafe UnsafePointer(indices.base + start)
    let last = places.count &- 1
    for place in 0..<places.count {
      let ahead = unsafe Int(truncatingIfNeeded: first[min(place &+ rowsAhead, last)])
      unsafe prefetch_for_reading(codes + ahead &* stride)
      let row = unsafe Int(truncatingIfNeeded: first[place])
      unsafe add(gradients[place], codes + row &* stride, width, cells)
    }
  }

  @inline(__always)
  private static func add(
    _ gradient: GradientSum, _ codes: UnsafePointer<UInt16>, _ count: Int, _ cells: Cells
  ) {
    unsafe addFour(gradient, codes, cells)
    if count > 4 { unsafe addFour(gradient, codes + 4, cells) }
  }

  @inline(__always)
  private static func addFour(
    _ gradient: GradientSum, _ codes: UnsafePointer<UInt16>, _ cells: Cells
  ) {
    unsafe addOne(gradient, codes[0], cells)
    unsafe addOne(gradient, codes[1], cells)
    unsafe addOne(gradient, codes[2], cells)
    unsafe addOne(gradient, codes[3], cells)
  }

  /// - Parameter code: twice the number of the cell.
  @inline(__always)
  private static func addOne(_ gradient: GradientSum, _ code: UInt16, _ cells: Cells) {
    let cell = unsafe UnsafeMutableRawPointer(cells) + Int(code) &* 8
    unsafe cell.assumingMemoryBound(to: GradientSum.self).pointee &+= gradient
  }

  /// Sums the combinations of a block up to the histograms of its columns, and clears them.
  /// - Parameters:
  ///   - combinations: cells by the layout; those of the block are zero afterwards.
  ///   - histogram: set in all cells of the block's columns.
  package static func spread(
    block number: Int, from combinations: Buffer<GradientSum>, in rows: JointRows,
    layout: HistogramLayout, columns: [BinnedColumn<UInt8>], to histogram: Buffer<GradientSum>
  ) {
    let block = rows.blocks[number]
    let start = unsafe combinations.base + layout.blockOffsets[number]
    for group in block.groups {
      let joint = rows.groups[group]
      let source = unsafe start + rows.firstCells[group]
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
    unsafe start.update(repeating: .zero, count: block.cellCount)
  }

  /// Adds rows to the histograms of a block's columns, without combinations: for few rows.
  /// - Parameter histogram: set in all cells of the block's columns.
  package static func addLoosely(
    block number: Int, in rows: JointRows, node: NodeRows, layout: HistogramLayout,
    columns: [BinnedColumn<UInt8>], to histogram: Buffer<GradientSum>
  ) {
    for group in rows.blocks[number].groups {
      let joint = rows.groups[group]
      for (member, codes) in zip(joint.members, joint.memberCodes) {
        let cells = unsafe histogram.base + layout.offsets[member]
        unsafe cells.update(repeating: .zero, count: columns[member].codeCount)
        for place in 0..<node.range.count {
          let combination = rows.combination(of: node.row(place), group: group)
          unsafe cells[Int(codes.base[combination])] &+= node.gradient(place)
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
