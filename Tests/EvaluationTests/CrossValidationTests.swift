import Evaluation
import FeatureTables
import Testing

@Suite struct CrossValidationTests {
  private struct Interval: Decodable {
    let scores: [Double]
    let mean: Double
    let standardDeviation: Double
    let low: Double
    let high: Double
  }

  private struct Quantile: Decodable {
    let confidence: Double
    let degrees: Int
    let quantile: Double
  }

  @Test func intervalsAreThoseOfSciPy() throws {
    for known in try Fixtures.read([Interval].self, "intervals") {
      let summary = try #require(MetricSummary(.macroF1, scores: known.scores))
      #expect(agree(summary.mean, known.mean))
      #expect(agree(summary.standardDeviation, known.standardDeviation))
      #expect(agree(summary.low, known.low))
      #expect(agree(summary.high, known.high))
    }
  }

  @Test func quantilesAreThoseOfSciPy() throws {
    for known in try Fixtures.read([Quantile].self, "student") {
      let found = StudentDistribution.quantile(
        twoSided: known.confidence, degrees: known.degrees)
      #expect(agree(found, known.quantile), "\(known): \(found)")
    }
  }

  @Test func foldsWithoutTheScoreDoNotCount() throws {
    let summary = try #require(MetricSummary(.rocAUC, scores: [0.5, nil, 0.7]))
    #expect(agree(summary.mean, 0.6))
    #expect(summary.scores.count == 3)
    #expect(MetricSummary(.rocAUC, scores: [nil, nil]) == nil)
    let one = try #require(MetricSummary(.rocAUC, scores: [0.5]))
    #expect(one.standardDeviation == nil && one.low == nil && one.high == nil)
  }

  @Test func theJSONReadsBack() throws {
    let folds = try ["two-ties", "two-fine", "two-only-benign"].enumerated().map {
      CrossValidationResult.Fold(
        fold: $0, trainingRows: 100,
        evaluation: EvaluationResult(
          try Fixtures.read(PredictionCase.self, "predictions-\($1)").predictions))
    }
    let result = CrossValidationResult(
      learner: "random-forest", split: SplitDescription(.grouped), folds: folds)
    let json = try StableJSON.encode(result)
    #expect(try StableJSON.decode(CrossValidationResult.self, from: json) == result)
    #expect(result.summary(of: .rocAUC)?.scores.last == .some(nil))
    #expect(result.summaries.count == Metric.allCases.count)
  }
}
