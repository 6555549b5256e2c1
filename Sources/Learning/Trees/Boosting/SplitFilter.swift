/// Tells tests that may be the best of a node from the many that cannot, without a division.
///
/// With C = H + l2 of each part, and G and C without a mark the sums over both parts, the scores
/// of the parts add up to G^2 / C + (G_left C - G C_left)^2 / (C C_left C_right): one part says it
/// all. A bounded step scores less than the free one of this formula, and passes too.
///
/// Works on the integers of the histogram: their units are powers of two, which change no digit.
struct SplitFilter {
  private let limits: GrowthLimits
  private let gradient: Double
  private let hessian: Double
  private let curvature: Double
  private let l2: Double
  private let minChildWeight: Double
  /// What the square of the difference is to reach, for each unit of both curvatures.
  private var threshold = 0.0

  /// Room for rounding; a test that passes for nothing costs a division.
  private static let slack = 1e-6

  /// - Parameters:
  ///   - total: the sum over the node's rows.
  ///   - score: what the scores of both parts are to exceed.
  init(limits: GrowthLimits, total: GradientSum, score: Double) {
    self.limits = limits
    let unit = limits.scale.hessianUnit
    gradient = limits.scale.wholeGradient(total)
    hessian = limits.scale.wholeHessian(total)
    l2 = (limits.l2 + GrowthLimits.epsilon) / unit
    curvature = hessian + 2 * l2
    minChildWeight = limits.minChildWeight / unit
    raise(to: score)
  }

  mutating func raise(to score: Double) {
    let scale = limits.scale
    let inUnits = score * scale.hessianUnit / (scale.gradientUnit * scale.gradientUnit)
    let square = gradient * gradient
    threshold = (inUnits * curvature - square) * (1 - SplitFilter.slack) - 1e-12 * square
  }

  /// Whether both parts have enough weight and may score more: true wherever they do.
  /// - Parameter left: the sum over the rows that go left.
  @inline(__always)
  func passes(_ left: GradientSum) -> Bool {
    let leftHessian = limits.scale.wholeHessian(left)
    guard min(leftHessian, hessian - leftHessian) >= minChildWeight else { return false }
    let leftCurvature = leftHessian + l2
    let difference = limits.scale.wholeGradient(left) * curvature - gradient * leftCurvature
    return difference * difference >= threshold * leftCurvature * (curvature - leftCurvature)
  }
}
