import FeatureTables
import Foundation
import Learning
import Models
import Testing

/// What a fit takes and what it refuses.
@Suite struct InputChecks {
  /// `check_estimators_empty_data_messages`
  @Test(arguments: CheckedLearner.allCases) func noRowsAreRefused(learner: CheckedLearner) {
    let empty = matrix(ofRows: [], columnCount: 3)
    #expect(throws: FitError.noRows) { try learner.fit(empty, labels([], classCount: 2)) }
  }

  /// `check_fit2d_1sample`
  @Test(arguments: CheckedLearner.allCases) func oneRowIsOneClass(learner: CheckedLearner) {
    #expect(throws: FitError.oneClass("1")) {
      try learner.fit(matrix(ofRows: [[1, 2]]), labels([1], classCount: 2))
    }
  }

  /// `check_classifiers_one_label`
  @Test(arguments: CheckedLearner.allCases) func oneClassIsRefusedByName(learner: CheckedLearner) {
    let (matrix, _) = checkedRows(40)
    let labels = Labels(names: Array(repeating: "Bot", count: 40))
    #expect(throws: FitError.oneClass("Bot")) { try learner.fit(matrix, labels) }
  }

  /// `check_fit2d_1feature`
  @Test(arguments: CheckedLearner.allCases) func oneColumnIsEnough(learner: CheckedLearner) throws {
    let rows = matrix(ofRows: (0..<60).map { [Double($0)] })
    let labels = labels((0..<60).map { $0 < 30 ? 0 : 1 })
    #expect(try learner.fit(rows, labels).accuracy(rows, labels) > 0.95)
  }

  /// `check_estimators_empty_data_messages`, of columns: without any the shares of the classes are
  /// all there is to know.
  @Test(arguments: CheckedLearner.allCases) func withoutColumnsTheSharesAreLearned(
    learner: CheckedLearner
  ) throws {
    let none = matrix(ofRows: Array(repeating: [], count: 40), columnCount: 0)
    let model = try learner.fit(none, labels((0..<40).map { $0 < 30 ? 0 : 1 }))
    #expect(abs(model.probabilities(none)[0] - 0.75) < 1e-6)
  }

  /// Two rows: the fewest that can teach. (`check_fit_check_is_fitted`, `check_estimators_fit_returns_self`
  /// on the least table.)
  @Test(arguments: CheckedLearner.allCases) func twoRowsTeach(learner: CheckedLearner) throws {
    let rows = matrix(ofRows: [[1, 5], [2, 5]])
    let probabilities = try learner.fit(rows, labels([0, 1])).probabilities(rows)
    #expect(probabilities.allSatisfy { $0.isFinite })
    #expect(probabilities[0] >= probabilities[2])
  }

  /// `check_estimators_nan_inf`: a missing value is one that all take, an infinite one none.
  @Test(arguments: CheckedLearner.allCases) func missingIsTakenAndInfiniteIsRefused(
    learner: CheckedLearner
  ) throws {
    let (plain, labels) = checkedRows()
    var rows = (0..<200).map { plain.row($0) }
    for row in stride(from: 0, to: 200, by: 7) { rows[row][row % 6] = .nan }
    let missing = matrix(ofRows: rows)
    let model = try learner.fit(missing, labels)
    #expect(model.probabilities(missing).allSatisfy { $0.isFinite })
    for value in [Double.infinity, -.infinity] {
      rows[11][2] = value
      let infinite = matrix(ofRows: rows)
      #expect(throws: FitError.infiniteValue(column: "column_2", row: 11)) {
        try learner.fit(infinite, labels)
      }
    }
  }

  /// `check_estimators_nan_inf`, of the way from a table: the policy `error` refuses both.
  @Test(arguments: CheckedLearner.allCases, [Double.nan, .infinity])
  func thePolicyErrorRefusesWhatIsNotFinite(learner: CheckedLearner, value: Double) {
    let (plain, labels) = checkedRows(60)
    var rows = (0..<60).map { plain.row($0) }
    rows[5][1] = value
    let table = LabeledTable(matrix: matrix(ofRows: rows), labels: labels)
    #expect(throws: DataError.self) {
      try Training(HyperparameterSettings(learner.name), nonfinite: .error).fit(table)
    }
  }

  /// `check_supervised_y_no_nan`: rows without a label teach nothing.
  @Test(arguments: CheckedLearner.allCases) func rowsWithoutALabelTeachNothing(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let known = (0..<200).filter { $0 % 5 != 0 }
    let some = Labels(
      classes: labels.classes,
      codes: labels.codes.enumerated().map { $0 % 5 == 0 ? Labels.unlabeled : $1 },
      benign: labels.benign)
    let training = Training(HyperparameterSettings(learner.name))
    let model = try training.fit(LabeledTable(matrix: matrix, labels: some)).model
    let expected = try training.fit(
      LabeledTable(matrix: matrix.rows(known), labels: labels.rows(known))
    ).model
    #expect(model.estimator == expected.estimator)
  }

  /// `check_n_features_in_after_fitting`, `check_n_features_in`
  @Test(arguments: CheckedLearner.allCases) func otherColumnsAreAnError(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let model = try Training(HyperparameterSettings(learner.name)).fit(
      LabeledTable(matrix: matrix, labels: labels)
    ).model
    #expect(model.estimator.featureCount == 6)
    let fewer = LabeledTable(matrix: matrix.columns([0, 1, 2]), labels: labels)
    #expect(throws: DataError.self) { try model.score(fewer) }
  }

  /// `check_dataframe_column_names_consistency`, `check_f_contiguous_array_estimator`: columns are
  /// found by name, wherever they are.
  @Test(arguments: CheckedLearner.allCases) func columnsAreFoundByName(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let model = try Training(HyperparameterSettings(learner.name)).fit(
      LabeledTable(matrix: matrix, labels: labels)
    ).model
    let turned = LabeledTable(matrix: matrix.columns([5, 3, 4, 0, 2, 1]), labels: labels)
    let scores = try model.score(LabeledTable(matrix: matrix, labels: labels))
    #expect(try model.score(turned).probabilities == scores.probabilities)
  }

  /// A column of one value tells nothing. (`test_constant_features` of the learners' own tests)
  @Test(arguments: CheckedLearner.allCases) func aConstantColumnChangesNothing(
    learner: CheckedLearner
  ) throws {
    let (plain, labels) = checkedRows()
    let wide = matrix(ofRows: (0..<200).map { plain.row($0) + [5e8] })
    let model = try learner.fit(wide, labels)
    if learner == .randomForest {
      // Columns are drawn by their number, so that the forest is another, not a worse one.
      #expect(model.accuracy(wide, labels) > 0.99)
    } else {
      let expected = try learner.fit(plain, labels)
      expectClose(
        model.probabilities(wide), expected.probabilities(plain), within: learner.closeness)
    }
  }

  @Test(arguments: CheckedLearner.allCases) func columnsAllConstantGiveTheShares(
    learner: CheckedLearner
  ) throws {
    let rows = matrix(ofRows: Array(repeating: [3, 0], count: 40))
    let model = try learner.fit(rows, labels((0..<40).map { $0 < 10 ? 0 : 1 }))
    #expect(abs(model.probabilities(rows)[0] - 0.25) < 1e-6)
  }

  /// Copies of a column, which CIC tables have. (`test_duplicate_features`)
  @Test(arguments: CheckedLearner.allCases) func copiesOfColumnsAreNoHarm(learner: CheckedLearner)
    throws
  {
    let (plain, labels) = checkedRows()
    let wide = matrix(ofRows: (0..<200).map { plain.row($0) + plain.row($0) })
    let model = try learner.fit(wide, labels)
    if learner == .gradientBoosting {
      expectClose(
        model.probabilities(wide), try learner.fit(plain, labels).probabilities(plain),
        within: 1e-9)
    }
    #expect(
      model.accuracy(wide, labels)
        >= (try learner.fit(plain, labels).accuracy(plain, labels)) - 0.03)
  }

  /// `check_estimators_dtypes`, of values at the ends of the range. Trees compare 32-bit numbers,
  /// and refuse what is infinite as one, as those of scikit-learn do.
  @Test(arguments: CheckedLearner.allCases) func extremeValuesStayFinite(learner: CheckedLearner)
    throws
  {
    let (plain, labels) = checkedRows()
    for factor in [1e-300, 1e-30, 1e30, 1e200] {
      let scaled = matrix(ofRows: (0..<200).map { row in plain.row(row).map { $0 * factor } })
      guard learner == .logisticRegression || factor < 1e38 else {
        #expect { try learner.fit(scaled, labels) } throws: { error in
          if case FitError.infiniteValue = error { true } else { false }
        }
        continue
      }
      let model = try learner.fit(scaled, labels)
      #expect(model.probabilities(scaled).allSatisfy { $0.isFinite && (0...1).contains($0) })
    }
    let largest =
      learner == .logisticRegression
      ? Double.greatestFiniteMagnitude : Double(Float.greatestFiniteMagnitude)
    var rows = (0..<200).map { plain.row($0) }
    (rows[3][0], rows[4][0]) = (largest, -largest)
    let mixed = matrix(ofRows: rows)
    #expect(try learner.fit(mixed, labels).probabilities(mixed).allSatisfy { $0.isFinite })
  }

  /// `check_estimators_dtypes`, of whole numbers.
  @Test(arguments: CheckedLearner.allCases) func wholeNumbersAreNumbers(learner: CheckedLearner)
    throws
  {
    let rows = matrix(ofRows: (0..<100).map { [Double($0 % 10), Double($0 / 10)] })
    let labels = labels((0..<100).map { $0 % 10 < 5 ? 0 : 1 })
    #expect(try learner.fit(rows, labels).accuracy(rows, labels) == 1)
  }
}
