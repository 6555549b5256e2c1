import LinearAlgebra
import Testing

@Suite struct SymmetricMatrixTests {
  @Test func bothTrianglesAreOne() {
    var matrix = SymmetricMatrix(order: 3)
    matrix[0, 2] = 5
    matrix[1, 0] = 7
    #expect(matrix[2, 0] == 5 && matrix[0, 1] == 7)
    #expect(matrix.full().values == [0, 7, 5, 7, 0, 0, 5, 0, 0])
    #expect(matrix.times([1, 10, 100]) == [570, 7, 5])
    #expect(matrix.principal([2, 0]).full().values == [0, 5, 5, 0])
  }

  @Test(arguments: [(1, 1), (5, 3), (600, 7), (3, 8), (4, 0)])
  func weightedGramIsThatOfThreeLoops(rows: Int, columns: Int) {
    let matrix = randomMatrix(rows, columns, seed: 8)
    let weights = randomVector(rows, seed: 9).map { abs($0) }
    var gram = SymmetricMatrix(order: columns)
    var workspace = GramWorkspace()
    gram.addGram(of: matrix, weights: weights, using: &workspace)
    let expected = plainGram(of: matrix, weights: weights)
    #expect(distance(gram.full().values, expected.values) < 1e-12)
  }

  @Test func rowsOfWeightZeroAreLeftOutAndGramsAddUp() {
    let matrix = randomMatrix(50, 4, seed: 10)
    let weights = (0..<50).map { $0 % 3 == 0 ? 0 : Double($0) }
    var gram = SymmetricMatrix(order: 4)
    var workspace = GramWorkspace()
    gram.addGram(of: matrix, weights: Array(repeating: 1, count: 50), using: &workspace)
    gram.addGram(of: matrix, weights: weights, using: &workspace)
    gram.addGram(of: matrix, weights: Array(repeating: 0, count: 50), using: &workspace)
    let expected = plainGram(of: matrix, weights: weights.map { $0 + 1 })
    #expect(distance(gram.full().values, expected.values) < 1e-10)
  }
}
