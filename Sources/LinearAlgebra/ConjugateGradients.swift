/// The solution of a symmetric positive definite system of which only products with vectors are
/// known, by conjugate gradients with a factored neighbour of the matrix as preconditioner
/// (Golub, Van Loan, "Matrix Computations", section 11.5).
public struct ConjugateGradients {
  /// The approximate solution.
  public let solution: Vector
  /// The right side less the matrix's product with the solution.
  public let residual: Vector
  /// The residual's square in the norm of the inverse of the preconditioner.
  public let squaredError: Double

  /// - Parameters:
  ///   - tolerance: the part of the right side to which the residual has to get down, in the norm
  ///     of the inverse of the preconditioner.
  ///   - maximumProducts: with the matrix.
  /// - Returns: nil where that many do not suffice, or the matrix is not positive definite.
  public init?(
    _ rightSide: Vector, preconditioner: Cholesky, tolerance: Double, maximumProducts: Int,
    product: (Vector) -> Vector
  ) {
    var solution = Vector(repeating: 0, count: rightSide.count)
    var residual = rightSide
    var conditioned = preconditioner.solve(residual)
    var direction = conditioned
    var error = dot(residual, conditioned)
    let target = tolerance * tolerance * error
    var count = 0
    while error > target {
      guard count < maximumProducts else { return nil }
      count += 1
      let image = product(direction)
      let curvature = dot(direction, image)
      guard curvature > 0, error.isFinite else { return nil }
      let length = error / curvature
      solution.add(length, times: direction)
      residual.add(-length, times: image)
      conditioned = preconditioner.solve(residual)
      let next = dot(residual, conditioned)
      let share = next / error
      direction = zip(conditioned, direction).map { $0 + share * $1 }
      error = next
    }
    (self.solution, self.residual, squaredError) = (solution, residual, error)
  }
}
