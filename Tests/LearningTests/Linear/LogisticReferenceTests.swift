import FeatureTables
import Learning
import Testing

@Suite struct LogisticReferenceTests {
  @Test(arguments: linearReferences)
  func objectiveIsThatOfScikitLearn(reference: LinearReference) throws {
    let (matrix, labels, weights) = reference.data()
    let fit = try reference.learner.fitWithReport(matrix, labels: labels, weights: weights)
    #expect(abs(fit.objective / reference.objective - 1) < 1e-10)
    let row = try #require(fit.model.coefficients.last)
    for (value, expected) in zip(row, reference.lastRow) {
      #expect(abs(value - expected) < 1e-5 * max(1, abs(expected)))
    }
  }

  @Test(arguments: linearReferences)
  func plainLoopsAgreeAndFindNothingToGain(reference: LinearReference) throws {
    let (matrix, labels, weights) = reference.data()
    let fit = try reference.learner.fitWithReport(matrix, labels: labels, weights: weights)
    let plain = PlainObjective(reference.learner, matrix, labels, weights)
    #expect(abs(plain.value(of: fit.model) / fit.objective - 1) < 1e-12)
    let scale = plain.weights.reduce(0, +) * reference.c
    // Columns of the solver have unit deviation; without standardization the largest has 300.
    let bound = reference.standardize ? 1e-7 : 1e-4
    for residual in plain.residuals(of: fit.model).joined() { #expect(residual / scale < bound) }
    #expect(fit.relativeGap <= reference.learner.tolerance)
    #expect(fit.gradientNorm < 1e-7)
  }

  /// The penalty on columns as they are, which the solver scales all the same.
  @Test(arguments: [Penalty.l1, .elasticNet], [2, 3])
  func penaltyIsOnTheColumnsThemselves(penalty: Penalty, classCount: Int) throws {
    let (matrix, codes) = syntheticRows(240, seed: 3)
    let labels = labels(classCount == 2 ? codes.map { min($0, 1) } : codes)
    let learner = LogisticRegression(penalty: penalty, c: 2, standardize: false)
    let fit = try learner.fitWithReport(matrix, labels: labels)
    let plain = PlainObjective(learner, matrix, labels, nil)
    #expect(abs(plain.value(of: fit.model) / fit.objective - 1) < 1e-12)
    for row in plain.residuals(of: fit.model) {
      for (column, residual) in row.enumerated() {
        let scale = column == 1 ? 300.0 : 1
        #expect(residual / (480 * scale) < 1e-7)
      }
    }
  }
}
