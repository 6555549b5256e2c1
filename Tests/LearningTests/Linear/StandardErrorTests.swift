import FeatureTables
import Learning
import Models
import Testing

/// Against numbers that `Tests/References/standard_errors.py` prints, by statsmodels 0.15.0 and by
/// numpy: the margin at 0 first, then the columns.
@Suite struct StandardErrorTests {
  private func errors(
    _ learner: LogisticRegression, classCount: Int = 2, copiesFirst: Bool = false
  ) throws -> StandardErrors? {
    let (plain, codes) = syntheticRows(240, seed: 7)
    let rows = (0..<240).map { plain.row($0) + (copiesFirst ? [plain[$0, 0]] : []) }
    return try learner.fitWithReport(
      matrix(ofRows: rows), labels: labels(codes.map { min($0, Int32(classCount - 1)) }),
      standardErrors: true
    ).model.standardErrors
  }

  private func expect(
    _ errors: StandardErrors, _ output: Int, _ expected: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let values = [errors.intercepts[output]] + errors.coefficients[output]
    #expect(values.count == expected.count, sourceLocation: sourceLocation)
    for (value, expected) in zip(values, expected) {
      #expect(abs(value / expected - 1) < 1e-6, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [true, false], [1, 0.2])
  func withoutPenaltyTheyAreThoseOfStatsmodels(standardize: Bool, c: Double) throws {
    let learner = LogisticRegression(penalty: .none, c: c, standardize: standardize)
    expect(
      try #require(try errors(learner)), 0,
      [
        0.5369329840665787, 1.1164240065637134, 0.00055989046764247, 0.5317172342076673,
        0.3258402261747975, 541.027352015484, 0.5166484398392385,
      ])
    let three = try #require(try errors(learner, classCount: 3))
    expect(
      three, 0,
      [
        0.3968489531309046, 0.7995165291657496, 0.00039905804317490266, 0.3704904628661156,
        0.2263511613118704, 379.22716496988056, 0.35352087306242197,
      ])
    expect(
      three, 1,
      [
        0.4638744934724664, 0.9226794064121904, 0.00046961278324103453, 0.42438027405664663,
        0.2693239984194243, 448.84182588404803, 0.4063156058744258,
      ])
    expect(
      three, 2,
      [
        0.5093655127989797, 0.9378063848643231, 0.00048263621976881333, 0.4239090519038745,
        0.2568061476844183, 448.6175508068255, 0.39573173152117413,
      ])
  }

  @Test func withL2TheyAreThoseOfTheHessianWithThePenalty() throws {
    let learner = LogisticRegression(c: 0.3)
    expect(
      try #require(try errors(learner)), 0,
      [
        0.47116667644758164, 0.5922856853259678, 0.0005258325163132612, 0.2839519426684117,
        0.3104008147510446, 515.5855287105985, 0.4917193407497129,
      ])
    expect(
      try #require(try errors(learner, copiesFirst: true)), 0,
      [
        0.4758077738639577, 0.7564632333051492, 0.0005269062740428879, 0.30943673597430943,
        0.31097883324587655, 516.5644472614011, 0.4925487078129047, 0.7564632333051494,
      ])
  }

  /// One column of zeros and ones: the classes' counts in the two groups make a table of four
  /// cells, and the variance of its log odds ratio is the sum of 1 over the cells.
  @Test func ofATableOfFourCellsTheyAreItsCounts() throws {
    let cells = [(0.0, Int32(0), 40), (0, 1, 10), (1, 0, 15), (1, 1, 35)]
    let rows = cells.flatMap { cell in Array(repeating: [cell.0], count: cell.2) }
    let codes = cells.flatMap { cell in Array(repeating: cell.1, count: cell.2) }
    let errors = try LogisticRegression(penalty: .none).fitWithReport(
      matrix(ofRows: rows), labels: labels(codes), standardErrors: true
    ).model.standardErrors
    let slope = (1 / 40 + 1 / 10 + 1 / 15 + 1 / 35.0 as Double).squareRoot()
    let constant = (1 / 40 + 1 / 10.0 as Double).squareRoot()
    expect(try #require(errors), 0, [constant, slope])
  }

  @Test func whereTheyAreNotDefinedThereAreNone() throws {
    for penalty in [Penalty.l1, .elasticNet] {
      #expect(try errors(LogisticRegression(penalty: penalty)) == nil)
    }
    let (plain, codes) = syntheticRows(240, seed: 7)
    let dependent = matrix(ofRows: (0..<240).map { plain.row($0) + [plain[$0, 0] + plain[$0, 5]] })
    let fit = try LogisticRegression(penalty: .none).fitWithReport(
      dependent, labels: labels(codes), standardErrors: true)
    #expect(fit.model.standardErrors == nil)
    #expect(
      try LogisticRegression().fitWithReport(plain, labels: labels(codes)).model.standardErrors
        == nil)
  }
}
