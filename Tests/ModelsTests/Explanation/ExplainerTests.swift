import FeatureTables
import Foundation
import Models
import Testing

/// An ensemble with covers, so that it can be explained.
private func covered(_ ensemble: TreeEnsemble, random: inout RandomGenerator) -> TreeEnsemble {
  TreeEnsemble(
    featureCount: ensemble.featureCount, classCount: ensemble.classCount,
    combination: ensemble.combination, baseScores: ensemble.baseScores,
    trees: ensemble.trees.map { tree in tree.covered { 1 + Double(random.below(40)) } })
}

private func estimator(_ ensemble: TreeEnsemble) -> Estimator {
  ensemble.combination == .sum ? .gradientBoosting(ensemble) : .randomForest(ensemble)
}

/// The outputs that contributions must add up to, tree by tree; row-major.
private func outputs(of ensemble: TreeEnsemble, row: [Double]) -> [Double] {
  var sums = [Double](repeating: 0, count: ensemble.marginCount)
  for (index, tree) in ensemble.trees.enumerated() {
    let leaf = leaf(of: row, in: tree)
    for output in 0..<tree.outputCount {
      sums[ensemble.combination == .sum ? index % sums.count : output] +=
        tree.values[leaf * tree.outputCount + output]
    }
  }
  return ensemble.combination == .sum
    ? zip(sums, ensemble.baseScores).map { $0 + $1 }
    : sums.map { $0 / Double(ensemble.trees.count) }
}

@Test(arguments: [2, 3, 4], [TreeEnsemble.Combination.sum, .mean])
func contributionsAddUpToTheOutput(classCount: Int, combination: TreeEnsemble.Combination) throws {
  var random = RandomGenerator(seed: UInt64(classCount))
  let model = covered(
    randomEnsemble(classCount: classCount, combination: combination, random: &random),
    random: &random)
  let matrix = randomMatrix(rowCount: 600, columnCount: 5, random: &random)
  let explainer = try Explainer(estimator(model))
  #expect(explainer.space == (combination == .sum ? .margin : .probability))
  let contributions = explainer.contributions(for: matrix, parallel: Parallel(threads: 2))
  #expect(contributions == explainer.contributions(for: matrix, parallel: Parallel(threads: 1)))
  for row in 0..<matrix.rowCount {
    for (output, expected) in outputs(of: model, row: matrix.row(row)).enumerated() {
      let start = (row * explainer.outputCount + output) * 5
      let sum = contributions[start..<start + 5].reduce(explainer.baselines[output], +)
      #expect(abs(sum - expected) <= 1e-12 * max(1, abs(expected)))
    }
  }
}

@Test(arguments: [2, 3], [TreeEnsemble.Combination.sum, .mean])
func contributionsAreShapleyValues(classCount: Int, combination: TreeEnsemble.Combination) throws {
  var random = RandomGenerator(seed: 7 + UInt64(classCount))
  let model = covered(
    randomEnsemble(classCount: classCount, combination: combination, random: &random),
    random: &random)
  let matrix = randomMatrix(rowCount: 12, columnCount: 5, random: &random)
  let explainer = try Explainer(estimator(model))
  let contributions = explainer.contributions(for: matrix)
  let width = explainer.outputCount
  for row in 0..<matrix.rowCount {
    var expected = [Double](repeating: 0, count: width * 5)
    for (index, tree) in model.trees.enumerated() {
      for output in 0..<tree.outputCount {
        let target = combination == .sum ? index % width : output
        let values = ReferenceShapley(tree: tree, row: matrix.row(row), output: output).values
        for (column, value) in values.enumerated() {
          expected[target * 5 + column] +=
            combination == .sum ? value : value / Double(model.trees.count)
        }
      }
    }
    for (ours, theirs) in zip(contributions[(row * width * 5)...], expected) {
      #expect(abs(ours - theirs) < 1e-12)
    }
  }
}

