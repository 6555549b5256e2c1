import FeatureTables
import Foundation
import Learning
import Models
import Testing

private func fitted(
  _ table: (matrix: FeatureMatrix, labels: Labels), weights: [Double]? = nil, threads: Int = 1,
  _ change: (inout GradientBoosting) -> Void = { _ in }
) throws -> TreeEnsemble {
  var learner = GradientBoosting(seed: 5)
  learner.trees = 12
  learner.minSamplesLeaf = 3
  change(&learner)
  return try learner.fit(
    table.matrix, labels: table.labels, weights: weights, parallel: Parallel(threads: threads))
}

/// The leaf values and structure of a tree against the naive one, node by node.
func expectEqual(
  _ tree: DecisionTree, at index: Int, _ node: NaiveBoostedTree.Node, in naive: NaiveBoostedTree,
  cover: (NaiveBoostedTree.Node) -> Double = { Double($0.rows.count) }
) {
  guard let children = node.children, let split = node.split else {
    #expect(tree.features[index] == -1)
    #expect(abs(tree.values[index] - naive.value(node)) < 1e-8)
    #expect(abs(tree.covers[index] - cover(node)) < 1e-9 * cover(node))
    return
  }
  #expect(abs(tree.gains[index] - split.gain) < 1e-6 * max(1, split.gain))
  let ours = NaiveBoostedTree.Split(
    gain: 0, column: Int(tree.features[index]), threshold: tree.thresholds[index],
    missingGoesLeft: tree.missingGoesLeft[index])
  // The threshold lies elsewhere in the same gap: the parts are what has to agree.
  #expect(naive.parts(of: node.rows, ours).0 == children.0.rows)
  expectEqual(tree, at: Int(tree.lefts[index]), children.0, in: naive, cover: cover)
  expectEqual(tree, at: Int(tree.rights[index]), children.1, in: naive, cover: cover)
}

@Test(arguments: 1...6 as ClosedRange<UInt64>, [0.0, 2.5])
func firstTreeIsThatOfTheNaiveGrower(seed: UInt64, l2: Double) throws {
  let table = noisyTable(rowCount: 80, seed: seed)
  let model = try fitted(table) {
    $0.trees = 1
    $0.learningRate = 1
    $0.leaves = 9
    $0.l2 = l2
  }
  let share = Double(table.labels.classCounts[1]) / 80
  #expect(abs(model.baseScores[0] - log(share / (1 - share))) < 1e-12)
  let naive = NaiveBoostedTree(
    table.matrix, gradients: table.labels.codes.map { share - Double($0) },
    hessians: table.labels.codes.map { _ in share * (1 - share) }, leaves: 9, minSamplesLeaf: 3,
    l2: l2)
  #expect(model.trees[0].leafCount == naive.leaves.count)
  expectEqual(model.trees[0], at: 0, naive.root, in: naive)
}

@Test func laterRoundsFollowTheGradients() throws {
  let table = noisyTable(rowCount: 80, seed: 77)
  let model = try fitted(table) {
    $0.trees = 4
    $0.leaves = 5
  }
  var margins = [Double](repeating: model.baseScores[0], count: 80)
  for tree in model.trees {
    let shares = margins.map { 1 / (1 + exp(-$0)) }
    let naive = NaiveBoostedTree(
      table.matrix,
      gradients: zip(shares, table.labels.codes).map { $0 - Double($1) },
      hessians: shares.map { $0 * (1 - $0) }, leaves: 5, minSamplesLeaf: 3, l2: 0)
    for leaf in naive.leaves {
      for row in leaf.rows { margins[row] += 0.1 * naive.value(leaf) }
    }
    #expect(tree.leafCount == naive.leaves.count)
  }
  let ours = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
  for (row, margin) in margins.enumerated() {
    #expect(abs(ours[row * 2 + 1] - 1 / (1 + exp(-margin))) < 1e-7)
  }
}

@Test(arguments: [2, 4], GradientBoosting.Growth.allCases)
func modelDoesNotDependOnThreads(classCount: Int, growth: GradientBoosting.Growth) throws {
  let table = noisyTable(rowCount: 1_200, classCount: classCount)
  let models = try [1, 2, 3].map { threads in
    try fitted(table, threads: threads) {
      $0.growth = growth
      $0.subsample = 0.7
      $0.featureFraction = 0.6
    }
  }
  expectSame(models[0], models[1])
  expectSame(models[0], models[2])
}

@Test(arguments: [2, 3])
func modelDoesNotDependOnTheOrderOfRows(classCount: Int) throws {
  let table = noisyTable(rowCount: 1_000, classCount: classCount)
  var order = Array(0..<1_000)
  var random = RandomGenerator(seed: 8)
  random.shuffle(&order)
  let weights = order.map { 0.1 + Double($0 % 7) }
  let model = try fitted(table, weights: (0..<1_000).map { 0.1 + Double($0 % 7) })
  let shuffled = try fitted(
    (table.matrix.rows(order), table.labels.rows(order)), weights: weights)
  expectSame(model, shuffled)
}

/// Equal to the last bit, as long as every value has its bin: how many rows a bin holds does not
/// depend on weights.
@Test(arguments: [2, 3])
func weightTwoIsARowTwice(classCount: Int) throws {
  let table = noisyTable(rowCount: 200, classCount: classCount, missing: false)
  let rows = Array(0..<200) + (0..<200).filter { $0 % 3 == 0 }
  let ours = try fitted(table, weights: (0..<200).map { $0 % 3 == 0 ? 2 : 1 }) {
    $0.minSamplesLeaf = 1
  }
  let repeated = try fitted((table.matrix.rows(rows), table.labels.rows(rows))) {
    $0.minSamplesLeaf = 1
  }
  for (tree, other) in zip(ours.trees, repeated.trees) {
    let isSame =
      tree.features == other.features && tree.thresholds == other.thresholds
      && tree.values == other.values && tree.covers == other.covers && tree.gains == other.gains
    #expect(isSame)
  }
}

