import Models
import Testing

private let classes = ["benign", "dos", "scan"]

private func decide(_ threshold: Threshold, _ rows: [Double]...) -> Decisions {
  threshold.decide(probabilities: Array(rows.joined()), classes: classes, benign: ["benign"])
}

@Test func theLikeliestClassWinsAndTheFirstOfEqualOnes() {
  let decisions = decide(
    .likeliest, [0.4, 0.3, 0.3], [0.2, 0.3, 0.5], [0.4, 0.4, 0.2], [0.2, 0.4, 0.4])
  #expect(decisions.predicted == [0, 2, 0, 1])
  #expect(decisions.alarms == [false, true, false, true])
}

@Test func aValueCutsTheMaliciousScore() {
  // Malicious scores 0.6, 0.5, 0.75 and 0; the class is the likeliest on its side.
  let rows = [[0.4, 0.35, 0.25], [0.5, 0.125, 0.375], [0.25, 0.25, 0.5], [1, 0, 0]]
  func decisions(_ value: Double) -> Decisions {
    Threshold(.fixed, value: value).decide(
      probabilities: Array(rows.joined()), classes: classes, benign: ["benign"])
  }
  #expect(decisions(0.5).predicted == [1, 2, 2, 0])
  #expect(decisions(0.5).alarms == [true, true, true, false])
  #expect(decisions(0.7).predicted == [0, 0, 2, 0])
  #expect(decisions(0).alarms == [true, true, true, true])
  #expect(decisions(0).predicted == [1, 2, 2, 1])
  #expect(decisions(1).alarms == [false, false, false, false])
  let scores = Threshold.maliciousScores(
    probabilities: Array(rows.joined()), classes: classes, benign: ["benign"])
  #expect(scores == [0.6, 0.5, 0.75, 0])
}

@Test func withOneSideOnlyTheLikeliestClassDecides() {
  let cut = Threshold(.fixed, value: 0.9)
  let probabilities = [0.6, 0.4, 0.1, 0.9]
  let malicious = cut.decide(probabilities: probabilities, classes: ["dos", "scan"], benign: [])
  #expect(malicious.predicted == [0, 1])
  #expect(malicious.alarms == [true, true])
  let benign = cut.decide(
    probabilities: probabilities, classes: ["benign", "normal"], benign: ["benign", "normal"])
  #expect(benign.alarms == [false, false])
}

@Test func probabilitiesThatAreNotNumbersDoNotTrap() {
  let decisions = decide(.likeliest, [.nan, .nan, .nan])
  #expect(decisions.predicted == [0])
  #expect(decide(Threshold(.fixed, value: 0.5), [.nan, 0, 1]).predicted.count == 1)
}
