import FeatureTables
import Foundation
import Models
import Testing

/// Trees of one leaf to thousands, so that some are evaluated as selections of bytes and some are
/// walked; columns with few cuts and with more than fit a byte; infinite thresholds.
private func mixedEnsemble(
  classCount: Int, combination: TreeEnsemble.Combination, columnCount: Int,
  random: inout RandomGenerator
) -> TreeEnsemble {
  let sizes = [0, 1, 2, 7, 30, 30, 30, 63, 64, 100, 128, 199, 255, 256, 300, 30, 30, 30]
  let thresholds: [Float] = [.infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude]
  let margins = combination == .mean ? 0 : (classCount == 2 ? 1 : classCount)
  let trees = (0..<2 * sizes.count).map { index in
    var tree = randomTree(
      splits: sizes[index % sizes.count], columnCount: columnCount,
      outputCount: combination == .mean ? classCount : 1, random: &random)
    for node in 0..<tree.nodeCount where tree.features[node] >= 0 {
      // The first column has every threshold of its own, the last ones few.
      if tree.features[node] < 2 { tree.thresholds[node] = Float(random.uniform() * 10 - 5) }
      if random.below(20) == 0 {
        tree.thresholds[node] = thresholds[random.below(thresholds.count)]
      }
    }
    return tree
  }
  return TreeEnsemble(
    featureCount: columnCount, classCount: classCount, combination: combination,
    baseScores: (0..<margins).map { _ in random.uniform() }, trees: trees)
}

/// The definition: for each row one tree after the other, one comparison after the other.
private func plainProbabilities(_ model: TreeEnsemble, _ row: [Double]) -> [Double] {
  var sums = [Double](repeating: 0, count: model.marginCount)
  for (index, tree) in model.trees.enumerated() {
    let leaf = leaf(of: row, in: tree)
    for output in 0..<tree.outputCount {
      sums[model.combination == .sum ? index % model.marginCount : output] +=
        tree.values[leaf * tree.outputCount + output]
    }
  }
  guard model.combination == .sum else { return sums.map { $0 / Double(model.trees.count) } }
  let margins = zip(sums, model.baseScores).map { $0 + $1 }
  return model.marginCount == 1
    ? logisticProbabilities(margins)
    : softmaxProbabilities(margins, classCount: model.classCount)
}

private func bits(_ numbers: [Double]) -> [UInt64] { numbers.map(\.bitPattern) }

/// The model's batch for 1, 2 and 3 threads and its single rows against the plain walk.
private func checkAllPaths(
  _ model: TreeEnsemble, _ matrix: FeatureMatrix,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let expected = bits((0..<matrix.rowCount).flatMap { plainProbabilities(model, matrix.row($0)) })
  for threads in 1...3 {
    let batch = model.probabilities(for: matrix, parallel: Parallel(threads: threads))
    #expect(bits(batch) == expected, sourceLocation: sourceLocation)
  }
  let estimator: Estimator =
    model.combination == .sum ? .gradientBoosting(model) : .randomForest(model)
  var scorer = estimator.scorer()
  var result = [Double](repeating: .nan, count: model.classCount)
  var single: [Double] = []
  for row in 0..<matrix.rowCount {
    scorer.probabilities(of: matrix.row(row), into: &result)
    single += result
  }
  #expect(bits(single) == expected, sourceLocation: sourceLocation)
}

@Test(arguments: [2, 3], [TreeEnsemble.Combination.sum, .mean])
func allPathsGiveTheBitsOfThePlainWalk(
  classCount: Int, combination: TreeEnsemble.Combination
) {
  var random = RandomGenerator(seed: 77)
  for rowCount in [1, 63, 64, 65, 256, 257, 700] {
    let model = mixedEnsemble(
      classCount: classCount, combination: combination, columnCount: 6, random: &random)
    checkAllPaths(model, randomMatrix(rowCount: rowCount, columnCount: 6, random: &random))
  }
}

