import FeatureTables
import Learning
import LinearAlgebra
import Testing

/// A bound of the objective must hold from wherever it is seen, and be tight at the optimum.
@Suite struct LowerBoundTests {
  private let rowCount = 1_100
  private let columns = [0, 1, 2, 5]

  /// The problem of a learner on four of the synthetic columns, in the columns' own units.
  private func problem(
    _ learner: LogisticRegression, _ rows: FeatureMatrix, _ labels: Labels, l1: Double, l2: Double
  ) -> LogisticProblem {
    let zeros = learner.intercept ? [0.0] : []
    return LogisticProblem(
      rows: StandardizedRows(
        rows, columns: Array(columns.indices), centers: [0, 0, 0, 0], scales: [1, 1, 1, 1],
        hasIntercept: learner.intercept),
      loss: SoftmaxLoss(
        codes: labels.codes.map { Int($0) },
        weights: learner.classWeight.rowWeights(for: labels, weights: nil)
          .map { $0 * learner.c }, classCount: 2),
      penalty: PenaltyFactors(
        l1: columns.map { _ in l1 } + zeros, l2: columns.map { _ in l2 } + zeros),
      parallel: Parallel(threads: 2))
  }

  @Test(arguments: [(1.0, 0.0), (0.7, 0.3), (0.05, 0.95)], [true, false])
  func theBoundHoldsEverywhereAndIsTightAtTheOptimum(
    shares: (l1: Double, l2: Double), intercept: Bool
  ) throws {
    let (all, codes) = syntheticRows(rowCount, seed: 70)
    let rows = matrix(
      ofRows: (0..<rowCount).map { row in columns.map { $0 == 1 ? all[row, 1] / 300 : all[row, $0] }
      })
    let labels = labels(codes.map { min($0, 1) })
    let learner = LogisticRegression(
      penalty: .elasticNet, c: 0.05, l1Ratio: shares.l1, intercept: intercept, standardize: false,
      classWeight: .named(["0": 3]))
    let problem = problem(learner, rows, labels, l1: shares.l1, l2: shares.l2)
    let fit = try learner.fitWithReport(rows, labels: labels)
    #expect(fit.isConverged && fit.relativeGap <= learner.tolerance)

    let best = fit.coefficients[0] + (intercept ? fit.intercepts : [])
    let bound = problem.lowerBound(at: problem.margins(of: best))
    #expect(bound <= fit.objective * (1 + 1e-13) && bound >= fit.objective * (1 - 1e-8))
    var generator = RandomGenerator(seed: 71)
    for distance in [1e-3, 0.1, 1, 30, 1e4] {
      let point = best.map { $0 + distance * (2 * generator.uniform() - 1) }
      let bound = problem.lowerBound(at: problem.margins(of: point))
      #expect(bound.isFinite && bound <= fit.objective)
    }
  }

  /// The duality gap that a fit reports is at least what it is above a finer one.
  @Test(arguments: [1e-2, 1e-4, 1e-6]) func theReportedGapIsTrue(tolerance: Double) throws {
    let (matrix, codes) = syntheticRows(700, seed: 72)
    let labels = labels(codes.map { min($0, 1) })
    for penalty in [Penalty.l1, .elasticNet] {
      let fine = try LogisticRegression(penalty: penalty, tolerance: 1e-11).fitWithReport(
        matrix, labels: labels)
      let fit = try LogisticRegression(penalty: penalty, tolerance: tolerance).fitWithReport(
        matrix, labels: labels)
      #expect(fit.isConverged && fit.relativeGap <= tolerance)
      #expect(fit.objective / fine.objective - 1 <= fit.relativeGap + 1e-11)
    }
  }
}
