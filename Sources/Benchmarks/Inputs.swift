import FeatureTables
import Models

/// A CSV of numbers like those of flow tables, half of them whole, with a label.
func numericTable(rows: Int, columns: Int) -> [UInt8] {
  var random = RandomGenerator(seed: 1)
  var text = Array(((0..<columns).map { "value_\($0)" } + ["label"]).joined(separator: ",").utf8)
  for _ in 0..<rows {
    text.append(0x0A)
    for column in 0..<columns {
      let value =
        column.isMultiple(of: 2) ? Double(random.below(100_000)) : random.uniform() * 1e6
      NumberWriter.append(value, to: &text)
      text.append(UInt8(ascii: ","))
    }
    text += Array((random.below(2) == 0 ? "benign" : "malicious").utf8)
  }
  text.append(0x0A)
  return text
}

/// A model of full binary trees whose numbers need all their digits.
func deepModel(trees: Int, nodes: Int) -> Model {
  var random = RandomGenerator(seed: 1)
  let columns = 5
  let features = (0..<columns).map { Feature("value_\($0)", in: .none) }
  let schema = FeatureSchema(identifier: "benchmark", version: 1, features: features)
  let ensemble = TreeEnsemble(
    featureCount: columns, classCount: 2, combination: .sum, baseScores: [0.5],
    trees: (0..<trees).map { _ in deepTree(nodes: nodes, columns: columns, random: &random) })
  return Model(
    encoding: FeatureEncoding(
      input: schema, categories: features.map { _ in [] }, nonfinite: .missing),
    estimator: .gradientBoosting(ensemble), classes: ["benign", "malicious"], benign: ["benign"],
    training: TrainingFacts(learner: "gradient-boosting", rows: 2, classCounts: [1, 1]))
}

private func deepTree(nodes: Int, columns: Int, random: inout RandomGenerator) -> DecisionTree {
  let inner = (nodes - 1) / 2
  let isInner = (0..<nodes).map { $0 < inner }
  return DecisionTree(
    features: isInner.enumerated().map { $1 ? Int32($0 % columns) : -1 },
    thresholds: isInner.map { $0 ? Float(random.uniform()) : 0 },
    lefts: isInner.enumerated().map { $1 ? Int32(2 * $0 + 1) : 0 },
    rights: isInner.enumerated().map { $1 ? Int32(2 * $0 + 2) : 0 },
    missingGoesLeft: isInner.map { $0 && random.below(2) == 0 },
    gains: isInner.map { $0 ? random.uniform() : 0 },
    covers: (0..<nodes).map { Double(1 + nodes - $0) },
    values: isInner.map { $0 ? 0 : random.uniform() - 0.5 }, outputCount: 1)
}
