import LinearAlgebra
import Testing

@Suite struct ConjugateGradientsTests {
  /// A tridiagonal matrix, and its part on the diagonal as the neighbour that is factored.
  private func matrices(order: Int) -> (matrix: SymmetricMatrix, diagonal: SymmetricMatrix) {
    var (matrix, diagonal) = (SymmetricMatrix(order: order), SymmetricMatrix(order: order))
    for index in 0..<order {
      matrix[index, index] = 3 + Double(index)
      diagonal[index, index] = 3 + Double(index)
      if index > 0 { matrix[index, index - 1] = -1 }
    }
    return (matrix, diagonal)
  }

  @Test func solutionIsThatOfTheFactoredMatrix() throws {
    let (matrix, diagonal) = matrices(order: 30)
    let rightSide = (0..<30).map { Double($0 % 4) - 1 }
    let found = try #require(
      ConjugateGradients(
        rightSide, preconditioner: Cholesky(diagonal), tolerance: 1e-13, maximumProducts: 60
      ) { matrix.times($0) })
    let expected = Cholesky(matrix).solve(rightSide)
    for (value, other) in zip(found.solution, expected) { #expect(abs(value - other) < 1e-12) }
    let image = matrix.times(found.solution)
    for index in 0..<30 {
      #expect(abs(rightSide[index] - image[index] - found.residual[index]) < 1e-12)
    }
  }

  @Test func theMatrixItselfAsPreconditionerTakesOneProduct() {
    let (matrix, _) = matrices(order: 12)
    let rightSide = (0..<12).map { 1 / (1 + Double($0)) }
    var products = 0
    _ = ConjugateGradients(
      rightSide, preconditioner: Cholesky(matrix), tolerance: 1e-6, maximumProducts: 5
    ) {
      products += 1
      return matrix.times($0)
    }
    #expect(products == 1)
  }

  @Test func nothingWhereProductsRunOutOrTheMatrixIsIndefinite() {
    let (matrix, diagonal) = matrices(order: 30)
    let rightSide = Vector(repeating: 1, count: 30)
    let factor = Cholesky(diagonal)
    #expect(
      ConjugateGradients(
        rightSide, preconditioner: factor, tolerance: 1e-12, maximumProducts: 2
      ) { matrix.times($0) } == nil)
    #expect(
      ConjugateGradients(
        rightSide, preconditioner: factor, tolerance: 1e-12, maximumProducts: 90
      ) { matrix.times($0).map { -$0 } } == nil)
  }
}
