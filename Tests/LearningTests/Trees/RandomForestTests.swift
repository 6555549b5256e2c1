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
private func bestGini(
  _ matrix: FeatureMatrix, _ labels: Labels, _ weights: [Double], rows: [Int]
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
        var (left, right) = (none, none)
        for (row, value) in zip(rows, values) {
          let isLeft = value.isNaN ? missingGoesLeft : value <= threshold
          if isLeft {
            left[Int(labels.codes[row])] += weights[row]
          } else {
            right[Int(labels.codes[row])] += weights[row]
          }
        }
        if left == none || right == none { continue }
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
  node: Int, rows: [Int]
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
        || bestGini(table.matrix, table.labels, weights, rows: rows)
          == -.infinity
    )
    return
  }
  let expected = bestGini(table.matrix, table.labels, weights, rows: rows)
  #expect(abs(tree.gains[node] - max(0, expected)) < 1e-6 * max(1, cover))
  let isLeft = { (row: Int) -> Bool in
    let value = table.matrix.float(row, Int(tree.features[node]))
    return value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
  }
  expectExact(
    tree, table, weights: weights, node: Int(tree.lefts[node]), rows: rows.filter(isLeft))
  expectExact(
    tree, table, weights: weights, node: Int(tree.rights[node]), rows: rows.filter { !isLeft($0) })
}

@Test(arguments: [2, 3, 6], [1, 2, 3] as [UInt64])
func treeOnAllColumnsIsExact(classCount: Int, seed: UInt64) throws {
  let table = noisyTable(rowCount: 90, classCount: classCount, seed: seed)
  let weights = (0..<90).map { seed == 1 ? 1 : 0.25 + Double($0 % 5) / 3 }
  let model = try fitted(table, weights: weights) {
    $0.trees = 1
    $0.bootstrap = false
    $0.featuresPerSplit = .all
  }
  expectExact(model.trees[0], table, weights: weights, node: 0, rows: Array(0..<90))
}

@Test func aFullTreeKnowsItsRows() throws {
  let table = noisyTable(rowCount: 500, classCount: 4)
  let model = try fitted(table) { $0.bootstrap = false }
  let said = model.probabilities(for: table.matrix, parallel: Parallel(threads: 1))
  for (row, code) in table.labels.codes.enumerated() {
    #expect(said[row * 4 + Int(code)] > 1 - 1e-12)
  }
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

@Test func forestWeightTwoIsARowTwice() throws {
  let table = noisyTable(rowCount: 200, classCount: 3)
  let rows = Array(0..<200) + (0..<200).filter { $0 % 3 == 0 }
  let whole: (inout RandomForest) -> Void = {
    $0.bootstrap = false
    $0.trees = 3
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
  let answers = model.probabilities(for: fresh.matrix, parallel: Parallel(threads: 2))
  let right = fresh.labels.codes.enumerated().count { row, code in
    (answers[row * 2 + 1] > answers[row * 2] ? 1 : 0) == code
  }
  #expect(abs(Double(right) / 4_000 - outOfBag.accuracy) < 0.05)
  learner.bootstrap = false
  #expect(throws: FitError.self) {
    try learner.fitWithOutOfBag(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  }
}
