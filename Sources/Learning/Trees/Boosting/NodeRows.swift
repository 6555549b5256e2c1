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

  /// One of the rows, counted from 0.
  @inline(__always)
  func row(_ number: Int) -> Int {
    let place = range.lowerBound &+ number
    guard let indices else { return place }
    return Int(truncatingIfNeeded: unsafe indices.base[place])
  }

  /// The sum over all rows of the node.
  package func sum() -> GradientSum {
    var total = GradientSum.zero
    for index in 0..<range.count { total &+= unsafe gradients.base[gradientOffset + index] }
    return total
  }
}
