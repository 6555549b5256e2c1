import FeatureTables
import Foundation
import Learning
import Testing

@Test func theGridIsTheProductWithTheLastDimensionFastest() throws {
  let space = try HyperparameterSpace(
    .logisticRegression,
    [
      .init("c", .list([.real(0.1), .real(1)])),
      .init("intercept", .list([.flag(true), .flag(false)])),
    ])
  #expect(
    try space.grid() == [
      ["c": .real(0.1), "intercept": .flag(true)], ["c": .real(0.1), "intercept": .flag(false)],
      ["c": .real(1), "intercept": .flag(true)], ["c": .real(1), "intercept": .flag(false)],
    ])
}

@Test(arguments: LearnerName.allCases) func randomTrialsStayWithinTheLearnersBounds(
  learner: LearnerName
) throws {
  let space = HyperparameterSpace.standard(learner)
  let trials = space.random(60, seed: 1)
  #expect(trials.count == 60)
  let base = HyperparameterSettings(learner)
  for trial in trials {
    #expect(trial.count == space.dimensions.count)
    _ = try base.replacing(trial)
  }
  #expect(trials == space.random(60, seed: 1))
  #expect(trials != space.random(60, seed: 2))
  // More trials begin with the same ones.
  #expect(Array(space.random(80, seed: 1).prefix(60)) == trials)
  _ = try HyperparameterSpace(learner, space.dimensions)
}

@Test func aLogarithmicRangeFillsEachDecadeAlike() throws {
  let space = try HyperparameterSpace(
    .logisticRegression, [.init("c", .real(1e-3...1e3, .logarithmic))])
  let decades = space.random(6_000, seed: 5).map { trial -> Int in
    guard case .real(let value) = trial["c"] else { return -1 }
    return Int(log10(value) + 3)
  }
  // 1,000 expected in each; five standard deviations are 144.
  for decade in 0..<6 { #expect(abs(decades.count { $0 == decade } - 1_000) < 144) }
}

@Test func wholeNumberRangesReachBothEnds() throws {
  for scale in [HyperparameterSpace.Scale.linear, .logarithmic] {
    let space = try HyperparameterSpace(
      .randomForest, [.init("min_samples_leaf", .integer(1...4, scale))])
    let values = space.random(50, seed: 3).map { $0["min_samples_leaf"]!.description }
    #expect(values.sorted() == ["1", "2", "3", "4"])
  }
}

@Test func spacesThatDoNotFitTheLearnerAreRefused() {
  typealias Dimension = HyperparameterSpace.Dimension
  for dimension in [
    Dimension("trees", .list([.integer(3)])), Dimension("c", .list([])),
    Dimension("c", .real(0...1)), Dimension("max_iterations", .integer(0...5, .logarithmic)),
    Dimension("c", .list([.word("many")])),
  ] {
    #expect { try HyperparameterSpace(.logisticRegression, [dimension]) } throws: {
      ($0 as? DataError)?.exitCode == 64
    }
  }
  #expect(throws: DataError.self) { try HyperparameterSpace.standard(.randomForest).grid() }
}

@Test func thePresetIsTheGridOfTheNotebooks() throws {
  let labels = Labels(names: ["benign", "malicious", "benign", "benign", nil])
  let grid = try FlowMeterPreset(labels: labels).space.grid()
  #expect(grid.count == 6 * 2 * 5 * 2)
  let weights = Set(grid.map { $0["class_weight"]!.description })
  #expect(
    weights == [
      "benign:0.1,malicious:99.9", "benign:0.25,malicious:99.75", "benign:0.5,malicious:99.5",
      "benign:0.75,malicious:99.25", "benign:1.0,malicious:99.0", "benign:25.0,malicious:75.0",
    ])
  let base = HyperparameterSettings(.logisticRegression)
  for trial in grid { _ = try base.replacing(trial) }
  #expect(throws: DataError.self) {
    try FlowMeterPreset(labels: Labels(names: ["benign", "Bot", "DDoS"]))
  }
}

private func run(
  _ scores: [[Double?]], higherIsBetter: Bool = true
) throws -> SearchResult {
  var remaining = scores[...]
  let combinations = scores.indices.map { ["c": HyperparameterValue.real(Double($0 + 1))] }
  return try search(
    combinations, base: HyperparameterSettings(.logisticRegression),
    objective: SearchObjective(name: "roc_auc", higherIsBetter: higherIsBetter)
  ) { _ in
    let next = remaining.removeFirst()
    if next.isEmpty { throw FitError.notConverged(iterations: 1, gradientNorm: 2) }
    return next
  }
}

@Test func theBestMeanWinsAndOfEqualOnesTheEarlier() throws {
  let result = try run([[0.5, 0.7], [], [0.9, nil], [0.8, 1.0], [nil, nil], [.nan, 1]])
  #expect(result.ranking == [2, 3, 0, 1, 4, 5])
  #expect(result.best?.number == 2)
  #expect(result.trials[1].problem?.contains("not converged") == true)
  #expect(try run([[0.3], [0.2], [0.4]], higherIsBetter: false).best?.number == 1)
}

@Test func aSearchWithoutAnyFitThrowsItsFirstError() {
  #expect(throws: FitError.notConverged(iterations: 1, gradientNorm: 2)) { try run([[], []]) }
}

@Test func theTableOfTrialsIsCSV() throws {
  let result = try run([[0.5, 0.75], [], [1, nil]])
  let lines = result.csv().split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false)
  }
  #expect(
    lines[0].joined(separator: ",")
      == "trial,rank,c,mean_roc_auc,standard_deviation,fold_1,fold_2,seconds,problem")
  #expect(lines[1][..<7].joined(separator: ",") == "0,2,1.0,0.625,0.1767766952966369,0.5,0.75")
  #expect(lines[2][..<7].joined(separator: ",") == "1,3,2.0,,,,")
  #expect(lines[3][..<7].joined(separator: ",") == "2,1,3.0,1.0,,1.0,")
}

@Test func cellsThatNeedQuotesHaveThem() {
  let trial = Trial(
    number: 0,
    hyperparameters: ["class_weight": .classWeight(.named(["a \"b\"": 1, "c": 2]))],
    foldScores: [], seconds: 0, problem: "two\nlines")
  let csv = SearchResult(
    learner: .randomForest, objective: SearchObjective(name: "log_loss", higherIsBetter: false),
    trials: [trial]
  ).csv()
  #expect(csv.contains(#""a ""b"":1.0,c:2.0""#))
  #expect(csv.contains("\"two\nlines\""))
}