@Test func valuesAtAndBesideEveryThresholdGoTheirWay() {
  var random = RandomGenerator(seed: 5)
  let tree = randomTree(splits: 200, columnCount: 1, outputCount: 1, random: &random)
  var wide = tree
  // A chain to the right over 200 neighbouring floats: every cut has its own code.
  var threshold: Float = 1
  for node in 0..<wide.nodeCount where wide.features[node] >= 0 {
    wide.thresholds[node] = threshold
    wide.missingGoesLeft[node] = node.isMultiple(of: 3)
    threshold = threshold.nextUp
  }
  let model = TreeEnsemble(
    featureCount: 1, classCount: 2, combination: .sum, baseScores: [0], trees: [wide])
  var values: [Double] = [.nan, -.infinity, .infinity, 0, -0.0]
  var value = Float(1).nextDown
  for _ in 0..<203 {
    values.append(Double(value))
    // Rounds to one of its neighbours first.
    values.append((Double(value) + Double(value.nextUp)) / 2)
    value = value.nextUp
  }
  let matrix = FeatureMatrix(
    schema: FeatureSchema(identifier: "test", version: 1, features: [Feature("c", in: .none)]),
    rowCount: values.count, values: values)
  checkAllPaths(model, matrix)
}

@Test func noTreesAndNoRowsArePredictedToo() {
  let none = TreeEnsemble(
    featureCount: 2, classCount: 3, combination: .sum, baseScores: [1, 2, 3], trees: [])
  var random = RandomGenerator(seed: 1)
  checkAllPaths(none, randomMatrix(rowCount: 5, columnCount: 2, random: &random))
  let model = mixedEnsemble(classCount: 2, combination: .sum, columnCount: 3, random: &random)
  checkAllPaths(model, randomMatrix(rowCount: 0, columnCount: 3, random: &random))
}

@Test func rowsAloneAreScoredAsInATable() throws {
  // Categories as the model lists them, and one that it does not know.
  let table = SampleModels.table()
  for model in SampleModels.all {
    let scores = try model.score(table, parallel: Parallel(threads: 1))
    let known = model.encoding.categories[1]
    var scorer = model.scorer()
    var result = [Double](repeating: .nan, count: model.classes.count)
    for row in 0..<table.rowCount {
      var values = table.matrix.row(row)
      let code = values[1]
      values[1] =
        code.isNaN
        ? -1
        : known.firstIndex(of: table.matrix.categories[1][Int(code)]).map(Double.init) ?? -1
      #expect(scorer.probabilities(of: values, into: &result))
      let start = row * model.classes.count
      #expect(bits(result) == bits(Array(scores.probabilities[start..<start + result.count])))
    }
  }
}

@Test(arguments: [NonfinitePolicy.missing, .zero, .drop, .error])
func aRowAloneFollowsThePolicy(policy: NonfinitePolicy) {
  let schema = FeatureSchema(
    identifier: "test", version: 1, features: [Feature("value", in: .none)])
  var random = RandomGenerator(seed: 9)
  let ensemble = mixedEnsemble(classCount: 2, combination: .sum, columnCount: 1, random: &random)
  let model = Model(
    encoding: FeatureEncoding(input: schema, categories: [[]], nonfinite: policy),
    estimator: .gradientBoosting(ensemble), classes: ["benign", "dos"], benign: ["benign"],
    training: TrainingFacts(learner: "sample", rows: 2, classCounts: [1, 1]))
  var scorer = model.scorer()
  var result = [-1.0, -1.0]
  #expect(scorer.probabilities(of: [0.5], into: &result))
  #expect(result == plainProbabilities(ensemble, [0.5]))
  result = [-1, -1]
  let isScored = scorer.probabilities(of: [.infinity], into: &result)
  switch policy {
  case .missing: #expect(isScored && result == plainProbabilities(ensemble, [.nan]))
  case .zero: #expect(isScored && result == plainProbabilities(ensemble, [0]))
  case .drop, .error: #expect(!isScored && result == [-1, -1])
  }
}
