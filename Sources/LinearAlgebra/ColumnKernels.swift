/// The loops over the elements of a column. They use pointers: a bounds check for each element
/// takes longer than the work, and keeps it from being done two elements at a time.
extension Matrix {
  /// Sets a column to standardized values: (value - center) * factor, and 0 for NaN.
  /// - Parameters:
  ///   - source: where the values are, from `start` on, one for each row.
  public mutating func setColumn(
    _ column: Int, standardizing source: [Double], from start: Int, center: Double, factor: Double
  ) {
    unsafe withStandardized(source, from: start, center: center, factor: factor, column: column) {
      unsafe $0.pointee = $1
    }
  }

  /// Adds standardized values, as those of `setColumn`, times a coefficient to a column.
  public mutating func addToColumn(
    _ column: Int, _ coefficient: Double, timesStandardizing source: [Double], from start: Int,
    center: Double, factor: Double
  ) {
    unsafe withStandardized(source, from: start, center: center, factor: factor, column: column) {
      unsafe $0.pointee += coefficient * $1
    }
  }

  /// Hands each element of a column to `body` with its standardized value.
  @inline(__always)
  private mutating func withStandardized(
    _ source: [Double], from start: Int, center: Double, factor: Double, column: Int,
    _ body: (UnsafeMutablePointer<Double>, Double) -> Void
  ) {
    precondition((0..<columnCount).contains(column))
    precondition(start >= 0 && start + rowCount <= source.count)
    let (count, offset) = (rowCount, column * rowCount)
    unsafe source.withUnsafeBufferPointer { source in
      unsafe values.withUnsafeMutableBufferPointer { values in
        guard let from = source.baseAddress, let to = values.baseAddress else { return }
        let (source, target) = unsafe (from + start, to + offset)
        for row in 0..<count {
          let value = unsafe (source[row] - center) * factor
          unsafe body(target + row, value == value ? value : 0)
        }
      }
    }
  }

  /// Adds the square of each element to the sum of its row.
  public func addSquares(to sums: inout [Double], from start: Int) {
    precondition(start >= 0 && start + rowCount <= sums.count)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        guard let first = values.baseAddress, let origin = sums.baseAddress else { return }
        let target = unsafe origin + start
        for column in 0..<columnCount {
          let source = unsafe first + column * rowCount
          for row in 0..<rowCount { unsafe target[row] += source[row] * source[row] }
        }
      }
    }
  }

  /// Writes the chosen rows, each times its factor, to the front of `target`, column by column.
  /// - Parameters:
  ///   - rows: ascending.
  ///   - factors: one for each of `rows`.
  func scaleRows(_ rows: [Int], by factors: [Double], into target: inout [Double]) {
    precondition(rows.count == factors.count && rows.count * columnCount <= target.count)
    precondition((rows.last ?? 0) < max(rowCount, 1))
    let isWhole = rows.count == rowCount
    let (rows, factors) = (rows.span, factors.span)
    unsafe values.withUnsafeBufferPointer { values in
      unsafe target.withUnsafeMutableBufferPointer { target in
        guard let first = values.baseAddress, let place = target.baseAddress else { return }
        for column in 0..<columnCount {
          let source = unsafe first + column * rowCount
          let target = unsafe place + column * rows.count
          if isWhole {
            for row in rows.indices { unsafe target[row] = source[row] * factors[row] }
          } else {
            for row in rows.indices { unsafe target[row] = source[rows[row]] * factors[row] }
          }
        }
      }
    }
  }
}
