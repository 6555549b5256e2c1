import LinearAlgebra
import Testing

@Suite struct CholeskyTests {
  private func gram(of rows: Matrix) -> SymmetricMatrix {
    var result = SymmetricMatrix(order: rows.columnCount)
    var workspace = GramWorkspace()
    let weights = Array(repeating: 1.0, count: rows.rowCount)
    result.addGram(of: rows, weights: weights, using: &workspace)
    return result
  }

  @Test func solutionInClosedForm() {
    // (4 2; 2 3) x = (2; 5) has the solution (-1/2; 2).
    var matrix = SymmetricMatrix(order: 2)
    (matrix[0, 0], matrix[1, 0], matrix[1, 1]) = (4, 2, 3)
    let factor = Cholesky(matrix)
    #expect(factor.rank == 2)
    #expect(distance(factor.solve([2, 5]), [-0.5, 2]) < 1e-15)
    #expect(Cholesky(SymmetricMatrix(order: 0)).solve([]) == [])
  }

  @Test func solutionSolves() {
    let matrix = gram(of: randomMatrix(90, 40, seed: 11))
    let expected = randomVector(40, seed: 12)
    let factor = Cholesky(matrix)
    #expect(factor.rank == 40)
    #expect(distance(factor.solve(matrix.times(expected)), expected) < 1e-12)
  }

  @Test func sizesOfColumnsDoNotMatter() {
    var rows = randomMatrix(60, 5, seed: 13)
    for row in 0..<60 {
      rows[row, 1] *= 1e9
      rows[row, 3] *= 1e-7
    }
    let matrix = gram(of: rows)
    let expected: Vector = [1, 2e-9, 3, 4e7, 5]
    let factor = Cholesky(matrix)
    #expect(factor.rank == 5)
    let solution = factor.solve(matrix.times(expected))
    for (value, wanted) in zip(solution, expected) { #expect(abs(value / wanted - 1) < 1e-10) }
  }

  @Test func singularMatrixHasItsRankAndASolution() {
    // Column 2 is column 0, column 4 is 0, column 5 is the sum of 1 and 3.
    var rows = randomMatrix(30, 6, seed: 14)
    for row in 0..<30 {
      rows[row, 2] = rows[row, 0]
      rows[row, 4] = 0
      rows[row, 5] = rows[row, 1] + rows[row, 3]
    }
    let matrix = gram(of: rows)
    let rightSide = matrix.times([1, 2, 3, 4, 5, 6])
    let factor = Cholesky(matrix)
    #expect(factor.rank == 3)
    #expect(Set(factor.pivots) == Set(0..<6))
    let solution = factor.solve(rightSide)
    #expect(distance(matrix.times(solution), rightSide) < 1e-11)
    for dependent in factor.pivots[3...] { #expect(solution[dependent] == 0) }
  }

  @Test func matrixOfZerosHasRankZero() {
    let factor = Cholesky(SymmetricMatrix(order: 3))
    #expect(factor.rank == 0)
    #expect(factor.solve([1, 2, 3]) == [0, 0, 0])
  }
}
