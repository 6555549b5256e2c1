import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// Gradient-based one-side sampling.
struct GradientSamplingTests {
  private func learner(trees: Int, top: Double, other: Double) -> GradientBoosting {
    var learner = GradientBoosting(seed: 21)
    (learner.trees, learner.minSamplesLeaf, learner.leaves) = (trees, 3, 6)
    (learner.sampling, learner.topRate, learner.otherRate) = (.goss, top, other)
    return learner
  }

  /// Algorithm 2 of Ke et al., as it is written there: sort by size, take the first, draw from the
  /// rest, weight them.
  /// - Returns: the factor of each row that is used.
  private func plainSample(
    _ gradients: [Double], top: Double, other: Double, seed: UInt64, round: Int
  ) -> [Int: Double] {
    let count = gradients.count
    // Sizes that are equal but for rounding are equal: then the row decides.
    let size = gradients.map { (abs($0) * 1e9).rounded() }
    let sorted = (0..<count).sorted { (-size[$0], $0) < (-size[$1], $1) }
    let topCount = Int((top * Double(count)).rounded())
    let rest = sorted.dropFirst(topCount).sorted()
    var factors = Dictionary(uniqueKeysWithValues: sorted.prefix(topCount).map { ($0, 1.0) })
    let otherCount = Int((other * Double(count)).rounded())
    var generator = RandomGenerator(seed: seed, stream: UInt64(round) << 1)
    var wanted = otherCount
    for (place, row) in rest.enumerated() {
      guard generator.below(rest.count - place) < wanted else { continue }
      wanted -= 1
      factors[row] = Double(rest.count) / Double(otherCount)
    }
    return factors
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>, [(0.2, 0.3), (0.0, 0.5), (0.5, 0.25)])
  func roundsAreThoseOfTheSlowPlainVersion(seed: UInt64, rates: (Double, Double)) throws {
    let table = noisyTable(rowCount: 160, seed: seed)
    let learner = learner(trees: 3, top: rates.0, other: rates.1)
    let model = try learner.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 2))
    var margins = [Double](repeating: model.baseScores[0], count: 160)
    for (round, tree) in model.trees.enumerated() {
      let shares = margins.map { 1 / (1 + exp(-$0)) }
      let gradients = zip(shares, table.labels.codes).map { $0 - Double($1) }
      let factors = plainSample(
        gradients, top: rates.0, other: rates.1, seed: 21, round: round)
      let rows = factors.keys.sorted()
      let naive = NaiveBoostedTree(
        table.matrix.rows(rows), gradients: rows.map { gradients[$0] * factors[$0]! },
        hessians: rows.map { shares[$0] * (1 - shares[$0]) * factors[$0]! }, leaves: 6,
        minSamplesLeaf: 3, l2: 0)
      #expect(tree.leafCount == naive.leaves.count)
      // Values of the model are a tenth of a step.
      var steps = tree
      steps.values = tree.values.map { $0 / learner.learningRate }
      expectEqual(steps, at: 0, naive.root, in: naive) { node in
        node.rows.reduce(0) { $0 + factors[rows[$1]]! }
      }
      for row in 0..<160 { margins[row] += value(of: tree, table.matrix, row) }
    }
  }

  private func value(of tree: DecisionTree, _ matrix: FeatureMatrix, _ row: Int) -> Double {
    var node = 0
    while tree.features[node] >= 0 {
      let value = matrix.float(row, Int(tree.features[node]))
      let goesLeft = value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
      node = Int(goesLeft ? tree.lefts[node] : tree.rights[node])
    }
    return tree.values[node]
  }

  @Test(arguments: [2, 4]) func threadsMakeNoDifference(classCount: Int) throws {
    let table = noisyTable(rowCount: 1_500, classCount: classCount)
    let models = try [1, 2, 3].map { threads in
      try learner(trees: 8, top: 0.2, other: 0.2).fit(
        table.matrix, labels: table.labels, weights: (0..<1_500).map { 0.5 + Double($0 % 4) },
        parallel: Parallel(threads: threads))
    }
    expectSame(models[0], models[1])
    expectSame(models[0], models[2])
    let again = try learner(trees: 8, top: 0.3, other: 0.2).fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
    #expect(again != models[0])
  }

  /// All rows are used where both shares together are all: the sample is then no sample.
  @Test func allRowsAreAllRows() throws {
    let table = noisyTable(rowCount: 400)
    var whole = learner(trees: 5, top: 0.5, other: 0.5)
    let sampled = try whole.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
    whole.sampling = .uniform
    expectSame(
      sampled,
      try whole.fit(
        table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1)))
  }

  /// A third of the rows a round teach nearly what all of them do.
  @Test(arguments: [2, 4]) func lossStaysNearThatOfAllRows(classCount: Int) throws {
    let table = noisyTable(rowCount: 6_000, classCount: classCount)
    let (training, other) = (Array(0..<4_000), Array(4_000..<6_000))
    func loss(_ learner: GradientBoosting) throws -> Double {
      let model = try learner.fit(
        table.matrix.rows(training), labels: table.labels.rows(training), weights: nil,
        parallel: Parallel(threads: 2))
      return meanLogLoss(
        model.probabilities(for: table.matrix.rows(other), parallel: Parallel(threads: 2)),
        table.labels.rows(other))
    }
    var all = learner(trees: 40, top: 0.2, other: 0.1)
    let sampled = try loss(all)
    all.sampling = .uniform
    #expect(try sampled < 1.05 * loss(all))
  }

  @Test func settingsThatContradictAreRefused() throws {
    let table = noisyTable(rowCount: 60)
    for change in [(0.7, 0.4, 1.0), (0.2, 0.1, 0.5)] {
      var wrong = learner(trees: 2, top: change.0, other: change.1)
      wrong.subsample = change.2
      #expect(throws: FitError.self) {
        try wrong.fit(
          table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
      }
    }
  }
}
