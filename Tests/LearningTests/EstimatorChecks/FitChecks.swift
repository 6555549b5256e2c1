import FeatureTables
import Learning
import Models
import Testing

/// What a fit may depend on. Each test names the check of scikit-learn that it stands for.
@Suite struct FitChecks {
  /// `check_fit_idempotent`, `check_fit_score_takes_y`
  @Test(arguments: CheckedLearner.allCases) func aSecondFitIsTheFirst(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows()
    let model = try learner.fit(matrix, labels, plain: false)
    #expect(try learner.fit(matrix, labels, plain: false) == model)
  }

  /// `check_random_state` of the forest's own tests: the seed is all that chance depends on.
  @Test(arguments: CheckedLearner.allCases) func theSeedDecides(learner: CheckedLearner) throws {
    let (matrix, labels) = checkedRows()
    let models = try [7, 7, 8].map {
      try learner.fit(matrix, labels, seed: $0, plain: false)
    }
    #expect(models[0] == models[1])
    #expect((models[0] == models[2]) == (learner != .randomForest))
  }

  /// `check_n_jobs` of the forest's own tests, stronger: the same bytes of the document.
  @Test(arguments: CheckedLearner.allCases) func threadsDoNotChangeAByte(learner: CheckedLearner)
    throws
  {
    let (matrix, labels) = checkedRows(3_000)
    let documents = try [1, 2, 3, 4].map {
      try document(of: learner.fit(matrix, labels, threads: $0, plain: false), matrix, labels).bytes
    }
    for document in documents { #expect(document == documents[0]) }
  }

  /// `check_methods_sample_order_invariance`, of the fit.
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func orderOfRowsDoesNotMatter(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    var order = Array(0..<200)
    var generator = RandomGenerator(seed: 1)
    generator.shuffle(&order)
    let model = try learner.fit(matrix, labels)
    let shuffled = try learner.fit(matrix.rows(order), labels.rows(order))
    expectClose(
      model.probabilities(matrix), shuffled.probabilities(matrix), within: learner.closeness)
  }

  /// `check_dont_overwrite_attributes`, `check_estimators_overwrite_params`,
  /// `check_readonly_memmap_input`, `check_dict_unchanged`
  @Test(arguments: CheckedLearner.allCases) func inputAndModelStayAsTheyWere(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let weights = (0..<200).map { Double($0 % 3) }
    let (values, codes, kept) = (matrix.values, labels.codes, weights)
    let model = try learner.fit(matrix, labels, weights: weights)
    let copy = model
    _ = model.probabilities(matrix)
    #expect(matrix.values == values && labels.codes == codes && weights == kept && model == copy)
  }

  /// `check_estimators_pickle`, `check_estimators_pickle(readonly_memmap=True)`
  @Test(arguments: CheckedLearner.allCases, [2, 3]) func aWrittenModelIsTheModel(
    learner: CheckedLearner, classCount: Int
  ) throws {
    let (matrix, labels) = checkedRows(classCount: classCount)
    let estimator = try learner.fit(matrix, labels)
    let written = try document(of: estimator, matrix, labels)
    let read = try ModelDocument(written.bytes, file: "model").model.estimator
    #expect(read == estimator)
    #expect(read.probabilities(matrix) == estimator.probabilities(matrix))
  }

  /// `check_get_params_invariance`, `check_set_params`, `check_estimator_cloneable`,
  /// `check_parameters_default_constructible`
  @Test(arguments: CheckedLearner.allCases) func hyperparametersGoThroughText(
    learner: CheckedLearner
  ) throws {
    let settings = HyperparameterSettings(learner.name)
    // These mean nothing beside the defaults of others, and say so.
    let dependent: Set = ["l1_ratio", "top_rate", "other_rate"]
    let assignments = settings.printed.filter { !dependent.contains($0.key) }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let parsed = try HyperparameterSettings(learner.name, parsing: assignments)
    #expect(parsed.printed == settings.printed)
  }

  /// `check_do_not_raise_errors_in_init_or_set_param`, `check_param_validation`: bounds are checked
  /// by the fit, which says so.
  @Test(arguments: CheckedLearner.allCases) func hyperparametersOutOfBoundsAreRefusedByTheFit(
    learner: CheckedLearner
  ) {
    let (matrix, labels) = checkedRows(50)
    let parallel = Parallel(threads: 1)
    #expect {
      switch learner {
      case .logisticRegression:
        let bad = LogisticRegression(c: -1)
        _ = try bad.fit(matrix, labels: labels, weights: nil, parallel: parallel)
      case .randomForest:
        var bad = RandomForest()
        bad.trees = 0
        _ = try bad.fit(matrix, labels: labels, weights: nil, parallel: parallel)
      case .gradientBoosting:
        var bad = GradientBoosting()
        bad.learningRate = -0.1
        _ = try bad.fit(matrix, labels: labels, weights: nil, parallel: parallel)
      }
    } throws: { error in
      if case FitError.hyperparameter = error { true } else { false }
    }
  }

  /// `check_pipeline_consistency`: the way from a labeled table gives what the learner gives.
  @Test(arguments: CheckedLearner.allCases) func trainingOnATableIsTheSameFit(
    learner: CheckedLearner
  ) throws {
    let (matrix, labels) = checkedRows()
    let table = LabeledTable(matrix: matrix, labels: labels)
    let trained = try Training(HyperparameterSettings(learner.name), seed: 3).fit(table).model
    let settings = HyperparameterSettings(learner.name)
    let parallel = Parallel(threads: 1)
    let direct: Estimator =
      switch learner {
      case .logisticRegression:
        .logisticRegression(
          try LogisticRegression(settings).fit(
            matrix, labels: labels, weights: nil, parallel: parallel))
      case .randomForest:
        .randomForest(
          try RandomForest(settings, seed: 3).fit(
            matrix, labels: labels, weights: nil, parallel: parallel))
      case .gradientBoosting:
        .gradientBoosting(
          try GradientBoosting(settings, seed: 3).fit(
            matrix, labels: labels, weights: nil, parallel: parallel))
      }
    #expect(trained.estimator.probabilities(matrix) == direct.probabilities(matrix))
  }

  private func document(
    of estimator: Estimator, _ matrix: FeatureMatrix, _ labels: Labels
  ) throws -> (bytes: [UInt8], digest: String) {
    let model = Model(
      encoding: FeatureEncoding.fit(to: matrix, nonfinite: .missing), estimator: estimator,
      classes: labels.classes, benign: labels.benign,
      training: TrainingFacts(
        learner: estimator.name, rows: matrix.rowCount, classCounts: labels.classCounts))
    return try ModelDocument.bytes(of: model)
  }
}
