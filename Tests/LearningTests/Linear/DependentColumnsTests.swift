import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// Rows as captures give them: columns of heavy tails that add up, classes that hardly differ and
/// classes that are nearly told apart.
@Suite struct DependentColumnsTests {
  private func flows(classCount: Int) -> (matrix: FeatureMatrix, labels: Labels) {
    var generator = RandomGenerator(seed: 50)
    var codes: [Int32] = []
    let rows = (0..<240).map { row in
      let code = row % 8 < 4 ? 0 : row % classCount
      codes.append(Int32(code))
      // Up to thousands, most of them small.
      let sent = (exp(8 * generator.uniform() * (code == 1 ? 0.6 : 1))).rounded()
      let received = code == 2 ? 0 : (exp(9 * generator.uniform() - 2)).rounded()
      let seconds = exp(10 * generator.uniform() - 6) * Double(1 + code)
      let port = code == 3 ? 0.0 : (generator.uniform() * 3).rounded()
      return [
        sent, received, sent + received, seconds, sent / seconds, received / seconds,
        (sent + received) / seconds, port == 0 ? 1 : 0, port == 1 ? 1 : 0, port > 1 ? 1 : 0,
        60 * sent, 60 * sent + 20 * received,
      ]
    }
    return (matrix(ofRows: rows), labels(codes))
  }

  @Test(arguments: [Penalty.l1, .elasticNet, .l2], [0.01, 0.3, 10, 1_000])
  func fitsReachTheOptimum(penalty: Penalty, c: Double) throws {
    for classCount in [2, 4] {
      let (matrix, labels) = flows(classCount: classCount)
      let learner = LogisticRegression(penalty: penalty, c: c)
      let fit = try learner.fitWithReport(matrix, labels: labels)
      #expect(fit.isConverged && fit.relativeGap <= learner.tolerance)
      let plain = PlainObjective(learner, matrix, labels, nil)
      #expect(abs(plain.value(of: fit.model) / fit.objective - 1) < 1e-11)
      let scale = c * 240
      for residual in plain.residuals(of: fit.model).joined() { #expect(residual / scale < 1e-6) }
    }
  }

  /// Rows far on the wrong side have a slope and no curvature: a Newton step would have no end.
  @Test(arguments: [Penalty.l1, .elasticNet, .l2], [2, 4])
  func aStartFarOnTheWrongSideIsNoHarm(penalty: Penalty, classCount: Int) throws {
    let (matrix, labels) = flows(classCount: classCount)
    let learner = LogisticRegression(penalty: penalty)
    let expected = try learner.fitWithReport(matrix, labels: labels)
    let wrong = expected.model.coefficients.map { row in row.map { -2_000 * $0 } }
    let start = LinearClassifier(
      means: expected.model.means, scales: expected.model.scales, coefficients: wrong,
      intercepts: expected.model.intercepts)
    let fit = try learner.fitWithReport(matrix, labels: labels, startingFrom: start)
    #expect(fit.isConverged)
    #expect(abs(fit.objective / expected.objective - 1) < 1e-9)
  }

  /// Too few steps for the tolerance are no reason to have nothing, if little is left to gain.
  @Test func aNearlyConvergedFitSaysSo() throws {
    let (matrix, labels) = flows(classCount: 4)
    for penalty in [Penalty.l1, .l2] {
      var learner = LogisticRegression(penalty: penalty)
      let full = try learner.fitWithReport(matrix, labels: labels)
      learner.maximumIterations = full.iterations - 1
      let fit = try learner.fitWithReport(matrix, labels: labels)
      #expect(full.isConverged && !fit.isConverged)
      #expect(fit.relativeGap > learner.tolerance && fit.relativeGap <= 1e-4)
      #expect(abs(fit.objective / full.objective - 1) < 1e-4)
      learner.maximumIterations = 2
      #expect(throws: FitError.self) { try learner.fitWithReport(matrix, labels: labels) }
    }
  }
}
