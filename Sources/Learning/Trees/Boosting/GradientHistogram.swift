/// The rows of a node with their gradients.
package struct NodeRows: Sendable {
  /// Indices of rows, of which the node has those in `range`; nil where the node has the rows
  /// `range` themselves.
  let indices: Buffer<Int32>?
  let range: Range<Int>
  /// One a row of the node, in order, from `gradientOffset`.
  let gradients: Buffer<GradientSum>
  let gradientOffset: Int

  package init(
    indices: Buffer<Int32>?, range: Range<Int>, gradients: Buffer<GradientSum>, gradientOffset: Int
  ) {
    precondition(range.lowerBound >= 0 && gradientOffset >= 0)
    precondition(range.upperBound <= indices?.count ?? Int.max)
    precondition(gradientOffset + range.count <= gradients.count)
    self.indices = indices
    self.range = range
    self.gradients = gradients
    self.gradientOffset = gradientOffset
  }

  /// The sum over all rows of the node.
  package func sum() -> GradientSum {
    var total = GradientSum.zero
    for index in 0..<range.count { total &+= unsafe gradients.base[gradientOffset + index] }
    return total
  }
}

/// Adds up the gradients of a node's rows by the code of a column: the kernel that boosting spends
/// its time in.
///
/// Neighbouring rows of traffic tables mostly share a code, and an addition has to wait for the one
/// before it to the same cell; so rows go to four tables in turn, which are added at the end.
/// Integers: any order gives the same bits.
package enum GradientHistogram {
  /// Rows a code from which four tables are worth the adding.
  private static let rowsPerCode = 8

  /// - Parameter cells: set from `offset` on, one cell a code.
  package static func fill(
    _ cells: Buffer<GradientSum>, at offset: Int, column: BinnedColumn<UInt8>, node: NodeRows
  ) {
    let codeCount = column.codeCount
    precondition(offset >= 0 && offset + codeCount <= cells.count)
    precondition(node.indices != nil || node.range.upperBound <= column.codes.count)
    let target = unsafe cells.base + offset
    unsafe target.update(repeating: .zero, count: codeCount)
    if node.range.count < codeCount * rowsPerCode {
      unsafe add(column, node, to: (target, target, target, target))
      return
    }
    unsafe withUnsafeTemporaryAllocation(of: GradientSum.self, capacity: 3 * codeCount) { others in
      let base = unsafe others.baseAddress.unsafelyUnwrapped
      unsafe others.initialize(repeating: .zero)
      unsafe add(
        column, node, to: (target, base, base + codeCount, base + 2 * codeCount))
      for code in 0..<codeCount {
        unsafe target[code] &+= base[code] &+ base[codeCount &+ code] &+ base[2 * codeCount &+ code]
      }
    }
  }

  private typealias Table = UnsafeMutablePointer<GradientSum>

  // Safe: codes are less than the number of cells by construction of the column, row indices less
  // than the number of rows by construction of the partition.
  @inline(__always)
  private static func add(
    _ column: BinnedColumn<UInt8>, _ node: NodeRows, to tables: (Table, Table, Table, Table)
  ) {
    let gradients = unsafe UnsafePointer(node.gradients.base + node.gradientOffset)
    if let indices = node.indices {
      unsafe addIndexed(
        column.codes.base, indices.base + node.range.lowerBound, gradients, node.range.count,
        to: tables)
    } else {
      unsafe addInOrder(
        column.codes.base + node.range.lowerBound, gradients, node.range.count, to: tables)
    }
  }

  private static func addInOrder(
    _ codes: UnsafePointer<UInt8>, _ gradients: UnsafePointer<GradientSum>, _ count: Int,
    to tables: (Table, Table, Table, Table)
  ) {
    let (first, second, third, fourth) = unsafe tables
    var row = 0
    while row &+ 8 <= count {
      let eight = unsafe UnsafeRawPointer(codes).loadUnaligned(
        fromByteOffset: row, as: UInt64.self)
      @inline(__always) func code(_ place: UInt64) -> Int {
        Int(truncatingIfNeeded: (eight &>> (8 &* place)) & 255)
      }
      unsafe first[code(0)] &+= gradients[row]
      unsafe second[code(1)] &+= gradients[row &+ 1]
      unsafe third[code(2)] &+= gradients[row &+ 2]
      unsafe fourth[code(3)] &+= gradients[row &+ 3]
      unsafe first[code(4)] &+= gradients[row &+ 4]
      unsafe second[code(5)] &+= gradients[row &+ 5]
      unsafe third[code(6)] &+= gradients[row &+ 6]
      unsafe fourth[code(7)] &+= gradients[row &+ 7]
      row &+= 8
    }
    while row < count {
      unsafe first[Int(codes[row])] &+= gradients[row]
      row &+= 1
    }
  }

  private static func addIndexed(
    _ codes: UnsafePointer<UInt8>, _ indices: UnsafePointer<Int32>,
    _ gradients: UnsafePointer<GradientSum>, _ count: Int,
    to tables: (Table, Table, Table, Table)
  ) {
    let (first, second, third, fourth) = unsafe tables
    @inline(__always) func code(_ place: Int) -> Int {
      unsafe Int(codes[Int(truncatingIfNeeded: indices[place])])
    }
    var place = 0
    while place &+ 4 <= count {
      unsafe first[code(place)] &+= gradients[place]
      unsafe second[code(place &+ 1)] &+= gradients[place &+ 1]
      unsafe third[code(place &+ 2)] &+= gradients[place &+ 2]
      unsafe fourth[code(place &+ 3)] &+= gradients[place &+ 3]
      place &+= 4
    }
    while place < count {
      unsafe first[code(place)] &+= gradients[place]
      place &+= 1
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
