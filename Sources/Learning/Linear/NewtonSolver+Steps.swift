import LinearAlgebra

/// How a step is found: exactly, from the Hessian of all rows, or by conjugate gradients near one
/// of before.
extension NewtonSolver {
  /// The relative gap from which on steps with L1 are those of the plain model.
  private static let undampedGap = 1e-6
  /// The relative gap from which on an earlier Hessian is worth a try.
  private static let settledGap = 0.05
  /// How far a step with L1 takes a coefficient that the loss leaves without curvature, over
  /// standardized columns. On heavy-tailed tables of 12,000 and 6,311 flows (7 classes, `c` of 1000)
  /// 1e3 took 71 and 116 steps, 1e4 58 and 87, 1e5 67 and 107.
  private static let flatReach = 1e4

  /// The step to the minimum of the quadratic model.
  /// - Parameters:
  ///   - factor: of the Hessian at an earlier point.
  ///   - gap: what the step before promised.
  func step(from point: SolverPoint, near factor: KeptFactor?, gap: Double) -> SolverStep {
    if let factor, let step = inexactStep(from: point, near: factor, gap: gap) { return step }
    return exactStep(from: point)
  }

  /// The step by conjugate gradients, where that is faster than to make the Hessian: the Hessian
  /// of an earlier point, which is factored already, makes them few near the optimum.
  private func inexactStep(from point: SolverPoint, near factor: KeptFactor, gap: Double)
    -> SolverStep?
  {
    let outputCount = problem.loss.outputCount
    guard outputCount > 1, gap <= Self.settledGap else { return nil }
    let gradient = problem.gradient(at: point.coefficients, margins: point.margins)
    let solved = ConjugateGradients(
      gradient.map { -$0 }, preconditioner: factor.cholesky,
      tolerance: min(0.1, max(0, gap).squareRoot()),
      maximumProducts: max(4, min(40, outputCount * problem.rows.width / 24))
    ) { problem.curvature(along: $0, margins: point.margins) }
    guard let solved else { return nil }
    let slope = dot(gradient, solved.solution)
    // The Hessian's product with the step is the right side less the residual.
    let curvature = -slope - dot(solved.residual, solved.solution)
    return SolverStep(
      direction: solved.solution, slope: slope,
      expectedGain: -slope - curvature / 2 + solved.squaredError, factor: factor)
  }

  private func exactStep(from point: SolverPoint) -> SolverStep {
    let (gradient, hessian) = problem.expansion(
      at: point.coefficients, margins: point.margins)
    if problem.penalty.isSmooth {
      let factor = Cholesky(hessian)
      let kept = factor.rank == factor.order ? KeptFactor(cholesky: factor) : nil
      return step(
        from: point, along: factor.solve(gradient.map { -$0 }), gradient: gradient,
        hessian: hessian, factor: kept)
    }
    let damped = damped(hessian, gradient: gradient, at: point)
    let first = step(from: point, gradient: gradient, hessian: hessian, model: damped)
    // A damped step promises less than there is to gain, so none may end the fit.
    guard first.expectedGain <= max(Self.undampedGap, tolerance) * point.objective
    else { return first }
    return step(from: point, gradient: gradient, hessian: hessian, model: hessian)
  }

  /// The step to the minimum of a quadratic model plus the absolute values of L1.
  private func step(
    from point: SolverPoint, gradient: Vector, hessian: SymmetricMatrix, model: SymmetricMatrix
  ) -> SolverStep {
    let target = PenalizedQuadratic(
      hessian: model, gradient: gradient, l1: problem.penalty.l1, origin: point.coefficients
    ).minimizer(objective: point.objective)
    return step(
      from: point, along: target.moved(by: -1, along: point.coefficients), gradient: gradient,
      hessian: hessian, factor: nil)
  }

  /// A step with what it promises.
  private func step(
    from point: SolverPoint, along direction: Vector, gradient: Vector, hessian: SymmetricMatrix,
    factor: KeptFactor?
  ) -> SolverStep {
    let target = point.coefficients.moved(by: 1, along: direction)
    let slope =
      dot(gradient, direction) + problem.penalty.absoluteValue(at: target)
      - problem.penalty.absoluteValue(at: point.coefficients)
    let curvature = dot(direction, hessian.times(direction))
    return SolverStep(
      direction: direction, slope: slope, expectedGain: -slope - curvature / 2, factor: factor)
  }

  /// The Hessian for a step with L1, which may not be left without curvature: where rows are far on
  /// the wrong side their loss has a slope and next to none, and a step of the plain model would
  /// leave the range of numbers. Curvature that falls with the distance from the optimum keeps the
  /// speed of Newton's method (Yue, Zhou, So, "A family of inexact SQA methods for non-smooth
  /// convex minimization", Math. Program. 174, 2019).
  private func damped(
    _ hessian: SymmetricMatrix, gradient: Vector, at point: SolverPoint
  ) -> SymmetricMatrix {
    var damped = hessian
    let strength = largestResidual(gradient, at: point) / Self.flatReach
    for index in 0..<damped.order { damped[index, index] += strength }
    return damped
  }
}
