import LinearAlgebra
import Testing

@Suite struct UpdatableCholeskyTests {
  private func gram(of rows: Matrix) -> SymmetricMatrix {
    var result = SymmetricMatrix(order: rows.columnCount)
    var workspace = GramWorkspace()
    let weights = Array(repeating: 1.0, count: rows.rowCount)
    result.addGram(of: rows, weights: weights, using: &workspace)
    return result
  }

  /// Whatever was added and removed before, solutions are those of the matrix that is left.
  @Test func solvesWhatIsLeft() {
    let order = 25
    let matrix = gram(of: randomMatrix(60, order, seed: 41))
    var factor = UpdatableCholesky(capacity: order)
    var kept: [Int] = []
    func add(_ index: Int) {
      let row = kept.map { matrix[$0, index] }
      let isAdded = factor.append(row: row, diagonal: matrix[index, index])
      #expect(isAdded)
      kept.append(index)
    }
    func check() {
      let expected = randomVector(kept.count, seed: 42)
      let rightSide = matrix.principal(kept).times(expected)
      #expect(factor.order == kept.count)
      #expect(distance(factor.solve(rightSide), expected) < 1e-10)
    }
    check()
    for index in 0..<order { add(index) }
    check()
    // The first, the last, the middle; again and again.
    for _ in 0..<6 {
      for position in [0, kept.count - 2, kept.count / 2] {
        factor.remove(position)
        kept.remove(at: position)
        check()
      }
      add((0..<order).first { !kept.contains($0) } ?? 0)
      check()
    }
    while !kept.isEmpty {
      factor.remove(kept.count / 3)
      kept.remove(at: kept.count / 3)
      check()
    }
    add(7)
    check()
  }

  @Test func dependentRowsAreNotAdded() {
    // Column 2 is the sum of the others.
    var rows = randomMatrix(30, 3, seed: 43)
    for row in 0..<30 { rows[row, 2] = rows[row, 0] + rows[row, 1] }
    let matrix = gram(of: rows)
    var factor = UpdatableCholesky(capacity: 3)
    func add(_ index: Int, to kept: [Int]) -> Bool {
      factor.append(row: kept.map { matrix[$0, index] }, diagonal: matrix[index, index])
    }
    #expect([add(0, to: []), add(1, to: [0]), add(2, to: [0, 1])] == [true, true, false])
    #expect(factor.order == 2)
    factor.remove(0)
    #expect([add(2, to: [1])] == [true])
    var empty = UpdatableCholesky(capacity: 1)
    let isAdded = empty.append(row: [], diagonal: 0)
    #expect(!isAdded)
  }
}
