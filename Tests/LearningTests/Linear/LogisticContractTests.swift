import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// What holds for a fit whatever the data.
@Suite struct LogisticContractTests {
  private let learners: [LogisticRegression] = [
    LogisticRegression(), LogisticRegression(penalty: .l1, c: 0.1),
    LogisticRegression(penalty: .elasticNet, intercept: false, classWeight: .balanced),
  ]

  /// Enough rows for two groups of blocks.
  @Test(arguments: [2, 3])
  func threadsDoNotChangeABit(classCount: Int) throws {
    let (matrix, codes) = syntheticRows(8_300, seed: 20)
    let labels = labels(classCount == 2 ? codes.map { min($0, 1) } : codes)
    for learner in learners[..<2] {
      let fits = try [1, 2, 3].map {
        try learner.fitWithReport(matrix, labels: labels, parallel: Parallel(threads: $0))
      }
      for fit in fits { #expect(fit == fits[0]) }
    }
  }

  @Test func aRowOfWeightTwoIsTwoRowsAndOfWeightZeroNone() throws {
    let (matrix, codes) = syntheticRows(150, seed: 21)
    let weights = codes.indices.map { Double($0 % 3) }
    let repeated = codes.indices.flatMap { Array(repeating: $0, count: $0 % 3) }
    for penalty in [Penalty.none, .l1, .l2, .elasticNet] {
      let learner = LogisticRegression(penalty: penalty)
      let weighted = try learner.fitWithReport(matrix, labels: labels(codes), weights: weights)
      let plain = try learner.fitWithReport(
        matrix.rows(repeated), labels: labels(codes).rows(repeated))
      #expect(abs(weighted.objective / plain.objective - 1) < 1e-9)
      for (row, other) in zip(weighted.model.coefficients, plain.model.coefficients) {
        #expect(zip(row, other).allSatisfy { abs($0 - $1) < 1e-4 })
      }
    }
  }

  @Test func orderOfRowsDoesNotMatter() throws {
    let (matrix, codes) = syntheticRows(700, seed: 22)
    var order = Array(0..<700)
    var generator = RandomGenerator(seed: 1)
    generator.shuffle(&order)
    for learner in learners {
      let fit = try learner.fitWithReport(matrix, labels: labels(codes))
      let shuffled = try learner.fitWithReport(
        matrix.rows(order), labels: labels(codes).rows(order))
      #expect(abs(fit.objective / shuffled.objective - 1) < 1e-9)
    }
  }

  /// Exchanging the two classes changes the sign and nothing else.
  @Test func classesAreAlike() throws {
    let (matrix, codes) = syntheticRows(300, seed: 23)
    let binary = codes.map { min($0, 1) }
    for learner in learners {
      let fit = try learner.fitWithReport(matrix, labels: labels(binary))
      let other = try learner.fitWithReport(matrix, labels: labels(binary.map { 1 - $0 }))
      #expect(abs(fit.objective / other.objective - 1) < 1e-9)
      for (value, opposite) in zip(fit.model.coefficients[0], other.model.coefficients[0]) {
        #expect(abs(value + opposite) < 1e-4)
      }
    }
  }

  @Test(arguments: [true, false])
  func startingAtTheOptimumTakesOneStep(standardize: Bool) throws {
    let (matrix, codes) = syntheticRows(300, seed: 24)
    for penalty in [Penalty.l1, .l2, .elasticNet] {
      let learner = LogisticRegression(penalty: penalty, standardize: standardize)
      let fit = try learner.fitWithReport(matrix, labels: labels(codes))
      let again = try learner.fitWithReport(
        matrix, labels: labels(codes), startingFrom: fit.model)
      #expect(again.iterations == 1)
      #expect(abs(again.objective / fit.objective - 1) < 1e-10)
    }
  }

  @Test func aStartThatLacksAClassIsNoStart() throws {
    let (matrix, codes) = syntheticRows(300, seed: 26)
    let learner = LogisticRegression()
    let some = labels(codes.map { min($0, 1) }, classCount: 3)
    let start = try learner.fitWithReport(matrix, labels: some).model
    let fit = try learner.fitWithReport(matrix, labels: labels(codes))
    let other = try learner.fitWithReport(
      matrix, labels: labels(codes), startingFrom: start)
    #expect(other == fit)
  }

  @Test func originalUnitsGiveTheSameMargins() throws {
    let (matrix, codes) = syntheticRows(100, seed: 25)
    let fit = try LogisticRegression().fitWithReport(matrix, labels: labels(codes))
    let margins = fit.model.margins(for: matrix)
    for row in 0..<100 {
      for output in 0..<3 {
        let plain = zip(fit.coefficients[output], matrix.row(row)).reduce(
          fit.intercepts[output]
        ) { $0 + $1.0 * $1.1 }
        #expect(abs(plain - margins[row * 3 + output]) < 1e-9)
      }
    }
  }

  @Test func aDocumentIsCheckedBeforeItIsAModel() throws {
    let model = LinearClassifier(
      means: [1, 2], scales: [1, 0.5], coefficients: [[3, 4]], intercepts: [5])
    let data = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(LinearClassifier.self, from: data) == model)
    let text = String(decoding: data, as: UTF8.self)
    for (part, bad) in [
      ("[1,2]", "[1]"), ("[1,0.5]", "[1,0]"), ("[[3,4]]", "[[3]]"), ("[[3,4]]", "[]"),
      ("[5]", "[5,6]"), ("[1,0.5]", "[1,-1]"),
    ] {
      #expect(text.contains(part))
      let broken = Data(text.replacingOccurrences(of: part, with: bad).utf8)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(LinearClassifier.self, from: broken)
      }
    }
  }
}
