import FeatureTables
import Foundation
import Models
import Testing

/// Margins of two classes from the probabilities of the sample models.
private func margins(of scores: Scores) -> [Double] {
  stride(from: 0, to: scores.probabilities.count, by: 2).map {
    log(scores.probabilities[$0 + 1]) - log(scores.probabilities[$0])
  }
}

@Test(arguments: [0, 3])
func namedFeaturesAndTheRestAddUp(index: Int) throws {
  let model = SampleModels.all[index]
  let table = SampleModels.table()
  let scores = try model.score(table)
  let verdicts = model.decide(scores).predicted
  let explainer = try ModelExplainer(model)
  for count in 0...4 {
    let explanations = try explainer.explain(table, verdicts: verdicts, naming: count)
    for (explanation, margin) in zip(explanations, margins(of: scores)) {
      #expect(explanation.target == 1)
      #expect(explanation.parts.count == min(count, 3), "the input has three features")
      let sizes = explanation.parts.map { abs($0.contribution) }
      #expect(sizes == sizes.sorted(by: >))
      let sum = explanation.parts.reduce(explanation.baseline + explanation.rest) {
        $0 + $1.contribution
      }
      #expect(abs(sum - margin) < 1e-9 * max(1, abs(margin)))
    }
  }
}

/// A categorical feature has the sum over its columns.
@Test func categoriesAreOneFeature() throws {
  let model = SampleModels.model(.logisticRegression(SampleModels.threeClassLinear))
  let table = SampleModels.table()
  let verdicts = model.decide(try model.score(table)).predicted
  let explanations = try ModelExplainer(model).explain(table, verdicts: verdicts, naming: 3)
  let linear = SampleModels.threeClassLinear
  let encoded = try model.encoding.encode(table.matrix).matrix
  for (row, explanation) in explanations.enumerated() {
    #expect(explanation.target == Int(verdicts[row]))
    let coefficients = linear.coefficients[explanation.target]
    let protocols = (1...3).reduce(0) { $0 + coefficients[$1] * encoded[row, $1] }
    let part = explanation.parts.first { $0.feature == 1 }
    #expect(part?.contribution == protocols)
  }
}

@Test func meanSizesAreMeansOverRows() throws {
  let model = SampleModels.model(.gradientBoosting(SampleModels.threeClassBoosted))
  let table = SampleModels.table(rowCount: 700)
  let explainer = try ModelExplainer(model)
  let sizes = try explainer.meanSizes(on: table, parallel: Parallel(threads: 2))
  #expect(sizes.count == 3 && sizes.allSatisfy { $0.count == 3 })
  #expect(sizes == (try explainer.meanSizes(on: table, parallel: Parallel(threads: 1))))
  for output in 0..<3 {
    let verdicts = [Int32](repeating: Int32(output), count: 700)
    let explanations = try explainer.explain(table, verdicts: verdicts, naming: 3)
    for feature in 0..<3 {
      let expected = explanations.reduce(0.0) { sum, explanation in
        sum + abs(explanation.parts.first { $0.feature == feature }?.contribution ?? .nan)
      }
      #expect(abs(sizes[output][feature] - expected / 700) < 1e-12)
    }
  }
  #expect(try explainer.meanSizes(on: table.rows([])) == Array(repeating: [0, 0, 0], count: 3))
}
