import LinearAlgebra
import Testing

@Suite struct ProductTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 2), (17, 4, 33), (0, 3, 2), (3, 0, 2)])
  func matrixProductIsThatOfThreeLoops(rows: Int, inner: Int, columns: Int) {
    let left = randomMatrix(rows, inner, seed: 1)
    let right = randomMatrix(inner, columns, seed: 2)
    var expected = Matrix(rowCount: rows, columnCount: columns)
    for row in 0..<rows {
      for column in 0..<columns {
        for index in 0..<inner {
          expected[row, column] += left[row, index] * right[index, column]
        }
      }
    }
    #expect(distance(left.times(right).values, expected.values) < 1e-14)
  }

  @Test func productOfATransposeIsAddedToWhatIsThere() {
    let left = randomMatrix(9, 3, seed: 3)
    let right = randomMatrix(9, 2, seed: 4)
    var result = Matrix(rowCount: 3, columnCount: 2, values: [1, 2, 3, 4, 5, 6])
    var expected = result
    for row in 0..<3 {
      for column in 0..<2 {
        for index in 0..<9 { expected[row, column] += left[index, row] * right[index, column] }
      }
    }
    result.add(transposeOf: left, times: right)
    #expect(distance(result.values, expected.values) < 1e-14)
  }

  @Test func vectorProductsAreThoseOfTwoLoops() {
    let matrix = randomMatrix(7, 4, seed: 5)
    let (short, long) = (randomVector(4, seed: 6), randomVector(7, seed: 7))
    let forward = (0..<7).map { row in
      (0..<4).reduce(0) { $0 + matrix[row, $1] * short[$1] }
    }
    let backward = (0..<4).map { column in
      (0..<7).reduce(0) { $0 + matrix[$1, column] * long[$1] }
    }
    #expect(distance(matrix.times(short), forward) < 1e-14)
    #expect(distance(matrix.transposedTimes(long), backward) < 1e-14)
    #expect(Matrix(rowCount: 2, columnCount: 0).times([]) == [0, 0])
  }

  @Test func vectorsAddTimesAFactor() {
    var vector: Vector = [1, 2]
    vector.add(2, times: [10, 20])
    #expect(vector == [21, 42])
    vector.add(
      -1, timesColumn: 1, of: Matrix(rowCount: 2, columnCount: 2, values: [0, 0, 1, 2]))
    #expect(vector == [20, 40])
    #expect(dot(vector, [1, 0.5]) == 40)
    #expect(dot([], []) == 0)
  }
}
