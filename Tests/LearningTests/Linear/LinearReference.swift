import FeatureTables
import Learning
import Testing

/// A fit on synthetic rows with what another tool made of it.
struct LinearReference: CustomTestStringConvertible {
  let classCount: Int
  let penalty: Penalty
  let c: Double
  let l1Ratio: Double
  let intercept: Bool
  let standardize: Bool
  let classWeight: ClassWeight
  /// Whether row i has the weight 0.5 + 0.5 (i mod 4).
  let isWeighted: Bool
  let objective: Double
  /// The coefficients of the last row.
  let lastRow: [Double]

  var testDescription: String {
    "\(classCount) classes, \(penalty.rawValue), c=\(c), intercept=\(intercept), "
      + "standardize=\(standardize), class_weight=\(classWeight), weights=\(isWeighted)"
  }

  var learner: LogisticRegression {
    LogisticRegression(
      penalty: penalty, c: c, l1Ratio: l1Ratio, intercept: intercept, standardize: standardize,
      classWeight: classWeight)
  }

  func data() -> (matrix: FeatureMatrix, labels: Labels, weights: [Double]?) {
    let (matrix, codes) = syntheticRows(240, seed: 7)
    return (
      matrix, labels(classCount == 2 ? codes.map { min($0, 1) } : codes),
      isWeighted ? codes.indices.map { 0.5 + 0.5 * Double($0 % 4) } : nil
    )
  }
}
