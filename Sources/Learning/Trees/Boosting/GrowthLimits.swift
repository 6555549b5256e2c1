/// When a tree of boosting stops growing, and what its leaves say.
package struct GrowthLimits: Sendable {
  var leaves: Int
  /// Tests above a leaf, at most.
  var depth: Int
  var minSamplesLeaf: Int
  var minChildWeight: Double
  var minGain: Double
  var l2: Double
  var learningRate: Double
  var growth: GradientBoosting.Growth
  let scale: GradientScale

  /// Keeps a Hessian of zero from dividing, as in LightGBM.
  private static let epsilon = 1e-15

  /// What a set of rows contributes to the gain of a split: G^2 / (H + l2), twice the drop of the
  /// second-order loss (Chen and Guestrin, "XGBoost", KDD 2016, equation 6).
  @inline(__always)
  func score(gradient: Double, hessian: Double) -> Double {
    gradient * gradient / (hessian + l2 + GrowthLimits.epsilon)
  }

  func score(_ sum: GradientSum) -> Double {
    score(gradient: scale.gradient(sum), hessian: scale.hessian(sum))
  }

  /// What a leaf of these rows adds to the margin: -G / (H + l2), shrunk (equation 5 there).
  func leafValue(_ sum: GradientSum) -> Double {
    -scale.gradient(sum) / (scale.hessian(sum) + l2 + GrowthLimits.epsilon) * learningRate
  }

  /// Whether two leaves of enough rows could be made of these.
  func maySplit(_ sum: GradientSum, depth: Int) -> Bool {
    depth < self.depth && scale.count(sum) >= 2 * minSamplesLeaf
  }
}
