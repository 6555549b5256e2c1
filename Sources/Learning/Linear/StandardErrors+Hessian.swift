import LinearAlgebra
import Models

extension SolverUnits {
  /// Standard errors in the units of the columns, from the Hessian at the optimum.
  ///
  /// The objective is `c` times the loss plus the penalty, so that the inverse of its Hessian is
  /// `c` times too small. A coefficient of a column is the solver's over the scale; the margin where
  /// all columns are 0 takes in the centers of all.
  /// - Returns: nil where they are not defined: with L1, at whose kinks there is no Hessian; where
  ///   the Hessian is singular; where a class has no rows.
  func standardErrors(
    at coefficients: Vector, of problem: LogisticProblem, c: Double, classes: TrainedClasses
  ) -> StandardErrors? {
    guard problem.penalty.isSmooth, classes.count == classes.allCount, width > 0 else { return nil }
    let hessian = problem.expansion(
      at: coefficients, margins: problem.margins(of: coefficients)
    ).hessian
    let factor = Cholesky(hessian)
    guard factor.rank == factor.order else { return nil }
    let covariance = Covariance(factor: factor, width: width, c: c, penalty: problem.penalty)
    var (rows, intercepts): ([[Double]], [Double]) = ([], [])
    for output in 0..<outputCount {
      var row = [Double](repeating: 0, count: scales.count)
      for (position, members) in members.enumerated() {
        let variance = covariance.variance(of: [(position, 1)], output: output)
        let error = shared(variance, among: members, c: c).squareRoot() / scales[members[0]]
        for column in isShared ? members : [members[0]] { row[column] = error }
      }
      rows.append(row)
      guard intercept else {
        intercepts.append(0)
        continue
      }
      let centering = active.enumerated().map { ($0, -centers[$1] / scales[$1]) }
      intercepts.append(
        covariance.variance(of: centering + [(width - 1, 1)], output: output).squareRoot())
    }
    return StandardErrors(coefficients: rows, intercepts: intercepts)
  }

  /// The variance of the coefficient of each of some columns that are the same, from that of their
  /// sum: only the penalty knows how they differ from each other.
  private func shared(_ variance: Double, among members: [Int], c: Double) -> Double {
    let count = Double(members.count)
    guard isShared, count > 1 else { return variance }
    let unit = standardize ? 1 : scales[members[0]]
    return variance / (count * count) + (1 - 1 / count) * c * unit * unit / penalty.l2
  }
}

/// The covariance of coefficients in the solver's units.
private struct Covariance {
  /// One a coefficient: its covariances with all.
  private let columns: [Vector]
  private let width: Int
  /// For each column of an output what `SymmetricMatrix.fixGauge` added, which is no variance; 0
  /// where the column is penalized.
  private let gauges: Vector

  init(factor: Cholesky, width: Int, c: Double, penalty: PenaltyFactors) {
    self.width = width
    columns = (0..<factor.order).map { index in
      var unit = Vector(repeating: 0, count: factor.order)
      unit[index] = c
      return factor.solve(unit)
    }
    let outputCount = factor.order / width
    gauges = (0..<width).map { [columns] column in
      guard outputCount > 1, penalty.l2[column] == 0 else { return 0 }
      let indices = (0..<outputCount).map { $0 * width + column }
      let sum = indices.reduce(0) { total, first in
        total + indices.reduce(0) { $0 + columns[first][$1] }
      }
      return sum / Double(outputCount * outputCount)
    }
  }

  /// The variance of a sum of some coefficients of one output, each times a factor.
  func variance(of terms: [(column: Int, factor: Double)], output: Int) -> Double {
    let offset = output * width
    let variance = terms.reduce(0) { sum, first in
      let covariances = columns[offset + first.column]
      let inner = terms.reduce(0) { $0 + $1.factor * covariances[offset + $1.column] }
      return sum + first.factor * (inner - first.factor * gauges[first.column])
    }
    return max(0, variance)
  }
}