/// Paths of a forest without a bound on depth: up to forty columns, tested again and again.
@Test func deepTreesAgreeWithTheAlgorithmOfThePaper() throws {
  var random = RandomGenerator(seed: 40)
  for splits in [30, 400] {
    let tree = randomTree(splits: splits, columnCount: 40, outputCount: 1, random: &random)
      .covered { 1 + Double(random.below(9)) }
    let chain = chainTree(columns: 40, splits: splits / 4, random: &random)
      .covered { 1 + Double(random.below(3)) }
    let matrix = randomMatrix(rowCount: 8, columnCount: 40, random: &random)
    for tree in [tree, chain] {
      let model = TreeEnsemble(
        featureCount: 40, classCount: 2, combination: .sum, baseScores: [0.5], trees: [tree])
      let explainer = try Explainer(.gradientBoosting(model))
      let contributions = explainer.contributions(for: matrix)
      for row in 0..<matrix.rowCount {
        let values = matrix.row(row)
        let expected = ReferenceShapley(tree: tree, row: values, output: 0).valuesByPaths
        let ours = contributions[row * 40..<(row + 1) * 40]
        // It is the algorithm of the paper that loses digits on long paths: the sums below keep them.
        for (our, their) in zip(ours, expected) { #expect(abs(our - their) < 1e-6) }
        let sum = ours.reduce(explainer.baselines[0], +)
        #expect(abs(sum - outputs(of: model, row: values)[0]) < 1e-12)
      }
    }
  }
}

/// Every right child splits again: the deepest tree of its size.
private func chainTree(
  columns: Int, splits: Int, random: inout RandomGenerator
) -> DecisionTree {
  var tree = randomTree(splits: 0, columnCount: columns, outputCount: 1, random: &random)
  tree.values = []
  for split in 0..<splits {
    let node = 2 * split
    tree.features[node] = Int32(split % columns)
    tree.thresholds[node] = Float(random.below(9)) - 4
    tree.missingGoesLeft[node] = random.below(2) == 0
    tree.lefts[node] = Int32(node + 1)
    tree.rights[node] = Int32(node + 2)
    tree.features += [-1, -1]
    tree.thresholds += [0, 0]
    tree.lefts += [0, 0]
    tree.rights += [0, 0]
    tree.missingGoesLeft += [false, false]
    tree.gains += [0, 0]
    tree.covers += [1, 1]
  }
  tree.values = tree.features.map { _ in random.uniform() - 0.5 }
  return tree
}

/// A child that no training row reached counts only for the rows that go there.
@Test func aChildWithoutCover() throws {
  let tree = DecisionTree(
    features: [0, -1, 1, -1, -1], thresholds: [0, 0, 0, 0, 0], lefts: [1, 0, 3, 0, 0],
    rights: [2, 0, 4, 0, 0], missingGoesLeft: [true, false, false, false, false],
    gains: [1, 0, 1, 0, 0], covers: [4, 4, 0, 0, 0], values: [0, 1, 0, 2, 5], outputCount: 1)
  let unclear = TreeEnsemble(
    featureCount: 2, classCount: 2, combination: .sum, baseScores: [0], trees: [tree])
  let error = #expect(throws: DataError.self) {
    try Explainer(.gradientBoosting(unclear), file: "model.json")
  }
  #expect(error?.place == .path("estimator.trees[0].cover"))
  #expect(error?.problem.contains("node 2") == true)
  var clear = tree
  clear.covers = [4, 4, 1, 0, 1]
  let model = TreeEnsemble(
    featureCount: 2, classCount: 2, combination: .sum, baseScores: [0], trees: [clear])
  let explainer = try Explainer(.gradientBoosting(model))
  let matrix = FeatureMatrix(
    schema: FeatureSchema(
      identifier: "test", version: 1,
      features: [Feature("a", in: .none), Feature("b", in: .none)]),
    rowCount: 4, values: [-1, 1, 1, .nan, 0, -1, 1, .nan])
  let contributions = explainer.contributions(for: matrix)
  for row in 0..<4 {
    let expected = ReferenceShapley(tree: clear, row: matrix.row(row), output: 0).values
    #expect(zip(contributions[(row * 2)...], expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }
}

@Test func nothingContributesToAPrior() throws {
  var random = RandomGenerator(seed: 1)
  let explainer = try Explainer(.prior(PriorClassifier(featureCount: 5, prior: [0.9, 0.1])))
  let matrix = randomMatrix(rowCount: 3, columnCount: 5, random: &random)
  #expect(explainer.baselines == [0.9, 0.1])
  #expect(explainer.contributions(for: matrix) == Array(repeating: 0, count: 30))
}

/// Contributions as the package shap computes them: see `explain.py` beside the documents.
@Test(arguments: ["boosted", "boosted-three-classes", "forest", "linear"])
func contributionsAreThoseOfThePackageShap(name: String) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/Explanations", directoryHint: .isDirectory)
  let model = try ModelDocument(path: folder.appending(path: "model-\(name).json").path).model
  let golden = try JSONDocument(
    Array(Data(contentsOf: folder.appending(path: "contributions.json"))), file: "golden",
    remedy: ""
  ).root.member(name)
  let rows = try golden.member("rows").elements().map { row in
    (try row.value().array ?? []).map { $0.number ?? .nan }
  }
  let matrix = FeatureMatrix(
    schema: model.inputSchema, rowCount: rows.count,
    values: model.inputSchema.features.indices.flatMap { column in rows.map { $0[column] } })
  let explainer = try Explainer(model.estimator)
  for (ours, theirs) in zip(explainer.baselines, try golden.member("baselines").doubles()) {
    #expect(abs(ours - theirs) < 1e-12)
  }
  let ours = explainer.contributions(for: matrix)
  let theirs = try golden.member("contributions").elements().flatMap { try $0.doubles() }
  #expect(ours.count == theirs.count && !ours.isEmpty)
  #expect(zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-12 })
}
