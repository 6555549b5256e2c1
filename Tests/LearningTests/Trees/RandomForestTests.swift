import FeatureTables
import Foundation
import Learning
import Models
import Testing

private func fitted(
  _ table: (matrix: FeatureMatrix, labels: Labels), weights: [Double]? = nil, threads: Int = 1,
  _ change: (inout RandomForest) -> Void = { _ in }
) throws -> TreeEnsemble {
  var learner = RandomForest(seed: 11)
  learner.trees = 10
  change(&learner)
  return try learner.fit(
    table.matrix, labels: table.labels, weights: weights, parallel: Parallel(threads: threads))
}

/// The best Gini score over all columns, thresholds and directions, by its definition.
/// - Parameter minimum: rows on each side at least.
private func bestGini(
  _ matrix: FeatureMatrix, _ labels: Labels, _ weights: [Double], rows: [Int], minimum: Int
) -> Double {
  func purity(_ sums: [Double]) -> Double {
    let total = sums.reduce(0, +)
    return total == 0 ? 0 : sums.reduce(0) { $0 + $1 * $1 } / total
  }
  let none = [Double](repeating: 0, count: labels.classes.count)
  var best = -Double.infinity
  for column in 0..<matrix.columnCount {
    let values = rows.map { matrix.float($0, column) }
    for threshold in Set(values.filter { !$0.isNaN }) {
      for missingGoesLeft in [false, true] {
        var (left, right, lefts) = (none, none, 0)
        for (row, value) in zip(rows, values) {
          let isLeft = value.isNaN ? missingGoesLeft : value <= threshold
          if isLeft {
            left[Int(labels.codes[row])] += weights[row]
            lefts += 1
          } else {
            right[Int(labels.codes[row])] += weights[row]
          }
        }
        if min(lefts, rows.count - lefts) < minimum { continue }
        best = max(best, purity(left) + purity(right))
      }
    }
  }
  var all = none
  for row in rows { all[Int(labels.codes[row])] += weights[row] }
  return best - purity(all)
}

/// Follows the rows down the tree and compares each node with the definition.
private func expectExact(
  _ tree: DecisionTree, _ table: (matrix: FeatureMatrix, labels: Labels), weights: [Double],
  node: Int, rows: [Int], minimum: Int
) {
  let cover = rows.reduce(0) { $0 + weights[$1] }
  #expect(abs(tree.covers[node] - cover) < 1e-9 * cover)
  let width = table.labels.classes.count
  guard tree.features[node] >= 0 else {
    var sums = [Double](repeating: 0, count: width)
    for row in rows { sums[Int(table.labels.codes[row])] += weights[row] / cover }
    for code in 0..<width { #expect(abs(tree.values[node * width + code] - sums[code]) < 1e-12) }
    // Without limits only a pure leaf stops, or one whose rows cannot be told apart.
    #expect(
      sums.contains { $0 > 1 - 1e-12 }
        || bestGini(table.matrix, table.labels, weights, rows: rows, minimum: minimum)
          == -.infinity
    )
    return
  }
  let expected = bestGini(
    table.matrix, table.labels, weights, rows: rows, minimum: minimum)
  #expect(abs(tree.gains[node] - max(0, expected)) < 1e-6 * max(1, cover))
  let isLeft = { (row: Int) -> Bool in
    let value = table.matrix.float(row, Int(tree.features[node]))
    return value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
  }
  expectExact(
    tree, table, weights: weights, node: Int(tree.lefts[node]), rows: rows.filter(isLeft),
    minimum: minimum)
  expectExact(
    tree, table, weights: weights, node: Int(tree.rights[node]), rows: rows.filter { !isLeft($0) },
    minimum: minimum)
}

/// Few rows are sorted; many are counted in bins, and looked at closer where it matters.
@Test(
  arguments: [2, 3, 6],
  [(rows: 20, minimum: 1), (90, 1), (90, 4), (450, 1), (450, 12)])
func treeOnAllColumnsIsExact(classCount: Int, size: (rows: Int, minimum: Int)) throws {
  for seed in 1...3 as ClosedRange<UInt64> {
    let table = noisyTable(rowCount: size.rows, classCount: classCount, seed: seed)
    let weights = (0..<size.rows).map { seed == 1 ? 1 : 0.25 + Double($0 % 5) / 3 }
    let model = try fitted(table, weights: weights) {
      $0.trees = 1
      $0.bootstrap = false
      $0.featuresPerSplit = .all
      $0.minSamplesLeaf = size.minimum
    }
    expectExact(
      model.trees[0], table, weights: weights, node: 0, rows: Array(0..<size.rows),
      minimum: size.minimum)
  }
}

