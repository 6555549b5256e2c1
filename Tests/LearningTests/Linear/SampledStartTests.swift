import FeatureTables
import Foundation
import Learning
import Testing

/// Tables with rows enough that the fit begins with a part of them.
@Suite struct SampledStartTests {
  /// Columns with tails so long that a few rows decide about them, and a rare class.
  private func flows(classCount: Int) -> (matrix: FeatureMatrix, labels: Labels) {
    var generator = RandomGenerator(seed: 71)
    var codes: [Int32] = []
    let rows = (0..<4_000).map { row in
      let code = row % 500 == 0 ? classCount - 1 : row % 3 == 0 ? 1 : 0
      codes.append(Int32(code))
      let tail = exp(6 * generator.uniform() * generator.uniform() + Double(code))
      return [tail, generator.uniform() + 0.3 * Double(code), tail * generator.uniform()]
    }
    return (matrix(ofRows: rows), labels(codes, classCount: classCount))
  }

  @Test(arguments: [Penalty.l1, .l2, .elasticNet], [2, 3])
  func theOptimumIsThatOfAllRows(penalty: Penalty, classCount: Int) throws {
    let (matrix, labels) = flows(classCount: classCount)
    let learner = LogisticRegression(penalty: penalty, c: 0.5)
    let fit = try learner.fitWithReport(matrix, labels: labels)
    #expect(fit.isConverged && fit.relativeGap <= learner.tolerance)
    let plain = PlainObjective(learner, matrix, labels, nil)
    #expect(abs(plain.value(of: fit.model) / fit.objective - 1) < 1e-11)
    for residual in plain.residuals(of: fit.model).joined() { #expect(residual / 2_000 < 1e-6) }
  }

  @Test(arguments: [2, 3])
  func theNumberOfThreadsChangesNothing(classCount: Int) throws {
    let (matrix, labels) = flows(classCount: classCount)
    let one = try LogisticRegression().fitWithReport(
      matrix, labels: labels, parallel: Parallel(threads: 1))
    let three = try LogisticRegression().fitWithReport(
      matrix, labels: labels, parallel: Parallel(threads: 3))
    #expect(one == three)
  }

  /// The certificate holds: no fit of a tighter tolerance is lower by more than it says.
  @Test(arguments: [Penalty.l1, .l2, .elasticNet], [1e-3, 1e-5, 1e-8])
  func theGapIsABound(penalty: Penalty, tolerance: Double) throws {
    for classCount in [2, 3] {
      let (matrix, labels) = flows(classCount: classCount)
      var learner = LogisticRegression(penalty: penalty, tolerance: 1e-12)
      let best = try learner.fitWithReport(matrix, labels: labels)
      learner.tolerance = tolerance
      let fit = try learner.fitWithReport(matrix, labels: labels)
      #expect(fit.isConverged && fit.relativeGap <= tolerance)
      #expect(fit.objective - best.objective <= (fit.relativeGap + 1e-12) * fit.objective)
    }
  }
}
