import FeatureTables
import Learning
import Models
import Testing

/// What a model says.
@Suite struct PredictionChecks {
  /// `check_classifiers_train`: shape, sums, and better than the largest class.
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func probabilitiesAreShares(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    let model = try learner.fit(matrix, labels)
    let probabilities = model.probabilities(matrix)
    #expect(model.classCount == classCount && probabilities.count == 200 * classCount)
    for row in 0..<200 {
      let own = probabilities[row * classCount..<(row + 1) * classCount]
      #expect(own.allSatisfy { (0...1).contains($0) } && abs(own.reduce(0, +) - 1) < 1e-12)
    }
    let share = Double(labels.classCounts.max() ?? 0) / 200
    #expect(model.accuracy(matrix, labels) > share + 0.05)
  }

  /// `check_methods_subset_invariance`, `check_fit2d_predict1d`: a row alone is as in a batch.
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func aRowAloneIsAsInABatch(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    let model = try learner.fit(matrix, labels)
    let batch = model.probabilities(matrix)
    for row in stride(from: 0, to: 200, by: 11) {
      #expect(
        model.probabilities(matrix.rows([row]))
          == Array(batch[row * classCount..<(row + 1) * classCount]))
    }
  }

  /// `check_methods_sample_order_invariance`
  @Test(arguments: CheckedLearner.allCases) func predictionsFollowTheirRows(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let model = try learner.fit(matrix, labels)
    let (batch, order) = (model.probabilities(matrix), Array((0..<200).reversed()))
    let turned = model.probabilities(matrix.rows(order))
    for (position, row) in order.enumerated() {
      #expect(turned[position * 3..<position * 3 + 3] == batch[row * 3..<row * 3 + 3])
    }
  }

  @Test(arguments: CheckedLearner.allCases) func threadsDoNotChangeAPrediction(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows(9_000)
    let model = try learner.fit(matrix, labels)
    let predictions = [1, 2, 3, 4].map {
      model.probabilities(for: matrix, parallel: Parallel(threads: $0))
    }
    for prediction in predictions { #expect(prediction == predictions[0]) }
  }

  /// `check_estimators_empty_data_messages`, of predictions: no rows, no answers.
  @Test(arguments: CheckedLearner.allCases) func noRowsHaveNoPredictions(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    #expect(try learner.fit(matrix, labels).probabilities(matrix.rows([])).isEmpty)
  }

  /// `check_decision_proba_consistency`: what is decided is what is likeliest.
  @Test(arguments: CheckedLearner.allCases) func decisionsAgreeWithProbabilities(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let table = LabeledTable(matrix: matrix, labels: labels)
    let model = try Training(HyperparameterSettings(learner.name)).fit(table).model
    let scores = try model.score(table)
    let decided = model.decide(scores).predicted
    for row in 0..<200 {
      let own = scores.probabilities[row * 3..<row * 3 + 3]
      #expect(own[own.startIndex + Int(decided[row])] == own.max())
    }
  }

  /// `check_decision_proba_consistency`, of the linear margin.
  @Test func marginsAndProbabilitiesHaveOneOrder() throws {
    let (matrix, labels) = checkedRows(classCount: 2)
    let model = try LogisticRegression().fit(
      matrix, labels: labels, weights: nil, parallel: Parallel())
    let margins = model.margins(for: matrix)
    let probabilities = model.probabilities(for: matrix, parallel: Parallel())
    let order = (0..<200).sorted { margins[$0] < margins[$1] }
    for (row, next) in zip(order, order.dropFirst()) {
      #expect(probabilities[2 * row + 1] <= probabilities[2 * next + 1])
    }
  }

  /// `check_classifiers_classes`: names of any text, in any order of first appearance.
  @Test(arguments: CheckedLearner.allCases) func classesMayBeCalledAnything(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let names = ["zéta \"x\",", "", "a\nb"]
    let odd = Labels(names: labels.codes.map { names[Int($0)] })
    let expected = try learner.fit(matrix, labels).predictions(matrix, classCount: 3)
    let model = try learner.fit(matrix, odd)
    let predicted = model.predictions(matrix, classCount: odd.classes.count)
    let agreeing = zip(predicted, expected).count { odd.classes[$0] == names[$1] }
    // The order of classes is another, which ties and draws may see.
    #expect(agreeing >= 196)
  }

  /// `check_classifiers_classes`, of codes: exchanging them exchanges the answers.
  @Test(arguments: [CheckedLearner.logisticRegression, .gradientBoosting])
  func theOrderOfClassesDoesNotMatter(learner: CheckedLearner) throws {
    let (matrix, labels) = checkedRows()
    let turned = Labels(
      classes: ["2", "1", "0"], codes: labels.codes.map { 2 - $0 }, benign: labels.benign)
    let probabilities = try learner.fit(matrix, labels).probabilities(matrix)
    let others = try learner.fit(matrix, turned).probabilities(matrix)
    let back = (0..<200).flatMap { row in (0..<3).map { others[row * 3 + 2 - $0] } }
    expectClose(probabilities, back, within: 1e-6)
  }

  /// A class that no row has keeps its place, and no probability to speak of.
  @Test(arguments: CheckedLearner.allCases) func aClassWithoutRowsIsNotPredicted(
    learner: CheckedLearner
  ) throws {
    let (matrix, codes) = syntheticRows(200, seed: 92)
    let some = labels(codes.map { $0 == 1 ? 3 : $0 }, classCount: 5)
    let model = try learner.fit(matrix, some)
    #expect(model.classCount == 5)
    #expect(Set(model.predictions(matrix, classCount: 5)).isSubset(of: [0, 2, 3]))
    let probabilities = model.probabilities(matrix)
    for row in 0..<200 { #expect(probabilities[row * 5 + 1] < 1e-6) }
  }

  /// Rows that no one has seen the like of still have probabilities.
  @Test(arguments: CheckedLearner.allCases) func farRowsHaveProbabilities(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let far = LearningTests.matrix(
      ofRows: [Double.nan, 1e300, -1e300, .infinity, -.infinity, 0].map {
        Array(repeating: $0, count: 6)
      })
    let finite = far.rows([0, 1, 2, 5])
    let model = try learner.fit(matrix, labels)
    for row in 0..<4 {
      let own = model.probabilities(finite.rows([row]))
      #expect(own.allSatisfy { (0...1).contains($0) } && abs(own.reduce(0, +) - 1) < 1e-9)
    }
  }

  /// `check_non_transformer_estimators_n_iter`
  @Test func theLinearFitCountsItsSteps() throws {
    let (matrix, labels) = checkedRows()
    for penalty in Penalty.allCases {
      let fit = try LogisticRegression(penalty: penalty).fitWithReport(matrix, labels: labels)
      #expect(fit.iterations >= 1 && fit.isConverged)
    }
  }
}
