import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// Calibration as scikit-learn does it: `calibrate.py` beside the numbers made them.
private func golden() throws -> JSONElement {
  let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/Calibration/calibration.json")
  return try JSONDocument(Array(Data(contentsOf: path)), file: "golden", remedy: "").root
}

private func flags(_ element: JSONElement) throws -> [Bool] {
  try element.doubles().map { $0 == 1 }
}

@Test(arguments: 0..<4)
func calibratorsOfOneClassAreThoseOfScikitLearn(index: Int) throws {
  let golden = try golden()
  let grid = try golden.member("grid").doubles()
  let sample = try golden.member("binary").elements()[index]
  let scores = try sample.member("scores").doubles()
  let positive = try flags(sample.member("positive"))

  let isotonic = IsotonicRegression.fit(scores: scores, isPositive: positive)
  for (score, expected) in zip(grid, try sample.member("isotonic").doubles()) {
    #expect(abs(isotonic.probability(of: score) - expected) < 1e-12)
  }
  let platt = PlattScaling.fit(scores: scores, isPositive: positive, parallel: Parallel(threads: 2))
  #expect(
    platt
      == PlattScaling.fit(scores: scores, isPositive: positive, parallel: Parallel(threads: 1)))
  for (score, expected) in zip(grid, try sample.member("platt").doubles()) {
    #expect(abs(platt.probability(of: score) - expected) < 1e-10)
  }
  // Its solver stops a little before the end.
  for (score, expected) in zip(grid, try sample.member("sklearn_platt").doubles()) {
    #expect(abs(platt.probability(of: score) - expected) < 1e-6)
  }
}

/// Three classes, each against the rest, then divided by their sum.
@Test(arguments: ["platt", "isotonic"])
func calibrationOfThreeClassesIsThatOfScikitLearn(method: String) throws {
  let sample = try golden().member(method)
  let probabilities = try sample.member("probabilities").doubles()
  let labels = try sample.member("labels").doubles().map { Int($0) }
  let calibrators = (0..<3).map { code in
    let scores = labels.indices.map { probabilities[$0 * 3 + code] }
    let positive = labels.map { $0 == code }
    return method == "platt"
      ? PlattScaling.fit(scores: scores, isPositive: positive, parallel: Parallel())
      : IsotonicRegression.fit(scores: scores, isPositive: positive)
  }
  let classifier = CalibratedClassifier(
    base: .prior(PriorClassifier(featureCount: 1, prior: [0.5, 0.25, 0.25])), score: .probability,
    calibrators: calibrators)
  let answers = classifier.calibrated(try sample.member("asked").doubles())
  let bound = method == "platt" ? 1e-6 : 1e-12
  for (ours, theirs) in zip(answers, try sample.member("answers").doubles()) {
    #expect(abs(ours - theirs) < bound)
  }
}

@Test func rowsOnOneSideGiveAConstant() {
  for isPositive in [true, false] {
    let flags = [Bool](repeating: isPositive, count: 3)
    let platt = PlattScaling.fit(scores: [1, 2, 2], isPositive: flags, parallel: Parallel())
    // Platt's targets: 4 of 5 where all are positive, 1 of 5 where none is.
    #expect(abs(platt.probability(of: 1.5) - (isPositive ? 0.8 : 0.2)) < 1e-6)
    let isotonic = IsotonicRegression.fit(scores: [1, 2, 2], isPositive: flags)
    #expect(isotonic.probability(of: 1.5) == (isPositive ? 1 : 0))
  }
  let same = PlattScaling.fit(
    scores: [0, 0, 0, 0], isPositive: [true, false, true, false], parallel: Parallel())
  #expect(abs(same.probability(of: 0) - 0.5) < 1e-9)
}
