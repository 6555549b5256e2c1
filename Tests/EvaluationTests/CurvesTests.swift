import Evaluation
import Testing

@Suite struct CurvesTests {
  @Test(arguments: Fixtures.predictionNames)
  func curvesAreThoseOfScikitLearnPointByPoint(name: String) throws {
    let known = try Fixtures.read(PredictionCase.self, "predictions-\(name)")
    for (code, expected) in known.expected.curves.enumerated() {
      let sweep = ScoreSweep(known.predictions, positive: code)
      let roc = sweep.rocPoints.map { [$0.threshold, $0.falsePositiveRate, $0.truePositiveRate] }
      let pairs = sweep.precisionRecallPoints.map { [$0.threshold, $0.precision, $0.recall] }
      expectEqual(roc, expected?.roc ?? [])
      expectEqual(pairs, expected?.precisionRecall ?? [])
    }
  }

  private func expectEqual(_ found: [[Double?]], _ expected: [[Double?]]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(zip(found, expected).allSatisfy { agree($0, $1) }, "\(found), not \(expected)")
    }
  }

  // Scores of positives 4 3 3 1, of negatives 3 2 1 1 0.
  private let sweep = ScoreSweep(positives: [1, 3, 4, 3], negatives: [0, 1, 3, 1, 2])

  @Test func rowsOfEqualScoreMoveTogether() {
    #expect(sweep.thresholds == [4, 3, 2, 1, 0])
    #expect(sweep.truePositives == [1, 3, 3, 4, 4])
    #expect(sweep.falsePositives == [0, 1, 2, 4, 5])
    // Pairs won: 5 + 2 (4 + half a tie) + 1 + two half ties, of 20.
    #expect(agree(sweep.rocAUC, (5 + 2 * 4.5 + 2) / 20))
  }

  @Test func operatingPointsKeepTheirPromise() throws {
    #expect(sweep.operatingPoint(recallAtLeast: 0.75)?.threshold == 3)
    #expect(sweep.operatingPoint(recallAtLeast: 0.76)?.threshold == 1)
    #expect(sweep.operatingPoint(falsePositiveRateAtMost: 0.2)?.threshold == 3)
    #expect(sweep.operatingPoint(falsePositiveRateAtMost: 0.4)?.threshold == 2)
    #expect(sweep.operatingPoint(falsePositiveRateAtMost: 0)?.threshold == 4)
    let best = try #require(sweep.bestF1)
    #expect(best.threshold == 3 && agree(best.counts.f1, 0.75))
    #expect(sweep.bestYouden?.threshold == 3)
  }

  @Test func oneSideHasNoCurve() {
    let onlyPositives = ScoreSweep(positives: [0.1, 0.9], negatives: [])
    #expect(onlyPositives.rocAUC == nil && onlyPositives.averagePrecision == nil)
    #expect(onlyPositives.rocPoints.isEmpty && onlyPositives.precisionRecallPoints.isEmpty)
    #expect(onlyPositives.operatingPoint(falsePositiveRateAtMost: 1) == nil)
    #expect(onlyPositives.bestYouden == nil)
    #expect(ScoreSweep(positives: [], negatives: [1]).bestF1 == nil)
    #expect(ScoreSweep(positives: [], negatives: []).thresholds.isEmpty)
  }

  @Test func aThresholdMayBeTooHighForAnyRate() {
    let sweep = ScoreSweep(positives: [1], negatives: [1])
    #expect(sweep.operatingPoint(falsePositiveRateAtMost: 0.5) == nil)
  }
}
