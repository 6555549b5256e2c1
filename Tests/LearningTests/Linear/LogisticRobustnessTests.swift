import FeatureTables
import Foundation
import Learning
import Models
import Testing

@Suite struct LogisticRobustnessTests {
  private let penalties: [Penalty] = [.none, .l1, .l2, .elasticNet]

  @Test func separableClassesNeedAPenalty() throws {
    let rows = matrix(ofRows: (0..<20).map { [Double($0)] })
    for classCount in [2, 3] {
      let labels = labels((0..<20).map { Int32($0 * classCount / 20) })
      #expect(throws: FitError.separableClasses) {
        try LogisticRegression(penalty: .none).fitWithReport(rows, labels: labels)
      }
      for penalty in penalties where penalty != .none {
        let fit = try LogisticRegression(penalty: penalty, c: 1e6).fitWithReport(
          rows, labels: labels)
        #expect(fit.coefficients.joined().allSatisfy { $0.isFinite && abs($0) < 1e4 })
      }
    }
  }

  /// A group of one class only, so that its coefficient has no finite optimum: the fit still ends,
  /// at the lowest objective of the rest.
  @Test func partlySeparableClassesEndNearTheInfimum() throws {
    // With 1: 8 rows of class 1. With 0: 12 and 4, whose best loss is that of their shares.
    let rows = (0..<8).map { _ in [1.0] } + (0..<16).map { _ in [0.0] }
    let codes = (0..<8).map { _ in Int32(1) } + (0..<16).map { Int32($0 < 12 ? 0 : 1) }
    let fit = try LogisticRegression(penalty: .none).fitWithReport(
      matrix(ofRows: rows), labels: labels(codes))
    let infimum = -12 * log(0.75) - 4 * log(0.25)
    #expect(abs(fit.objective / infimum - 1) < 1e-9)
    #expect(fit.coefficients[0][0] > 15)
  }

  @Test(arguments: [2, 3])
  func duplicatesAndConstantsChangeNothing(classCount: Int) throws {
    let (plain, codes) = syntheticRows(200, seed: 8)
    let labels = labels(classCount == 2 ? codes.map { min($0, 1) } : codes)
    let rows = (0..<200).map { row in
      let values = plain.row(row)
      return values + [values[0], 0, 5e8, 3 * values[5] - 2]
    }
    for penalty in [Penalty.none, .l1] {
      let learner = LogisticRegression(penalty: penalty)
      let expected = try learner.fitWithReport(plain, labels: labels)
      let fit = try learner.fitWithReport(matrix(ofRows: rows), labels: labels)
      #expect(abs(fit.objective / expected.objective - 1) < 1e-9)
      for row in fit.model.coefficients { #expect(row[7] == 0 && row[8] == 0) }
    }
    // Two copies share: half the penalty, so the objective is lower, and both are the same.
    let fit = try LogisticRegression().fitWithReport(matrix(ofRows: rows), labels: labels)
    for row in fit.model.coefficients { #expect(abs(row[0] - row[6]) < 1e-9) }
  }

  @Test func unitsOfColumnsDoNotMatter() throws {
    let (plain, codes) = syntheticRows(200, seed: 9)
    let factors = [1e9, 1e-9, 1e150, 0.1, 1e-150, 7]
    let scaled = (0..<200).map { row in zip(plain.row(row), factors).map { $0 * $1 } }
    for penalty in penalties {
      let learner = LogisticRegression(penalty: penalty)
      let expected = try learner.fitWithReport(plain, labels: labels(codes))
      let fit = try learner.fitWithReport(matrix(ofRows: scaled), labels: labels(codes))
      #expect(abs(fit.objective / expected.objective - 1) < 1e-9)
    }
  }

  @Test func hugeValuesBesideSmallOnesWithoutStandardization() throws {
    let (plain, codes) = syntheticRows(200, seed: 10)
    let scaled = (0..<200).map { row in
      let values = plain.row(row)
      return [1e9 * values[0], 0.1 * values[1], 1e9 + values[2], values[3], values[4], values[5]]
    }
    let rows = matrix(ofRows: scaled)
    let learner = LogisticRegression(standardize: false)
    let fit = try learner.fitWithReport(rows, labels: labels(codes))
    let plainValue = PlainObjective(learner, rows, labels(codes), nil).value(of: fit.model)
    #expect(abs(plainValue / fit.objective - 1) < 1e-9)
    #expect(fit.gradientNorm < 1e-7)
  }

  @Test func classesOfOneRowAndTablesOfTwo() throws {
    let (plain, codes) = syntheticRows(60, seed: 11)
    var rare = codes.map { min($0, 1) }
    rare[17] = 2
    for penalty in [Penalty.l1, .l2, .elasticNet] {
      let learner = LogisticRegression(penalty: penalty, classWeight: .balanced)
      let fit = try learner.fitWithReport(plain, labels: labels(rare))
      #expect(fit.relativeGap <= learner.tolerance)
      let two = try learner.fitWithReport(
        matrix(ofRows: [[1, 5], [2, 5]]), labels: labels([0, 1]))
      #expect(two.model.means == [1.5, 5])
      #expect(two.model.scales == [0.5, 1])
    }
  }

  /// Classes without rows, as in a fold, keep their place and have no probability.
  @Test(arguments: [[0, 2], [0, 2, 3]] as [[Int32]])
  func classesWithoutRowsHaveNoProbability(present: [Int32]) throws {
    let (plain, codes) = syntheticRows(90, seed: 12)
    let dense = codes.map { $0 % Int32(present.count) }
    let learner = LogisticRegression()
    let all = labels(dense.map { present[Int($0)] }, classCount: 5)
    let model = try learner.fit(plain, labels: all, weights: nil, parallel: Parallel())
    let expected = try learner.fit(
      plain, labels: labels(dense), weights: nil, parallel: Parallel())
    #expect(model.classCount == 5)
    let probabilities = model.probabilities(for: plain, parallel: Parallel())
    let wanted = expected.probabilities(for: plain, parallel: Parallel())
    for row in 0..<90 {
      var rest = Set(0..<5)
      for (position, index) in present.enumerated() {
        let difference =
          probabilities[row * 5 + Int(index)] - wanted[row * present.count + position]
        #expect(abs(difference) < 1e-12)
        rest.remove(Int(index))
      }
      for index in rest { #expect(probabilities[row * 5 + index] == 0) }
    }
  }

  @Test func missingValuesCountAsTheMean() throws {
    let (plain, codes) = syntheticRows(120, seed: 13)
    let rows = (0..<120).map { row in
      plain.row(row).enumerated().map { column, value in
        (row * 7 + column * 3) % 11 == 0 ? Double.nan : value
      }
    }
    let gaps = matrix(ofRows: rows)
    let learner = LogisticRegression(standardize: false)
    let model = try learner.fit(gaps, labels: labels(codes), weights: nil, parallel: Parallel())
    let filled = rows.map { row in
      row.enumerated().map { $1.isNaN ? model.means[$0] : $1 }
    }
    let expected = try learner.fit(
      matrix(ofRows: filled), labels: labels(codes), weights: nil, parallel: Parallel())
    for (row, other) in zip(model.coefficients, expected.coefficients) {
      #expect(zip(row, other).allSatisfy { abs($0 - $1) <= 1e-8 * max(1, abs($1)) })
    }
    let parallel = Parallel()
    let probabilities = model.probabilities(for: gaps, parallel: parallel)
    let same = model.probabilities(for: matrix(ofRows: filled), parallel: parallel)
    #expect(zip(probabilities, same).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func badInputIsAnErrorOfItsKind() {
    let (plain, codes) = syntheticRows(20, seed: 14)
    func error(_ learner: LogisticRegression, _ matrix: FeatureMatrix, _ codes: [Int32])
      -> FitError?
    {
      do {
        _ = try learner.fitWithReport(matrix, labels: labels(codes, classCount: 3))
        return nil
      } catch {
        return error
      }
    }
    let learner = LogisticRegression()
    #expect(error(learner, matrix(ofRows: [], columnCount: 2), []) == .noRows)
    #expect(error(learner, plain, codes.map { _ in 1 }) == .oneClass("1"))
    var rows = (0..<20).map { plain.row($0) }
    rows[4][2] = -.infinity
    #expect(
      error(learner, matrix(ofRows: rows), codes) == .infiniteValue(column: "column_2", row: 4))
    let bad: [(String, LogisticRegression)] = [
      ("c", LogisticRegression(c: 0)), ("c", LogisticRegression(c: .nan)),
      ("l1_ratio", LogisticRegression(l1Ratio: 1.5)),
      ("tolerance", LogisticRegression(tolerance: 0)),
      ("max_iterations", LogisticRegression(maximumIterations: 0)),
      ("class_weight", LogisticRegression(classWeight: .named(["1": -1]))),
    ]
    for (name, learner) in bad {
      guard case .hyperparameter(let found, _, _)? = error(learner, plain, codes) else {
        Issue.record("no error for \(name)")
        continue
      }
      #expect(found == name)
    }
    guard
      case .notConverged(1, _)? = error(
        LogisticRegression(maximumIterations: 1), plain, codes)
    else {
      Issue.record("one step is not enough")
      return
    }
  }
}
