import FeatureTables
import Foundation
import Learning
import Models
import Testing

@Suite struct LogisticClosedFormTests {
  /// A column of zeros and ones without penalty: the coefficient is the log of the odds ratio.
  @Test func oddsRatio() throws {
    // With 0: 10 and 30 rows of the classes, with 1: 24 and 6.
    let table: [(Double, Int32, Int)] = [(0, 0, 10), (0, 1, 30), (1, 0, 24), (1, 1, 6)]
    let values = table.flatMap { Array(repeating: [$0.0], count: $0.2) }
    let codes = table.flatMap { Array(repeating: $0.1, count: $0.2) }
    let fit = try LogisticRegression(penalty: .none).fitWithReport(
      matrix(ofRows: values), labels: labels(codes))
    #expect(abs(fit.intercepts[0] - log(30.0 / 10)) < 1e-9)
    #expect(abs(fit.coefficients[0][0] - log((6.0 / 24) / (30.0 / 10))) < 1e-9)
    let model = fit.model
    let probabilities = model.probabilities(for: matrix(ofRows: [[0], [1]]), parallel: Parallel())
    #expect(zip(probabilities, [0.25, 0.75, 0.8, 0.2]).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  /// One-hot columns and no penalty: probabilities are the frequencies in each group.
  @Test func frequenciesOfGroupsWithThreeClasses() throws {
    let counts: [[Int]] = [[5, 3, 2], [1, 8, 4], [6, 6, 3]]
    var rows: [[Double]] = []
    var codes: [Int32] = []
    for (group, classes) in counts.enumerated() {
      for (code, count) in classes.enumerated() {
        for _ in 0..<count {
          rows.append((0..<3).map { $0 == group ? 1 : 0 })
          codes.append(Int32(code))
        }
      }
    }
    // The three columns add up to one: collinear with the intercept.
    let fit = try LogisticRegression(penalty: .none).fitWithReport(
      matrix(ofRows: rows), labels: labels(codes))
    let groups = matrix(ofRows: [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    let probabilities = fit.model.probabilities(for: groups, parallel: Parallel())
    let expected = counts.flatMap { classes in
      classes.map { Double($0) / Double(classes.reduce(0, +)) }
    }
    #expect(zip(probabilities, expected).allSatisfy { abs($0 - $1) < 1e-8 })
    // The gauge: what is not penalized sums to zero over the classes.
    for column in 0..<3 {
      #expect(abs(fit.model.coefficients.reduce(0) { $0 + $1[column] }) < 1e-9)
    }
    #expect(abs(fit.model.intercepts.reduce(0, +)) < 1e-9)
  }

  /// With constant columns only, the model is the share of each class.
  @Test(arguments: [Penalty.none, .l1, .l2, .elasticNet])
  func constantColumnsLeaveTheShares(penalty: Penalty) throws {
    let codes: [Int32] = [0, 0, 0, 1, 1, 2]
    let rows = matrix(ofRows: codes.map { _ in [1e9, 0.1, .nan] })
    let model = try LogisticRegression(penalty: penalty).fit(
      rows, labels: labels(codes), weights: nil, parallel: Parallel())
    #expect(model.coefficients.allSatisfy { $0 == [0, 0, 0] })
    #expect(model.scales == [1, 1, 1])
    let probabilities = model.probabilities(for: rows, parallel: Parallel())
    #expect(zip(probabilities, [0.5, 1.0 / 3, 1.0 / 6]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// L1 so strong that all is 0 but the intercept, and just weak enough that one is not.
  @Test func l1StartsWhereItsGradientDoes() throws {
    let (matrix, codes) = syntheticRows(240, seed: 5)
    let labels = labels(codes.map { min($0, 1) })
    let weak = try LogisticRegression(penalty: .l1, c: 1e-9).fit(
      matrix, labels: labels, weights: nil, parallel: Parallel())
    #expect(weak.coefficients[0].allSatisfy { $0 == 0 })
    let share = Double(labels.classCounts[1]) / 240
    let slopes = (0..<6).map { column in
      (0..<240).reduce(0.0) { sum, row in
        let value = (matrix[row, column] - weak.means[column]) / weak.scales[column]
        return sum + (share - Double(labels.codes[row])) * value
      }
    }
    let threshold = slopes.map { abs($0) }.max() ?? 0
    for (factor, nonzero) in [(0.999, 0), (1.001, 1)] {
      let model = try LogisticRegression(penalty: .l1, c: factor / threshold).fit(
        matrix, labels: labels, weights: nil, parallel: Parallel())
      #expect(model.coefficients[0].count { $0 != 0 } == nonzero)
    }
  }
}
