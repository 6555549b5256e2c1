import FeatureTables
import Learning
import LinearAlgebra
import Testing

/// The minimum is known by its subgradient (Karush, Kuhn and Tucker): the slope is minus or plus
/// `l1` where a coefficient is not 0, and within `l1` of 0 where it is.
@Suite struct PenalizedQuadraticTests {
  /// Least squares over columns of heavy tails, as counts of flows are; those from 6 on are sums,
  /// copies and multiples of the others, and nearly so.
  private func columns(_ count: Int, seed: UInt64) -> Matrix {
    var generator = RandomGenerator(seed: seed)
    var rows = Matrix(rowCount: count, columnCount: 14)
    for row in 0..<count {
      for column in 0..<6 {
        let value = generator.uniform()
        rows[row, column] = value * value / (0.02 + generator.uniform()) - 0.5
      }
      rows[row, 6] = rows[row, 0] + rows[row, 1]
      rows[row, 7] = rows[row, 2]
      rows[row, 8] = -3 * rows[row, 3]
      rows[row, 9] = rows[row, 6] - rows[row, 4]
      rows[row, 10] = rows[row, 5] + 1e-5 * generator.uniform()
      rows[row, 11] = rows[row, 0] - rows[row, 1] + 1e-9 * generator.uniform()
      rows[row, 13] = 1
    }
    return rows
  }

  /// - Parameter l1: of all coefficients but the last, which is free.
  private func quadratic(l1: Double, seed: UInt64, isWarm: Bool) -> PenalizedQuadratic {
    let rows = columns(60, seed: seed)
    var generator = RandomGenerator(seed: seed + 1)
    var hessian = SymmetricMatrix(order: 14)
    var workspace = GramWorkspace()
    let weights = (0..<60).map { _ in generator.uniform() }
    hessian.addGram(of: rows, weights: weights, using: &workspace)
    let targets = weights.map { $0 * (4 * generator.uniform() - 2) }
    // A start with all coefficients in play, the dependent ones too.
    let origin = (0..<14).map { _ in isWarm ? 4 * generator.uniform() - 2 : 0 }
    var gradient = rows.transposedTimes(targets)
    gradient.add(1, times: hessian.times(origin))
    return PenalizedQuadratic(
      hessian: hessian, gradient: gradient, l1: Array(repeating: l1, count: 13) + [0],
      origin: origin)
  }

  @Test(arguments: [1e-4, 0.01, 0.3, 3, 1e3], [true, false])
  func subgradientIsZero(l1: Double, isWarm: Bool) {
    for seed in 0..<20 as Range<UInt64> {
      let quadratic = quadratic(l1: l1, seed: seed, isWarm: isWarm)
      let minimum = quadratic.minimizer(objective: .infinity)
      let change = zip(minimum, quadratic.origin).map { $0 - $1 }
      let slopes = zip(quadratic.gradient, quadratic.hessian.times(change)).map { $0 + $1 }
      for (index, slope) in slopes.enumerated() {
        let bound = index == 13 ? 0 : l1
        let residual =
          minimum[index] == 0
          ? max(0, abs(slope) - bound) : abs(slope + (minimum[index] > 0 ? bound : -bound))
        #expect(residual < 1e-7 * (1 + l1), "coefficient \(index), seed \(seed)")
      }
    }
  }
}