/// So many rows that they are brought into another order first.
@Test func leavesOfManyRowsHoldTheRowsThatReachThem() throws {
  let table = noisyTable(rowCount: 70_000, classCount: 3, seed: 5)
  let change = { (forest: inout RandomForest) in
    forest.trees = 3
    forest.bootstrap = false
    forest.depth = 8
  }
  let model = try fitted(table, change)
  expectSame(model, try fitted(table, threads: 3, change))
  for tree in model.trees {
    var sums = [Double](repeating: 0, count: tree.nodeCount * 3)
    for (row, code) in table.labels.codes.enumerated() {
      var node = 0
      while tree.features[node] >= 0 {
        let value = table.matrix.float(row, Int(tree.features[node]))
        let isLeft = value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
        node = Int(isLeft ? tree.lefts[node] : tree.rights[node])
      }
      sums[node * 3 + Int(code)] += 1
    }
    for node in 0..<tree.nodeCount where tree.features[node] < 0 {
      #expect(tree.covers[node] == sums[node * 3..<node * 3 + 3].reduce(0, +))
      for code in 0..<3 {
        #expect(
          abs(tree.values[node * 3 + code] - sums[node * 3 + code] / tree.covers[node]) < 1e-12)
      }
    }
  }
}

/// Rows out of the bag stay the same when rows are brought into another order.
@Test func outOfBagOfManyRowsIsHonest() throws {
  let table = noisyTable(rowCount: 70_000, seed: 8)
  var learner = RandomForest(seed: 4)
  learner.trees = 6
  let (model, outOfBag) = try learner.fitWithOutOfBag(
    table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 2))
  let fresh = noisyTable(rowCount: 20_000, seed: 99)
  // Of six trees a row is out of the bag of two or three.
  var some = learner
  some.trees = 2
  let two = try some.fit(
    table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 2))
  let (least, most) = (
    accuracy(of: two, on: fresh), accuracy(of: model, on: fresh)
  )
  #expect(outOfBag.accuracy > least - 0.02 && outOfBag.accuracy < most + 0.01)
}

@Test func aFullTreeKnowsItsRows() throws {
  let table = noisyTable(rowCount: 500, classCount: 4)
  let model = try fitted(table) { $0.bootstrap = false }
  let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
  for (row, code) in table.labels.codes.enumerated() {
    #expect(said[row * 4 + Int(code)] > 1 - 1e-12)
  }
}

/// The share of rows whose most probable of two classes is theirs.
private func accuracy(
  of model: TreeEnsemble, on table: (matrix: FeatureMatrix, labels: Labels)
) -> Double {
  let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 2))
  let right = table.labels.codes.enumerated().count { row, code in
    (said[row * 2 + 1] > said[row * 2] ? 1 : 0) == code
  }
  return Double(right) / Double(table.labels.count)
}

@Test(arguments: [false, true])
func forestDoesNotDependOnThreads(extraRandomized: Bool) throws {
  let table = noisyTable(rowCount: 600, classCount: 3)
  let models = try [1, 2, 3].map { threads in
    try fitted(table, threads: threads) { $0.extraRandomized = extraRandomized }
  }
  expectSame(models[0], models[1])
  expectSame(models[0], models[2])
  let (first, second) = (models[0].trees[0], models[0].trees[1])
  let other = try fitted(table) { $0.seed = 12 }
  let differ = first != second && models[0] != other
  #expect(differ)
}

@Test(arguments: [false, true])
func forestWeightTwoIsARowTwice(extraRandomized: Bool) throws {
  let table = noisyTable(rowCount: 200, classCount: 3)
  let rows = Array(0..<200) + (0..<200).filter { $0 % 3 == 0 }
  let whole: (inout RandomForest) -> Void = {
    $0.bootstrap = false
    $0.trees = 3
    $0.extraRandomized = extraRandomized
  }
  let ours = try fitted(table, weights: (0..<200).map { $0 % 3 == 0 ? 2 : 1 }, whole)
  expectSame(ours, try fitted((table.matrix.rows(rows), table.labels.rows(rows)), whole))
}

@Test func forestLimitsAreKept() throws {
  let table = noisyTable(rowCount: 1_000)
  let model = try fitted(table) {
    $0.depth = 4
    $0.minSamplesLeaf = 30
    $0.bootstrap = false
  }
  for tree in model.trees {
    #expect(tree.covers.min() ?? 0 >= 30)
    #expect(tree.leafCount <= 16 && tree.leafCount > 4)
  }
}

/// Rows that can be told apart by the drawn columns alone: the drawing goes on past constants.
@Test func drawingGoesOnPastConstantColumns() throws {
  let useful = (0..<40).map { Double($0) }
  let constants = (0..<30).map { _ in [Double](repeating: 1, count: 40) }
  let table = (treeMatrix(constants + [useful]), treeLabels((0..<40).map { $0 < 20 ? 0 : 1 }))
  let model = try fitted(table) { $0.bootstrap = false }
  #expect(model.trees.allSatisfy { $0.nodeCount == 3 && $0.features[0] == 30 })
  // The threshold is the middle of the gap in the node.
  #expect(model.trees.allSatisfy { $0.thresholds[0] == 19.5 })
}

