import FeatureTables
import Foundation
import Models
import Testing

@Test func linesJoinThePointsOfAnIsotonicCalibrator() {
  let calibrator = Calibrator.isotonic(scores: [-1, 0, 2], probabilities: [0.1, 0.1, 0.9])
  for (score, expected) in [
    (-5, 0.1), (-1, 0.1), (-0.5, 0.1), (0, 0.1), (1, 0.5), (2, 0.9), (9, 0.9),
  ] {
    #expect(calibrator.probability(of: score) == expected)
  }
  #expect(Calibrator.isotonic(scores: [3], probabilities: [0.4]).probability(of: 7) == 0.4)
}

@Test func plattIsALogisticFunction() {
  let calibrator = Calibrator.platt(slope: 2, intercept: -1)
  #expect(calibrator.probability(of: 0.5) == 0.5)
  #expect(abs(calibrator.probability(of: 1) - 1 / (1 + exp(-1))) < 1e-15)
  #expect(calibrator.probability(of: -1000) == 0 && calibrator.probability(of: 1000) == 1)
}

@Test func logOddsAreMarginsAndStayFinite() {
  let score = CalibratedClassifier.Score.logOdds
  for margin in [-700, -40, -0.3, 0, 2.5, 40, 700] {
    let pair = logisticProbabilities([margin])[...]
    let bound = 1e-12 * max(1, abs(margin))
    #expect(abs(score.value(of: 1, in: pair) - margin) <= bound)
    #expect(abs(score.value(of: 0, in: pair) + margin) <= bound)
  }
  #expect(score.value(of: 1, in: [1, 0]) == -745)
  #expect(score.value(of: 0, in: [1, 0]) == 745)
  #expect(abs(score.value(of: 2, in: [0.25, 0.25, 0.5]) - 0) < 1e-15)
}

/// All calibrators may say that a row is not of their class.
@Test func classesAreAlikeWhereNoneIsProbable() {
  let never = Calibrator.isotonic(scores: [0.5], probabilities: [0])
  let half = Calibrator.isotonic(scores: [0, 1], probabilities: [0, 0.5])
  let base = Estimator.prior(PriorClassifier(featureCount: 5, prior: [0.2, 0.3, 0.5]))
  let classifier = CalibratedClassifier(
    base: base, score: .probability, calibrators: [never, half, half])
  let third = 1.0 / 3
  #expect(classifier.calibrated([1, 0, 0]) == [third, third, third])
  #expect(classifier.calibrated([0, 0.25, 0.75]) == [0, 0.25, 0.75])
}

/// Every way to predict gives calibrated probabilities; explanations are of what was calibrated.
@Test func aCalibratedModelScoresAndExplains() throws {
  let model = SampleModels.all[6]
  guard case .calibrated(let classifier) = model.estimator else {
    Issue.record("not calibrated")
    return
  }
  let table = SampleModels.table()
  let plain = try model.replacing(classifier.base).score(table).probabilities
  #expect(try model.score(table).probabilities == classifier.calibrated(plain))
  #expect(model.estimator.trees == classifier.base.trees)
  let ours = try ModelExplainer(model).meanSizes(on: table)
  #expect(try ours == ModelExplainer(model.replacing(classifier.base)).meanSizes(on: table))
}
