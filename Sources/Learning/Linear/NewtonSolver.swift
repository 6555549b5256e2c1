import Foundation
import LinearAlgebra

/// Where a solver ended and how sure it is.
struct Optimum: Sendable {
  let coefficients: Vector
  let objective: Double
  /// Newton steps taken.
  let iterations: Int
  /// Whether the tolerance was reached.
  let isConverged: Bool
  /// What is left to gain, as a part of the objective: that above `LogisticProblem.lowerBound`, the
  /// bound of `NewtonSolver.certified`, or what the last step could gain by the quadratic model
  /// before it was taken.
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

  /// The relative gap from which on a step may end the fit: it squares the gap, about.
  private static let nearGap = 1e-3

  /// The gap says little of the last digits of coefficients, as it falls with the square of what
  /// they are off; so the gradient has a bound, too.
  private var largestNorm: Double { 1e-2 * tolerance.squareRoot() }

  /// - Parameter starts: at least one; the fit begins at the one with the lowest objective.
  /// - Throws: `FitError.separableClasses`; `FitError.notConverged` where the last step still
  ///   promised a gain that is not small.
  func minimize(from starts: [Vector]) throws(FitError) -> Optimum {
    var point = SolverPoint(starts[0], of: problem)
    for start in starts.dropFirst() {
      let other = SolverPoint(start, of: problem)
      if other.objective < point.objective { point = other }
    }
    var iterations = 0
    var gap = Double.infinity
    /// The least that a lower bound of the objective has left open.
    var bound: Double?
    var factor: KeptFactor?
    while iterations < maximumIterations && point.objective.isFinite {
      iterations += 1
      let step = step(from: point, near: factor, gap: gap)
      gap = step.expectedGain / point.objective
      let next = next(after: point, step: step) ?? polished(point, step: step)
      factor = step.factor
      if let next {
        point = next
        factor?.drift += point.largestChange
      }
      if let known = boundedGap(at: point, promised: gap) {
        bound = min(known.gap, bound ?? known.gap)
        if known.gap <= tolerance && known.norm <= largestNorm {
          return Optimum(
            coefficients: point.coefficients, objective: point.objective, iterations: iterations,
            isConverged: true, relativeGap: known.gap, gradientNorm: known.norm)
        }
      } else if abs(gap) <= tolerance || (next == nil && abs(gap) <= Self.roundingFloor) {
        return optimum(at: point, iterations: iterations, gap: gap, isConverged: true)
      }
      if next == nil { break }
      if let optimum = certified(point, after: step, iterations: iterations, factor) {
        return optimum
      }
      if problem.penalty.isAbsent && problem.separates(point.margins) { throw .separableClasses }
    }
    guard min(abs(gap), bound ?? .infinity) <= Self.usefulGap else {
      throw .notConverged(iterations: iterations, gradientNorm: gradientNorm(at: point))
    }
    return optimum(
      at: point, iterations: iterations, gap: bound ?? gap,
      isConverged: bound.map { $0 <= tolerance } ?? false)
  }

  /// How far the objective is above the optimum, as a part of it, at most; nil where no lower bound
  /// is to be had, or where the last step promised so much that it is not worth its time. With it
  /// the largest component of the smallest subgradient, per unit of row weight.
  private func boundedGap(
    at point: SolverPoint, promised gap: Double
  ) -> (gap: Double, norm: Double)? {
    guard problem.hasLowerBound, abs(gap) <= Self.nearGap else { return nil }
    let (bound, gradient) = problem.lowerBoundAndGradient(
      at: point.coefficients, margins: point.margins)
    let norm = largestResidual(gradient, at: point) / problem.loss.weights.reduce(0, +)
    return (max(0, point.objective - bound) / point.objective, norm)
  }

  /// The point as the optimum, if what is left to gain there is known to be within the tolerance:
  /// from the gradient and an earlier Hessian, which spares the Hessian of all rows.
  ///
  /// The logarithm of a row's curvature changes no faster than its margin (with several classes,
  /// than four times the largest of its margins; Bach, "Self-concordant analysis for logistic
  /// regression", Electron. J. Stat. 4, 2010). So the Hessian falls by a known factor at most, on
  /// the steps taken and once more on the way that is left, which is shorter.
  private func certified(
    _ point: SolverPoint, after step: SolverStep, iterations: Int, _ factor: KeptFactor?
  ) -> Optimum? {
    guard let factor, step.expectedGain <= Self.nearGap * point.objective else { return nil }
    let change = (problem.loss.outputCount == 1 ? 1 : 4) * factor.drift
    guard change < 1 else { return nil }
    let gradient = problem.gradient(at: point.coefficients, margins: point.margins)
    let gain = exp(2 * change) * dot(gradient, factor.cholesky.solve(gradient)) / 2
    let gap = gain / point.objective
    let norm = largestResidual(gradient, at: point) / problem.loss.weights.reduce(0, +)
    guard gap <= tolerance, norm <= largestNorm else { return nil }
    return Optimum(
      coefficients: point.coefficients, objective: point.objective, iterations: iterations,
      isConverged: true, relativeGap: gap, gradientNorm: norm)
  }

  /// The point near the lowest along the step; nil where none is lower.
  private func next(after point: SolverPoint, step: SolverStep) -> SolverPoint? {
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

  /// The end of a step that gains less than can be seen in the objective, where it can be seen in
  /// the lower bound: that falls short in proportion to what coefficients are off, and so much
  /// sooner than the objective exceeds, which it does in proportion to the square.
  private func polished(_ point: SolverPoint, step: SolverStep) -> SolverPoint? {
    guard problem.hasLowerBound, abs(step.expectedGain) <= Self.roundingFloor * point.objective
    else { return nil }
    let table = problem.margins(of: step.direction)
    let moved = point.coefficients.moved(by: 1, along: step.direction)
    let loss = problem.loss(at: point.margins, step: 1, direction: table)
    let end = point.moved(
      by: 1, along: step.direction, table: table,
      objective: loss.value + problem.penalty.value(at: moved))
    return problem.lowerBound(at: end.margins) > problem.lowerBound(at: point.margins) ? end : nil
  }

  private func optimum(
    at point: SolverPoint, iterations: Int, gap: Double, isConverged: Bool
  ) -> Optimum {
    Optimum(
      coefficients: point.coefficients, objective: point.objective, iterations: iterations,
      isConverged: isConverged, relativeGap: max(0, gap), gradientNorm: gradientNorm(at: point))
  }

  private func gradientNorm(at point: SolverPoint) -> Double {
    let slopes = problem.gradient(at: point.coefficients, margins: point.margins)
    return largestResidual(slopes, at: point) / problem.loss.weights.reduce(0, +)
  }

  /// The largest component of the smallest subgradient.
  func largestResidual(_ slopes: Vector, at point: SolverPoint) -> Double {
    slopes.indices.map { index in
      optimalityResidual(
        slope: slopes[index], coefficient: point.coefficients[index],
        l1: problem.penalty.l1[index])
    }.max() ?? 0
  }
}
