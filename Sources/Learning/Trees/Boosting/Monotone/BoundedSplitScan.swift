/// Looks for the best test of a node whose leaves have to keep to bounds and to the directions of
/// columns.
struct BoundedSplitScan: Sendable {
  let limits: GrowthLimits
  /// The sum over the node's rows.
  let total: GradientSum
  let bounds: StepBounds

  /// Tries the ends of the first `bins` bins of `binCount`; `best.gain` holds the score to exceed.
  func scan(
    _ cells: Buffer<GradientSum>, at offset: Int, bins: Int, of binCount: Int, start: GradientSum,
    into best: inout GradientSplit
  ) {
    let scale = limits.scale
    var filter = SplitFilter(limits: limits, total: total, score: best.gain)
    var left = start
    for bin in 0..<max(0, bins) {
      let cell = cells[offset + bin]
      if scale.count(cell) == 0 { continue }
      left &+= cell
      let right = total &- left
      if scale.count(left) < limits.minSamplesLeaf { continue }
      if scale.count(right) < limits.minSamplesLeaf { return }
      guard filter.passes(left) else { continue }
      let hessians = (scale.hessian(left), scale.hessian(right))
      let gradients = (scale.gradient(left), scale.gradient(right))
      let steps = (
        limits.step(gradient: gradients.0, hessian: hessians.0, within: bounds),
        limits.step(gradient: gradients.1, hessian: hessians.1, within: bounds)
      )
      switch limits.direction(of: best.column, testsLastBin: bin + 1 == binCount) {
      case .increasing where steps.0 > steps.1, .decreasing where steps.0 < steps.1: continue
      default: break
      }
      let score =
        limits.score(gradient: gradients.0, hessian: hessians.0, step: steps.0)
        + limits.score(gradient: gradients.1, hessian: hessians.1, step: steps.1)
      guard score > best.gain else { continue }
      best.gain = score
      filter.raise(to: score)
      best.bin = bin
      best.left = left
      best.missingGoesLeft = scale.count(start) > 0
    }
  }
}
