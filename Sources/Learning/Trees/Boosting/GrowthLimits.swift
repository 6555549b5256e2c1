/// When a tree of boosting stops growing, and what its leaves say.
package struct GrowthLimits: Sendable {
  var leaves: Int
  /// Tests above a leaf, at most.
  var depth: Int
  var minSamplesLeaf: Int
  var minChildWeight: Double
  var minGain: Double
  var l2: Double
  var maxStep: Double
  var learningRate: Double
  var growth: GradientBoosting.Growth
  let scale: GradientScale
  /// For each column of the binned matrix the order that its splits have to keep; empty where no
  /// column has one.
  var directions: [MonotoneConstraints.Direction?] = []

  /// Keeps a Hessian of zero from dividing, as in LightGBM.
  static let epsilon = 1e-15

  /// What a set of rows contributes to the gain of a split: twice the drop of the second-order
  /// loss at the step of the leaf, which is G^2 / (H + l2) for the Newton step (Chen and Guestrin,
  /// "XGBoost", KDD 2016, equation 6).
  @inline(__always)
  func score(gradient: Double, hessian: Double) -> Double {
    let curvature = hessian + l2 + GrowthLimits.epsilon
    let slope = abs(gradient)
    return slope <= maxStep * curvature
      ? gradient * gradient / curvature : (2 * slope - curvature * maxStep) * maxStep
  }

  func score(_ sum: GradientSum) -> Double {
    score(gradient: scale.gradient(sum), hessian: scale.hessian(sum))
  }

  /// What a leaf of these rows adds to the margin: -G / (H + l2), shrunk (equation 5 there), and
  /// no more than the greatest step and the bounds of the leaf allow.
  func leafValue(_ sum: GradientSum, within bounds: StepBounds) -> Double {
    step(gradient: scale.gradient(sum), hessian: scale.hessian(sum), within: bounds) * learningRate
  }

  /// Whether two leaves of enough rows could be made of these.
  func maySplit(_ sum: GradientSum, depth: Int) -> Bool {
    depth < self.depth && scale.count(sum) >= 2 * minSamplesLeaf
  }
}
