/// Between what the leaves of a node may move a margin, before the learning rate.
package struct StepBounds: Sendable, Equatable {
  var lowest = -Double.infinity
  var highest = Double.infinity

  package static let none = StepBounds()

  func clamped(_ step: Double) -> Double { max(lowest, min(highest, step)) }
}

extension GrowthLimits {
  /// What a leaf of these rows would move a margin, before the learning rate.
  @inline(__always)
  func step(gradient: Double, hessian: Double, within bounds: StepBounds) -> Double {
    bounds.clamped(max(-maxStep, min(maxStep, -gradient / curvature(hessian))))
  }

  /// What a set of rows contributes to the gain of a split if its step has to keep to bounds: twice
  /// the drop of the second-order loss at that step.
  @inline(__always)
  func score(gradient: Double, hessian: Double, step: Double) -> Double {
    -(2 * gradient + curvature(hessian) * step) * step
  }

  func score(_ sum: GradientSum, within bounds: StepBounds) -> Double {
    let (gradient, hessian) = (scale.gradient(sum), scale.hessian(sum))
    return score(
      gradient: gradient, hessian: hessian,
      step: step(gradient: gradient, hessian: hessian, within: bounds))
  }

  /// The bounds of the two children of a node. Where the column of the split has a direction, the
  /// steps of the children are in its order, and their middle parts all that is below them, so that
  /// no leaf on one side can ever pass one on the other (the `basic` method of LightGBM).
  func childBounds(
    of bounds: StepBounds, total: GradientSum, split: GradientSplit, binCount: Int
  ) -> (left: StepBounds, right: StepBounds) {
    guard let direction = direction(of: split.column, testsLastBin: split.bin + 1 == binCount)
    else { return (bounds, bounds) }
    let right = total &- split.left
    let middle =
      (step(
        gradient: scale.gradient(split.left), hessian: scale.hessian(split.left), within: bounds)
        + step(gradient: scale.gradient(right), hessian: scale.hessian(right), within: bounds))
      / 2
    let (lower, upper) = (
      StepBounds(lowest: bounds.lowest, highest: middle),
      StepBounds(lowest: middle, highest: bounds.highest)
    )
    return direction == .increasing ? (lower, upper) : (upper, lower)
  }

  /// The order that the children of a split have to keep; nil for none. A test of the last bin
  /// divides rows with a value from rows without, which have no place in an order.
  func direction(of column: Int, testsLastBin: Bool) -> MonotoneConstraints.Direction? {
    testsLastBin || directions.isEmpty ? nil : directions[column]
  }

  private func curvature(_ hessian: Double) -> Double { hessian + l2 + GrowthLimits.epsilon }
}
