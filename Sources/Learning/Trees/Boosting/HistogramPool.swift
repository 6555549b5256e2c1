import FeatureTables

/// Room for histograms that is used again and again: fresh memory costs more than what is done in
/// it.
final class HistogramPool: Sendable {
  private let cellCount: Int
  private let isZeroed: Bool
  private let free = Pool<Buffer<GradientSum>>()

  /// - Parameter isZeroed: whether all cells are zero when room is taken; whoever gives it back
  ///   sees to it.
  init(cellCount: Int, isZeroed: Bool) {
    self.cellCount = cellCount
    self.isZeroed = isZeroed
  }

  func take() -> Buffer<GradientSum> {
    if let used = free.take() { return used }
    return isZeroed
      ? Buffer(count: cellCount, repeating: .zero) : Buffer(uninitialized: cellCount)
  }

  func give(_ buffer: Buffer<GradientSum>) { free.give(buffer) }
}