@Test func weightZeroIsNoRow() throws {
  let table = noisyTable(rowCount: 300)
  let kept = (0..<300).filter { $0 % 4 != 0 }
  let ours = try fitted(table, weights: (0..<300).map { $0 % 4 == 0 ? 0 : 1 })
  expectSame(ours, try fitted((table.matrix.rows(kept), table.labels.rows(kept))))
}

@Test func classWeightIsRowWeight() throws {
  let table = noisyTable(rowCount: 300)
  let byClass = try fitted(table) { $0.classWeight = .named(["class1": 3]) }
  let byRow = try fitted(table, weights: table.labels.codes.map { $0 == 1 ? 3 : 1 })
  expectSame(byClass, byRow)
}

@Test(arguments: [2, 5], GradientBoosting.Growth.allCases)
func trainingLossComesDown(classCount: Int, growth: GradientBoosting.Growth) throws {
  let table = noisyTable(rowCount: 1_500, classCount: classCount)
  let model = try fitted(table) {
    $0.trees = 30
    $0.growth = growth
  }
  let outputs = classCount == 2 ? 1 : classCount
  var losses: [Double] = []
  for rounds in 0...30 {
    let part = TreeEnsemble(
      featureCount: model.featureCount, classCount: classCount, combination: .sum,
      baseScores: model.baseScores, trees: Array(model.trees.prefix(rounds * outputs)))
    losses.append(
      meanLogLoss(
        part.probabilities(for: table.matrix, parallel: Parallel(threads: 1)), table.labels))
  }
  let prior = table.labels.classCounts.reduce(0.0) { sum, count in
    count == 0 ? sum : sum - Double(count) / 1_500 * log(Double(count) / 1_500)
  }
  #expect(abs(losses[0] - prior) < 1e-9)
  for round in 1...30 { #expect(losses[round] < losses[round - 1]) }
  #expect(losses[30] < 0.7 * losses[0])
}

@Test func limitsAreKept() throws {
  let table = noisyTable(rowCount: 2_000)
  let model = try fitted(table) {
    $0.depth = 3
    $0.minSamplesLeaf = 50
  }
  for tree in model.trees {
    var depths = [Int](repeating: 0, count: tree.nodeCount)
    for node in 0..<tree.nodeCount where tree.features[node] >= 0 {
      depths[Int(tree.lefts[node])] = depths[node] + 1
      depths[Int(tree.rights[node])] = depths[node] + 1
    }
    #expect(depths.max() == 3)
    #expect(tree.covers.min() ?? 0 >= 50)
    #expect(tree.covers[0] == 2_000)
  }
  let gainful = try fitted(table) { $0.minGain = 5 }
  #expect(gainful.trees.allSatisfy { $0.gains.allSatisfy { $0 == 0 || $0 > 5 } })
  let heavy = try fitted(table) { $0.minChildWeight = 100 }
  #expect(heavy.trees[0].leafCount <= 5)
}

@Test func missingValuesAreAnAnswerOfTheirOwn() throws {
  // The class is whether the value is missing: one test has to find that.
  let values = (0..<200).map { $0 % 3 == 0 ? Double.nan : Double($0) }
  let labels = treeLabels(values.map { $0.isNaN ? 1 : 0 })
  let model = try fitted((treeMatrix([values]), labels)) { $0.trees = 100 }
  let unseen = treeMatrix([[.nan, -1e30, 1e30, 0]])
  let answers = model.probabilities(for: unseen, parallel: Parallel(threads: 1))
  #expect(answers[1] > 0.99)
  #expect([answers[3], answers[5], answers[7]].allSatisfy { $0 < 0.01 })
}

@Test func stopsEarly() throws {
  let table = noisyTable(rowCount: 800)
  let (train, check) = (Array(0..<500), Array(500..<800))
  var learner = GradientBoosting(seed: 1)
  learner.trees = 500
  learner.earlyStoppingRounds = 7
  let validation = ValidationRows(
    matrix: table.matrix.rows(check), labels: table.labels.rows(check))
  let fit = try learner.fit(
    table.matrix.rows(train), labels: table.labels.rows(train), weights: nil,
    validation: validation, parallel: Parallel(threads: 2))
  #expect(fit.rounds < 500 && fit.model.trees.count == fit.rounds)
  #expect(fit.validationLosses.count == fit.rounds + 7)
  #expect(fit.validationLosses.min() == fit.validationLosses[fit.rounds - 1])
  let said = fit.model.probabilities(for: validation.matrix, parallel: Parallel(threads: 1))
  let loss = meanLogLoss(said, validation.labels)
  #expect(abs(loss - fit.validationLosses[fit.rounds - 1]) < 1e-12)
  #expect(throws: FitError.self) {
    try learner.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  }
}

@Test func aClassWithoutRowsIsNeverLikely() throws {
  let table = noisyTable(rowCount: 300)
  let labels = Labels(
    classes: ["a", "b", "c"], codes: table.labels.codes.map { $0 * 2 }, benign: ["a"])
  let model = try fitted((table.matrix, labels))
  let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
  for row in 0..<300 { #expect(said[row * 3 + 1] < 1e-9) }
}
