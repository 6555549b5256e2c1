import LinearAlgebra

/// A step and what it promises.
struct SolverStep {
  let direction: Vector
  /// The derivative of the objective along the step; for L1 its upper bound.
  let slope: Double
  /// By the quadratic model.
  let expectedGain: Double
  /// Of a Hessian, if the objective is smooth and strictly convex.
  let factor: KeptFactor?
}

/// The factor of the Hessian at a point that was left since.
struct KeptFactor {
  let cholesky: Cholesky
  /// The most by which a margin has changed since, step by step.
  var drift = 0.0
}

/// Coefficients with what is known of the objective there.
struct SolverPoint {
  let coefficients: Vector
  let margins: [Matrix]
  let objective: Double
  /// By how much the last step changed a margin at most.
  let largestChange: Double

  init(_ coefficients: Vector, of problem: LogisticProblem) {
    self.coefficients = coefficients
    margins = problem.margins(of: coefficients)
    objective = problem.loss(at: margins) + problem.penalty.value(at: coefficients)
    largestChange = .infinity
  }

  private init(
    _ coefficients: Vector, margins: [Matrix], objective: Double, largestChange: Double
  ) {
    self.largestChange = largestChange
    self.coefficients = coefficients
    self.margins = margins
    self.objective = objective
  }

  func moved(
    by length: Double, along direction: Vector, table: [Matrix], objective: Double
  ) -> SolverPoint {
    var margins = margins
    for block in margins.indices { margins[block].add(length, times: table[block]) }
    let largest = table.map(\.largestMagnitude).max() ?? 0
    return SolverPoint(
      coefficients.moved(by: length, along: direction), margins: margins, objective: objective,
      largestChange: length * largest)
  }
}

extension Vector {
  /// This vector plus `length` times a direction.
  func moved(by length: Double, along direction: Vector) -> Vector {
    var moved = self
    moved.add(length, times: direction)
    return moved
  }
}
