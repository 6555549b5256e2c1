import Evaluation
import FeatureTables
import Testing

@Suite struct MetricsTests {
  @Test(arguments: Fixtures.predictionNames)
  func everyScoreIsThatOfScikitLearn(name: String) throws {
    let known = try Fixtures.read(PredictionCase.self, "predictions-\(name)")
    let result = EvaluationResult(known.predictions)
    #expect(result.rows == known.expected.rows)
    #expect(result.confusionMatrix.rows == known.expected.confusionMatrix)
    for metric in Metric.allCases {
      let expected = try #require(known.scores[metric.rawValue], "the fixture lacks \(metric)")
      let found = result.value(of: metric)
      #expect(agree(found, expected), "\(metric): \(found as Any), not \(expected as Any)")
    }
    for (found, expected) in zip(result.perClass, known.expected.perClass) {
      #expect(found.name == expected.name && found.support == expected.support)
      #expect(agree(found.precision, expected.precision))
      #expect(agree(found.recall, expected.recall))
      #expect(agree(found.f1, expected.f1))
    }
    #expect(result.perClass.count == known.expected.perClass.count)
  }

  @Test func scoresThatFollowFromCountsByHand() {
    // Eight malicious rows of which six are found, two false alarms among ninety-two.
    let truth = [Int32](repeating: 1, count: 8) + [Int32](repeating: 0, count: 92)
    let found =
      [Int32](repeating: 1, count: 6) + [0, 0, 1, 1] + [Int32](repeating: 0, count: 90)
    let result = EvaluationResult(
      Predictions(
        classes: ["benign", "malicious"], benign: ["benign"], truth: truth, predicted: found,
        probabilities: found.flatMap { $0 == 1 ? [0.0, 1] : [1.0, 0] }))
    #expect(result.confusionMatrix.rows == [[90, 2], [2, 6]])
    #expect(agree(result.accuracy, 0.96))
    #expect(agree(result.recall, 0.75))
    #expect(agree(result.precision, 0.75))
    #expect(agree(result.falsePositiveRate, 2 / 92))
    #expect(agree(result.dataReduction, 0.92))
    #expect(agree(result.maliciousShareOfPassed, 0.75))
    #expect(agree(result.brierScore, 0.04))
    #expect(agree(result.rocAUC, (90.0 / 92 + 0.75) / 2))
  }

  @Test func withoutRowsNothingIsDefined() {
    let result = EvaluationResult(
      Predictions(
        classes: ["benign", "malicious"], benign: ["benign"], truth: [], predicted: [],
        probabilities: []))
    for metric in Metric.allCases { #expect(result.value(of: metric) == nil, "\(metric)") }
    #expect(result.rows == 0)
  }

  @Test func alarmsAreMaliciousPredictionsByDefault() {
    let predictions = Predictions(
      classes: ["benign", "normal", "scan"], benign: ["benign", "normal"], truth: [0, 1, 2],
      predicted: [1, 2, 2], probabilities: [0, 1, 0, 0, 0, 1, 0, 0, 1])
    #expect(predictions.alarms == [false, true, true])
  }

  @Test func labelsAndModelAreBroughtTogetherByName() {
    let labels = Labels(names: ["scan", nil, "benign", "worm"])
    let predictions = Predictions(
      labels: labels, classes: ["scan", "benign"], benign: ["benign"], predicted: [0, 1, 1, 0],
      probabilities: [0.9, 0.1, 0.5, 0.5, 0.2, 0.8, 0.6, 0.4])
    #expect(predictions.classes == ["scan", "benign", "worm"])
    #expect(predictions.truth == [0, 1, 2])
    #expect(predictions.predicted == [0, 1, 0])
    #expect(predictions.probabilities == [0.9, 0.1, 0, 0.2, 0.8, 0, 0.6, 0.4, 0])
    #expect(predictions.alarms == [true, false, true])
    #expect(predictions.unlabeledRowCount == 1)
  }

  @Test func classesWithoutRowsDoNotMakeABinaryModelAThreeClassOne() {
    let labels = Labels(
      classes: ["benign", "malicious", "unused"], codes: [0, 1], benign: ["benign"])
    let predictions = Predictions(
      labels: labels, classes: ["benign", "malicious"], benign: ["benign"], predicted: [0, 1],
      probabilities: [1, 0, 0, 1])
    #expect(predictions.classes == ["benign", "malicious"])
  }

  @Test func manyTiedRowsComeNearTheLimit() {
    var random = RandomGenerator(seed: 5)
    let count = 200_000
    var truth: [Int32] = []
    var probabilities: [Double] = []
    for _ in 0..<count {
      let code = Int32(random.below(2))
      // Uniform on [0, 1) for benign and on [0.5, 1.5) / 1.5 for malicious, on a grid with ties.
      let score = Double(random.below(1000)) / 1000
      let malicious = code == 1 ? (score + 0.5) / 1.5 : score / 1.5
      truth.append(code)
      probabilities += [1 - malicious, malicious]
    }
    let result = EvaluationResult(
      Predictions(
        classes: ["benign", "malicious"], benign: ["benign"], truth: truth,
        predicted: truth.map { _ in 0 }, probabilities: probabilities))
    // P(u + 0.5 > v) for u, v uniform on [0, 1) is 1 - 1/8.
    #expect(abs((result.rocAUC ?? 0) - 0.875) < 0.005)
  }
}
