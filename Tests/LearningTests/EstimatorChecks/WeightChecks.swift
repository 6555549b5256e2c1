import FeatureTables
import Learning
import Models
import Testing

/// What weights of rows and of classes mean.
@Suite struct WeightChecks {
  /// `check_sample_weight_equivalence_on_dense_data`: weight 2 is the row twice, weight 0 is no row.
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func aWeightIsANumberOfRows(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    let weights = (0..<200).map { Double($0 % 3) }
    let repeated = (0..<200).flatMap { Array(repeating: $0, count: $0 % 3) }
    let weighted = try learner.fit(matrix, labels, weights: weights)
    let plain = try learner.fit(matrix.rows(repeated), labels.rows(repeated))
    expectClose(
      weighted.probabilities(matrix), plain.probabilities(matrix), within: learner.closeness)
  }

  /// The same check, for what weights of 0 hide, whatever it is. A forest that draws rows draws
  /// among the others alone.
  @Test(arguments: CheckedLearner.allCases) func rowsOfWeightZeroAreNotThere(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let kept = (0..<200).filter { $0 % 4 != 1 }
    let rows = (0..<200).map { row in
      isHidden(row) ? matrix.row(row).map { _ in 1e12 } : matrix.row(row)
    }
    let weights = (0..<200).map { isHidden($0) ? 0.0 : 1 }
    for plain in [true, false] {
      let weighted = try learner.fit(
        LearningTests.matrix(ofRows: rows), labels, weights: weights, plain: plain)
      let without = try learner.fit(matrix.rows(kept), labels.rows(kept), plain: plain)
      expectClose(
        weighted.probabilities(matrix), without.probabilities(matrix), within: learner.closeness)
    }
  }

  /// `check_sample_weights_invariance(kind=ones)`, `check_sample_weights_list`,
  /// `check_sample_weights_not_an_array`
  @Test(arguments: CheckedLearner.allCases) func weightsOfOneAreNone(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let ones = [Double](repeating: 1, count: 200)
    #expect(
      try learner.fit(matrix, labels, weights: ones, plain: false)
        == learner.fit(matrix, labels, plain: false))
  }

  /// `check_all_zero_sample_weights_error`
  @Test(arguments: CheckedLearner.allCases) func noWeightAtAllIsNoRows(learner: CheckedLearner) {
    let (matrix, labels) = checkedRows(30)
    #expect(throws: FitError.noRows) {
      try learner.fit(matrix, labels, weights: Array(repeating: 0, count: 30))
    }
  }

  /// `check_classifiers_one_label_sample_weights`
  @Test(arguments: CheckedLearner.allCases) func oneClassWithWeightIsOneClass(
    learner: CheckedLearner
  ) {
    let (matrix, labels) = checkedRows(60)
    let weights = labels.codes.map { $0 == 1 ? 1.0 : 0 }
    #expect(throws: FitError.oneClass("1")) {
      try learner.fit(matrix, labels, weights: weights)
    }
  }

  /// `check_class_weight_classifiers`: a class that counts for nearly all is what is predicted.
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func aHeavyClassIsPredicted(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    let heavy = try learner.fit(
      matrix, labels, classWeight: .named(["0": 1e-4, "1": 1_000, "2": 1e-4]))
    let plain = try learner.fit(matrix, labels)
    let (test, _) = checkedRows(300, classCount: classCount, seed: 91)
    let count = heavy.predictions(test, classCount: classCount).count { $0 == 1 }
    // A full tree asks single rows, whose class no weight changes: it is only not to lose by it.
    if learner == .randomForest {
      let before = plain.predictions(test, classCount: classCount).count { $0 == 1 }
      #expect(count >= before - 30)
    } else {
      #expect(count > 261)
    }
  }

  /// `check_class_weight_balanced_classifiers`, `check_class_weight_balanced_linear_classifier`:
  /// what `balanced` says is what the formula says.
  @Test(arguments: CheckedLearner.allCases) func balancedIsTheFormula(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let factors = labels.classCounts.map { 200 / (3 * Double($0)) }
    let named = Dictionary(uniqueKeysWithValues: zip(labels.classes, factors))
    let balanced = try learner.fit(matrix, labels, classWeight: .balanced)
    #expect(balanced == (try learner.fit(matrix, labels, classWeight: .named(named))))
    if learner != .logisticRegression {
      // Means and deviations of columns are those of rows, not of classes.
      let weights = labels.codes.map { factors[Int($0)] }
      #expect(balanced == (try learner.fit(matrix, labels, weights: weights)))
    }
  }

  private func isHidden(_ row: Int) -> Bool { row % 4 == 1 }
}