@Test func forestLearnsFromMissingValues() throws {
  let values = (0..<200).map { $0 % 3 == 0 ? Double.nan : Double($0 % 10) }
  let labels = treeLabels(values.map { $0.isNaN || $0 > 6 ? 1 : 0 })
  for extraRandomized in [false, true] {
    let model = try fitted((treeMatrix([values]), labels)) {
      $0.extraRandomized = extraRandomized
      $0.trees = 50
    }
    let said = model.probabilities(
      for: treeMatrix([[.nan, 9, 1]]), parallel: Parallel(threads: 1))
    #expect(said[1] == 1 && said[3] == 1 && said[5] == 0)
  }
}

@Test func outOfBagIsTheMeanOfTreesThatDidNotDrawTheRow() throws {
  let table = noisyTable(rowCount: 400)
  var learner = RandomForest(seed: 3)
  learner.trees = 40
  let weights = (0..<400).map { $0 == 17 ? 0.0 : 1 }
  let (model, outOfBag) = try learner.fitWithOutOfBag(
    table.matrix, labels: table.labels, weights: weights, parallel: Parallel(threads: 2))
  expectSame(
    model,
    try learner.fit(
      table.matrix, labels: table.labels, weights: weights, parallel: Parallel(threads: 1)))
  #expect(outOfBag.probabilities.count == 800 && outOfBag.probabilities[34].isNaN)
  let said = (0..<400).filter { $0 != 17 }
  for row in said {
    #expect(abs(outOfBag.probabilities[row * 2] + outOfBag.probabilities[row * 2 + 1] - 1) < 1e-12)
  }
  // An honest estimate: near what new rows of the same make get, far from the training rows' 1.
  let fresh = noisyTable(rowCount: 4_000, seed: 99)
  #expect(abs(accuracy(of: model, on: fresh) - outOfBag.accuracy) < 0.05)
  let ofClass = said.map { outOfBag.probabilities[$0 * 2 + Int(table.labels.codes[$0])] }
  let losses = ofClass.map { -log(max(1e-15, $0)) }
  #expect(outOfBag.scoredRows == 399)
  #expect(abs(outOfBag.logLoss - losses.reduce(0, +) / 399) < 1e-12)
  learner.bootstrap = false
  #expect(throws: FitError.self) {
    try learner.fitWithOutOfBag(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  }
}

/// What scikit-learn's checks ask of its estimators, of extremely randomized trees.
@Test func extremelyRandomizedTreesKeepTheContract() throws {
  let table = noisyTable(rowCount: 300, classCount: 3)
  let learner = RandomForest.extremelyRandomized(seed: 6)
  #expect(learner.extraRandomized && !learner.bootstrap)
  let fit = { (learner: RandomForest) in
    try learner.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 2))
  }
  let model = try fit(learner)
  expectSame(model, try fit(learner))
  let other = try fit(RandomForest.extremelyRandomized(seed: 7))
  #expect(model != other)
  // Without limits and with all rows, every tree knows each of them.
  let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
  for (row, code) in table.labels.codes.enumerated() {
    #expect(said[row * 3 + Int(code)] > 1 - 1e-12)
  }
  // Thresholds lie between values, not in the middle of two as those of an exact search.
  let thresholds = model.trees.flatMap { tree in
    tree.features.indices.filter { tree.features[$0] == 1 }.map { tree.thresholds[$0] }
  }
  #expect(thresholds.contains { $0 != ($0 * 2).rounded() / 2 })
  #expect(throws: FitError.oneClass("class0")) {
    try learner.fit(
      treeMatrix([[1]]), labels: treeLabels([0]), weights: nil, parallel: Parallel(threads: 1))
  }
  let infinite = treeMatrix([[1, .infinity]])
  #expect(throws: FitError.self) {
    try learner.fit(
      infinite, labels: treeLabels([0, 1]), weights: nil, parallel: Parallel(threads: 1))
  }
}

/// A random threshold of one column: uniform between its least and greatest value.
@Test func randomThresholdsAreUniform() throws {
  let values = [0.0, 10]
  var learner = RandomForest.extremelyRandomized(seed: 1)
  learner.trees = 2_000
  let model = try learner.fit(
    treeMatrix([values]), labels: treeLabels([0, 1]), weights: nil, parallel: Parallel(threads: 1))
  let thresholds = model.trees.map { Double($0.thresholds[0]) }.sorted()
  // Kolmogorov and Smirnov: the greatest distance from uniform, at a level of 0.001.
  let distance = thresholds.enumerated().map { abs(Double($0) / 2_000 - $1 / 10) }.max() ?? 1
  #expect(distance < 1.95 / 2_000.0.squareRoot())
}
