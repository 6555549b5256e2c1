import FeatureTables
import Glibc
import Models
import Testing

/// A full binary tree, level by level, with numbers that need all their digits.
private func deepTree(nodes: Int, random: inout RandomGenerator) -> DecisionTree {
  let inner = (nodes - 1) / 2
  func perNode<Value>(_ value: (Int) -> Value, leaf: Value) -> [Value] {
    (0..<nodes).map { $0 < inner ? value($0) : leaf }
  }
  return DecisionTree(
    features: perNode({ Int32($0 % 5) }, leaf: -1),
    thresholds: perNode({ _ in Float(random.uniform()) }, leaf: 0),
    lefts: perNode({ Int32(2 * $0 + 1) }, leaf: 0),
    rights: perNode({ Int32(2 * $0 + 2) }, leaf: 0),
    missingGoesLeft: perNode({ $0.isMultiple(of: 3) }, leaf: false),
    gains: perNode({ _ in random.uniform() }, leaf: 0),
    covers: (0..<nodes).map { Double(1 + nodes - $0) },
    values: (0..<nodes).map { $0 < inner ? 0 : random.uniform() - 0.5 }, outputCount: 1)
}

#if DEBUG
  private let nodesPerTree = 501
#else
  private let nodesPerTree = 50_001
#endif

/// A hundred deep trees survive the round trip; how fast is for the benchmark to say.
@Test func aLargeModelSurvives() throws {
  var random = RandomGenerator(seed: 1)
  let ensemble = TreeEnsemble(
    featureCount: 5, classCount: 2, combination: .sum, baseScores: [0.5],
    trees: (0..<100).map { _ in deepTree(nodes: nodesPerTree, random: &random) })
  let model = SampleModels.model(.gradientBoosting(ensemble))

  let bytes = try ModelDocument.bytes(of: model).bytes
  let document = try ModelDocument(bytes, file: "model.json")
  #expect(document.model == model)
}
