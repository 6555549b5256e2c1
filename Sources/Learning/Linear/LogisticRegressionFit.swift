import Models

/// A fitted logistic regression with the solver's account of it.
public struct LogisticRegressionFit: Sendable, Equatable {
  /// What predicts.
  public let model: LinearClassifier
  /// `c` times the weighted log loss, plus the penalty.
  public let objective: Double
  /// Newton steps taken.
  public let iterations: Int
  /// Whether `relativeGap` got down to the tolerance. If not, the steps ran out, or rounding hid
  /// what was left to gain, at a gap that is small nevertheless: the model is of use, but its
  /// coefficients are known to fewer digits than were asked for.
  public let isConverged: Bool
  /// The certificate: how far the objective is above the optimum, as a part of it, at most. For two
  /// classes with L1 or an elastic net that is the duality gap; for a smooth penalty a bound from
  /// the gradient and an earlier Hessian. Where neither was to be had (L1 with more classes; a
  /// singular Hessian) it is what the quadratic model said before the last step that the step could
  /// gain, which it then took.
  public let relativeGap: Double
  /// At the end, the largest component of the smallest subgradient of the objective over
  /// standardized columns, divided by `c` times the sum of row weights (what scikit-learn's `tol`
  /// bounds).
  public let gradientNorm: Double

  init(model: LinearClassifier, optimum: Optimum) {
    self.model = model
    objective = optimum.objective
    iterations = optimum.iterations
    isConverged = optimum.isConverged
    relativeGap = optimum.relativeGap
    gradientNorm = optimum.gradientNorm
  }

  /// One row for two classes, else one a class; one number a column, in the column's own unit.
  public var coefficients: [[Double]] { model.originalCoefficients }
  /// One a row of `coefficients`: the margin where all columns are 0.
  public var intercepts: [Double] { model.originalIntercepts }
}
