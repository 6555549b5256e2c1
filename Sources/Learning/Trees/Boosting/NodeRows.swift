import FeatureTables

/// The rows of a node, and the gradients of all rows.
@safe package struct NodeRows: Sendable {
  private let allIndices: Buffer<Int32>?
  private let allGradients: Buffer<GradientSum>
  private let gradientOffset: Int
  /// Which rows those are: those at these places of the indices, or without indices themselves.
  let range: Range<Int>

  /// - Parameters:
  ///   - indices: of rows, of which the node has those in `range`, each less than the number of
  ///     gradients from `gradientOffset`; nil where the node has the rows `range` themselves.
  ///   - gradients: one a row of the table, from `gradientOffset`.
  package init(
    indices: Buffer<Int32>?, range: Range<Int>, gradients: Buffer<GradientSum>, gradientOffset: Int
  ) {
    precondition(range.lowerBound >= 0 && gradientOffset >= 0 && gradientOffset <= gradients.count)
    precondition(range.upperBound <= indices?.count ?? (gradients.count - gradientOffset))
    allIndices = indices
    self.range = range
    allGradients = gradients
    self.gradientOffset = gradientOffset
  }

  /// The indices of the rows of the node, or nil where it has those of `range` themselves.
  var indices: UnsafePointer<Int32>? {
    unsafe allIndices.map { unsafe UnsafePointer($0.base + range.lowerBound) }
  }

  /// By the row of the table.
  var gradients: UnsafePointer<GradientSum> {
    unsafe UnsafePointer(allGradients.base + gradientOffset)
  }

  /// One of the rows, counted from 0.
  @inline(__always)
  func row(_ number: Int) -> Int {
    let place = range.lowerBound &+ number
    guard let allIndices else { return place }
    return Int(truncatingIfNeeded: unsafe allIndices.base[place])
  }

  /// The sum over all rows of the node.
  package func sum(parallel: Parallel) -> GradientSum {
    let parts = parallel.mapBlocks(rowCount: range.count, rowsPerBlock: 1 << 16) { places in
      var total = GradientSum.zero
      for place in places { unsafe total &+= gradients[row(place)] }
      return total
    }
    return parts.reduce(.zero, &+)
  }
}
