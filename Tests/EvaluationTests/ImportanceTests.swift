import Evaluation
import FeatureTables
import Models
import Testing

/// Two columns, of which the model looks at the first only, and a table that it is right on.
private let model = Model(
  encoding: FeatureEncoding(
    input: FeatureSchema(
      identifier: "test", version: 1,
      features: [Feature("a", in: .none), Feature("b", in: .none)]),
    categories: [[], []], nonfinite: .missing),
  estimator: .gradientBoosting(
    TreeEnsemble(
      featureCount: 2, classCount: 2, combination: .sum, baseScores: [0],
      trees: [
        DecisionTree(
          features: [0, -1, -1], thresholds: [0.5, 0, 0], lefts: [1, 0, 0], rights: [2, 0, 0],
          missingGoesLeft: [true, false, false], gains: [3, 0, 0], covers: [4, 3, 1],
          values: [0, -1, 2], outputCount: 1)
      ])),
  classes: ["benign", "dos"], benign: ["benign"],
  training: TrainingFacts(learner: "test", rows: 4, classCounts: [3, 1]))

private func table(rows: Int) -> LabeledTable {
  let codes = (0..<rows).map { $0 % 4 == 0 ? 1 : 0 }
  return LabeledTable(
    matrix: FeatureMatrix(
      schema: model.inputSchema, rowCount: rows,
      values: codes.map { Double($0) } + codes.map { _ in 7 }),
    labels: Labels(names: codes.map { $0 == 1 ? "dos" : "benign" }))
}

@Test func importancesAgreeOnWhatMatters() throws {
  let importances = try FeatureImportances(of: model, on: table(rows: 400))
  #expect(importances.rows == 400 && importances.targets == ["dos"])
  #expect(importances.space == "margin")
  let (first, second) = (importances.features[0], importances.features[1])
  #expect(first.gain == 1 && second.gain == 0)
  // The baseline is -1 * 3/4 + 2 * 1/4 = -0.25: 0.75 to the left, 2.25 to the right.
  let expected = 0.75 * 0.75 + 0.25 * 2.25
  #expect(abs(first.contributions[0] - expected) < 1e-12)
  #expect(second.contributions == [0])
  #expect(try #require(first.permutation) > 0.1)
  #expect(second.permutation == 0)
  #expect(importances.ranked.map(\.feature) == ["a", "b"])
}

@Test func aLargeTableIsSampled() throws {
  let importances = try FeatureImportances(of: model, on: table(rows: 10_004), seed: 3)
  #expect(importances.rows == FeatureImportances.rowLimit)
}
