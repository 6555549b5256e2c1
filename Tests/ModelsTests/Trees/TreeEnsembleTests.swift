import FeatureTables
import Foundation
import Models
import Testing

/// A random tree over `columnCount` columns, children after their parents; covers say nothing.
func randomTree(
  splits: Int, columnCount: Int, outputCount: Int, random: inout RandomGenerator
) -> DecisionTree {
  var tree = DecisionTree(
    features: [-1], thresholds: [0], lefts: [0], rights: [0], missingGoesLeft: [false],
    gains: [0], covers: [1], values: [], outputCount: outputCount)
  for _ in 0..<splits {
    let leaves = tree.features.indices.filter { tree.features[$0] < 0 }
    let node = leaves[random.below(leaves.count)]
    tree.features[node] = Int32(random.below(columnCount))
    tree.thresholds[node] = Float(random.below(9)) - 4
    tree.missingGoesLeft[node] = random.below(2) == 0
    tree.lefts[node] = Int32(tree.nodeCount)
    tree.rights[node] = Int32(tree.nodeCount + 1)
    for _ in 0..<2 {
      tree.features.append(-1)
      tree.thresholds.append(0)
      tree.lefts.append(0)
      tree.rights.append(0)
      tree.missingGoesLeft.append(false)
      tree.gains.append(0)
      tree.covers.append(1)
    }
  }
  tree.values = (0..<tree.nodeCount * outputCount).map { _ in random.uniform() - 0.5 }
  return tree
}

func randomMatrix(rowCount: Int, columnCount: Int, random: inout RandomGenerator)
  -> FeatureMatrix
{
  let special: [Double] = [.nan, 0, -0.0, 1e-300, 1e300, -1e300, .infinity, 2, -4]
  let values = (0..<rowCount * columnCount).map { _ in
    random.below(3) == 0 ? special[random.below(special.count)] : random.uniform() * 10 - 5
  }
  return FeatureMatrix(
    schema: FeatureSchema(
      identifier: "test", version: 1,
      features: (0..<columnCount).map { Feature("c\($0)", in: .none) }),
    rowCount: rowCount, values: values)
}

/// The definition: one comparison after the other.
func leaf(of row: [Double], in tree: DecisionTree) -> Int {
  var node = 0
  while tree.features[node] >= 0 {
    let value = Float(row[Int(tree.features[node])])
    let goesLeft = value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
    node = Int(goesLeft ? tree.lefts[node] : tree.rights[node])
  }
  return node
}

func randomEnsemble(
  classCount: Int, combination: TreeEnsemble.Combination, random: inout RandomGenerator
) -> TreeEnsemble {
  let outputs = combination == .mean ? classCount : 1
  let margins = combination == .mean ? 0 : (classCount == 2 ? 1 : classCount)
  return TreeEnsemble(
    featureCount: 5, classCount: classCount, combination: combination,
    baseScores: (0..<margins).map { _ in random.uniform() },
    trees: (0..<12).map { index in
      randomTree(splits: index * 3, columnCount: 5, outputCount: outputs, random: &random)
    })
}

@Test(arguments: [2, 3, 4], [TreeEnsemble.Combination.sum, .mean])
func batchAndRowFollowTheDefinition(
  classCount: Int, combination: TreeEnsemble.Combination
) {
  var random = RandomGenerator(seed: UInt64(classCount))
  let model = randomEnsemble(classCount: classCount, combination: combination, random: &random)
  let matrix = randomMatrix(rowCount: 2_100, columnCount: 5, random: &random)
  let batch = model.probabilities(for: matrix, parallel: Parallel(threads: 2))
  #expect(batch == model.probabilities(for: matrix, parallel: Parallel(threads: 1)))
  for row in 0..<matrix.rowCount {
    let values = matrix.row(row)
    var margins = [Double](repeating: 0, count: model.marginCount)
    for (index, tree) in model.trees.enumerated() {
      let leaf = leaf(of: values, in: tree)
      for output in 0..<tree.outputCount {
        margins[combination == .sum ? index % model.marginCount : output] +=
          tree.values[leaf * tree.outputCount + output]
      }
    }
    let expected: [Double]
    switch (combination, classCount) {
    case (.mean, _): expected = margins.map { $0 / 12 }
    case (.sum, 2): expected = logisticProbabilities([margins[0] + model.baseScores[0]])
    case (.sum, _):
      expected = softmaxProbabilities(
        zip(margins, model.baseScores).map { $0 + $1 }, classCount: classCount)
    }
    let range = row * classCount..<(row + 1) * classCount
    #expect(Array(batch[range]) == expected)
    #expect(model.probabilities(ofRow: values) == expected)
  }
}

@Test func aModelOfLeavesNeedsNoColumns() {
  let tree = DecisionTree(
    features: [-1], thresholds: [0], lefts: [0], rights: [0], missingGoesLeft: [false],
    gains: [0], covers: [1], values: [0.25, 0.75], outputCount: 2)
  let model = TreeEnsemble(
    featureCount: 0, classCount: 2, combination: .mean, baseScores: [], trees: [tree, tree])
  #expect(model.probabilities(ofRow: []) == [0.25, 0.75])
  let matrix = FeatureMatrix(
    schema: FeatureSchema(identifier: "test", version: 1, features: []), rowCount: 3, values: [])
  #expect(
    model.probabilities(for: matrix, parallel: Parallel(threads: 1))
      == [0.25, 0.75, 0.25, 0.75, 0.25, 0.75])
}

@Test func earlyStoppingSeesTheMarginsOfTheModel() {
  var random = RandomGenerator(seed: 6)
  let model = randomEnsemble(classCount: 3, combination: .sum, random: &random)
  let matrix = randomMatrix(rowCount: 1_500, columnCount: 5, random: &random)
  var margins = TreeMargins(
    matrix: matrix, baseScores: model.baseScores, parallel: Parallel(threads: 2))
  margins.add(Array(model.trees[..<3]), parallel: Parallel(threads: 2))
  margins.add(Array(model.trees[3...]), parallel: Parallel(threads: 1))
  let expected = model.probabilities(for: matrix, parallel: Parallel(threads: 1))
  #expect(zip(margins.probabilities(), expected).allSatisfy { abs($0 - $1) < 1e-12 })
}
