import FeatureTables

/// The rows of a node, and the gradients of all rows.
package struct NodeRows: Sendable {
  /// Indices of rows, of which the node has those in `range`; nil where the node has the rows
  /// `range` themselves.
  let indices: Buffer<Int32>?
  let range: Range<Int>
  /// One a row of the table, from `gradientOffset`.
  private let gradients: Buffer<GradientSum>
  private let gradientOffset: Int

  /// - Parameter indices: each less than the number of gradients from `gradientOffset`.
  package init(
    indices: Buffer<Int32>?, range: Range<Int>, gradients: Buffer<GradientSum>, gradientOffset: Int
  ) {
    precondition(range.lowerBound >= 0 && gradientOffset >= 0 && gradientOffset <= gradients.count)
    precondition(range.upperBound <= indices?.count ?? (gradients.count - gradientOffset))
    self.indices = indices
    self.range = range
    self.gradients = gradients
    self.gradientOffset = gradientOffset
  }

  /// One of the rows, counted from 0.
  @inline(__always)
  func row(_ number: Int) -> Int {
    let place = range.lowerBound &+ number
    guard let indices else { return place }
    return Int(truncatingIfNeeded: unsafe indices.base[place])
  }

  /// The gradient of one of the rows.
  @inline(__always)
  func gradient(_ number: Int) -> GradientSum {
    unsafe gradients.base[gradientOffset &+ row(number)]
  }

  /// The gradients of some rows side by side: where they lie, or copied to `room`.
  @inline(__always)
  func gradients(
    _ places: Range<Int>, room: UnsafeMutablePointer<GradientSum>
  ) -> UnsafePointer<GradientSum> {
    guard indices != nil else {
      return unsafe UnsafePointer(
        gradients.base + gradientOffset + range.lowerBound + places.lowerBound)
    }
    for place in places { unsafe room[place &- places.lowerBound] = gradient(place) }
    return unsafe UnsafePointer(room)
  }

  /// The sum over all rows of the node.
  package func sum(parallel: Parallel) -> GradientSum {
    let parts = parallel.mapBlocks(rowCount: range.count, rowsPerBlock: 1 << 16) { places in
      var total = GradientSum.zero
      for place in places { total &+= gradient(place) }
      return total
    }
    return parts.reduce(.zero, &+)
  }
}
