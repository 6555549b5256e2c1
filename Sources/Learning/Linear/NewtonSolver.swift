import LinearAlgebra

/// Where a solver ended and how sure it is.
struct Optimum: Sendable {
  let coefficients: Vector
  let objective: Double
  /// Newton steps taken.
  let iterations: Int
  /// Whether the tolerance was reached.
  let isConverged: Bool
  /// How much the last step could still gain by the quadratic model before it was taken, as a
  /// part of the objective.
  let relativeGap: Double
  /// The largest component of the smallest subgradient, per unit of row weight.
  let gradientNorm: Double
}

/// Minimizes a `LogisticProblem` by Newton's method with a line search; with L1 by
/// the proximal form of it (Lee, Sun, Saunders, "Proximal Newton-type methods for minimizing
/// composite functions", SIAM J. Optim. 24, 2014).
struct NewtonSolver: Sendable {
  let problem: LogisticProblem
  /// The relative gap at which to stop.
  let tolerance: Double
  let maximumIterations: Int

  /// What rounding leaves of the objective, relative to it: no step can be seen to gain less.
  private static let roundingFloor = 1e-12
  /// The relative gap at which coefficients are of use although the tolerance was not reached.
  private static let usefulGap = 1e-4
  /// How far a step with L1 takes a coefficient that the loss leaves without curvature, over
  /// standardized columns.
  private static let flatReach = 1e5

  /// - Throws: `FitError.separableClasses`; `FitError.notConverged` where the last step still
  ///   promised a gain that is not small.
  func minimize(from start: Vector) throws(FitError) -> Optimum {
    var point = Point(start, of: problem)
    var iterations = 0
    var gap = Double.infinity
    while iterations < maximumIterations && point.objective.isFinite {
      iterations += 1
      let step = step(from: point)
      gap = step.expectedGain / point.objective
      let next = next(after: point, step: step)
      if let next { point = next }
      if abs(gap) <= tolerance || (next == nil && abs(gap) <= Self.roundingFloor) {
        return optimum(at: point, iterations: iterations, gap: gap, isConverged: true)
      }
      if next == nil { break }
      if problem.penalty.isAbsent && problem.separates(point.margins) { throw .separableClasses }
    }
    guard abs(gap) <= Self.usefulGap else {
      throw .notConverged(iterations: iterations, gradientNorm: gradientNorm(at: point))
    }
    return optimum(at: point, iterations: iterations, gap: gap, isConverged: false)
  }

  /// The step to the minimum of the quadratic model.
  private func step(from point: Point) -> Step {
    let (gradient, hessian) = problem.expansion(
      at: point.coefficients, margins: point.margins)
    let direction: Vector
    if problem.penalty.isSmooth {
      direction = Cholesky(hessian).solve(gradient.map { -$0 })
    } else {
      let model = PenalizedQuadratic(
        hessian: damped(hessian, gradient: gradient, at: point), gradient: gradient,
        l1: problem.penalty.l1, origin: point.coefficients)
      direction = model.minimizer(objective: point.objective).moved(
        by: -1, along: point.coefficients)
    }
    let target = point.coefficients.moved(by: 1, along: direction)
    let slope =
      dot(gradient, direction) + problem.penalty.absoluteValue(at: target)
      - problem.penalty.absoluteValue(at: point.coefficients)
    let curvature = dot(direction, hessian.times(direction))
    return Step(direction: direction, slope: slope, expectedGain: -slope - curvature / 2)
  }

  /// The Hessian for a step with L1, which may not be left without curvature: where rows are far on
  /// the wrong side their loss has a slope and next to none, and a step of the plain model would
  /// leave the range of numbers. Curvature that falls with the distance from the optimum keeps the
  /// speed of Newton's method (Yue, Zhou, So, "A family of inexact SQA methods for non-smooth
  /// convex minimization", Math. Program. 174, 2019).
  private func damped(
    _ hessian: SymmetricMatrix, gradient: Vector, at point: Point
  ) -> SymmetricMatrix {
    var damped = hessian
    let strength = largestResidual(gradient, at: point) / Self.flatReach
    for index in 0..<damped.order { damped[index, index] += strength }
    return damped
  }

  /// The point near the lowest along the step; nil where none is lower.
  private func next(after point: Point, step: Step) -> Point? {
    let table = problem.margins(of: step.direction)
    let found = LineSearch.minimum(value: point.objective, slope: step.slope) { length in
      let loss = problem.loss(at: point.margins, step: length, direction: table)
      let moved = point.coefficients.moved(by: length, along: step.direction)
      return LineSearch.Sample(
        length: length, value: loss.value + problem.penalty.value(at: moved),
        slope: loss.slope + problem.penalty.slope(at: moved, along: step.direction))
    }
    return found.map { sample in
      point.moved(
        by: sample.length, along: step.direction, table: table, objective: sample.value)
    }
  }

  private func optimum(
    at point: Point, iterations: Int, gap: Double, isConverged: Bool
  ) -> Optimum {
    Optimum(
      coefficients: point.coefficients, objective: point.objective, iterations: iterations,
      isConverged: isConverged, relativeGap: max(0, gap), gradientNorm: gradientNorm(at: point))
  }

  private func gradientNorm(at point: Point) -> Double {
    let slopes = problem.gradient(at: point.coefficients, margins: point.margins)
    return largestResidual(slopes, at: point) / problem.loss.weights.reduce(0, +)
  }

  /// The largest component of the smallest subgradient.
  private func largestResidual(_ slopes: Vector, at point: Point) -> Double {
    slopes.indices.map { index in
      optimalityResidual(
        slope: slopes[index], coefficient: point.coefficients[index],
        l1: problem.penalty.l1[index])
    }.max() ?? 0
  }
}

/// A step and what it promises.
private struct Step {
  let direction: Vector
  /// The derivative of the objective along the step; for L1 its upper bound.
  let slope: Double
  /// By the quadratic model.
  let expectedGain: Double
}

/// Coefficients with what is known of the objective there.
private struct Point {
  let coefficients: Vector
  let margins: [Matrix]
  let objective: Double

  init(_ coefficients: Vector, of problem: LogisticProblem) {
    self.coefficients = coefficients
    margins = problem.margins(of: coefficients)
    objective = problem.loss(at: margins) + problem.penalty.value(at: coefficients)
  }

  private init(_ coefficients: Vector, margins: [Matrix], objective: Double) {
    self.coefficients = coefficients
    self.margins = margins
    self.objective = objective
  }

  func moved(
    by length: Double, along direction: Vector, table: [Matrix], objective: Double
  ) -> Point {
    var margins = margins
    for block in margins.indices { margins[block].add(length, times: table[block]) }
    return Point(
      coefficients.moved(by: length, along: direction), margins: margins, objective: objective)
  }
}

extension Vector {
  fileprivate func moved(by length: Double, along direction: Vector) -> Vector {
    var moved = self
    moved.add(length, times: direction)
    return moved
  }
}
