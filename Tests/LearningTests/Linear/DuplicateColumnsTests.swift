import FeatureTables
import Learning
import Testing

/// Columns that are the same are fitted once; what comes out must be the optimum of all of them.
@Suite struct DuplicateColumnsTests {
  /// Three columns that are column 0, two that are column 3, a constant and one that misses values
  /// with its copy.
  private func tables(classCount: Int) -> (plain: FeatureMatrix, all: FeatureMatrix, Labels) {
    let (plain, codes) = syntheticRows(240, seed: 60)
    let rows = (0..<240).map { row in
      plain.row(row).enumerated().map { $0 == 5 && row % 9 == 0 ? Double.nan : $1 }
    }
    let all = rows.map { $0 + [$0[0], $0[3], 4, $0[0], $0[5]] }
    let labels = labels(classCount == 2 ? codes.map { min($0, 1) } : codes)
    return (matrix(ofRows: rows), matrix(ofRows: all), labels)
  }

  /// By plain loops over all columns, which know nothing of copies.
  @Test(arguments: [Penalty.l1, .l2, .elasticNet], [2, 3])
  func theOptimumIsThatOfAllColumns(penalty: Penalty, classCount: Int) throws {
    let (_, all, labels) = tables(classCount: classCount)
    for standardize in [true, false] {
      let learner = LogisticRegression(penalty: penalty, c: 0.3, standardize: standardize)
      let fit = try learner.fitWithReport(all, labels: labels)
      let plain = PlainObjective(learner, all, labels, nil)
      #expect(abs(plain.value(of: fit.model) / fit.objective - 1) < 1e-12)
      for row in plain.residuals(of: fit.model) {
        for (column, residual) in row.enumerated() {
          let scale = !standardize && column == 1 ? 300.0 : 1
          #expect(residual / (72 * scale) < 1e-6)
        }
      }
    }
  }

  @Test(arguments: [2, 3]) func squaresAreSharedAndTheRestIsTheFirsts(classCount: Int) throws {
    let (plain, all, labels) = tables(classCount: classCount)
    for penalty in [Penalty.l2, .elasticNet] {
      let model = try LogisticRegression(penalty: penalty).fitWithReport(all, labels: labels).model
      for row in model.coefficients {
        #expect(row[0] == row[6] && row[0] == row[9] && row[3] == row[7] && row[5] == row[10])
        #expect(row[8] == 0)
      }
    }
    for penalty in [Penalty.none, .l1] {
      let learner = LogisticRegression(penalty: penalty)
      let fit = try learner.fitWithReport(all, labels: labels)
      let expected = try learner.fitWithReport(plain, labels: labels)
      #expect(fit.objective == expected.objective)
      for (row, other) in zip(fit.model.coefficients, expected.model.coefficients) {
        #expect(row == other + [0, 0, 0, 0, 0])
      }
    }
  }

  @Test func aModelOfSuchColumnsIsAStart() throws {
    let (_, all, labels) = tables(classCount: 2)
    for penalty in [Penalty.l1, .l2] {
      let learner = LogisticRegression(penalty: penalty)
      let fit = try learner.fitWithReport(all, labels: labels)
      let again = try learner.fitWithReport(all, labels: labels, startingFrom: fit.model)
      #expect(again.iterations == 1)
    }
  }
}
