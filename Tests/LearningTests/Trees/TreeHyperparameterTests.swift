import FeatureTables
import Learning
import Testing

@Test func learnersAreMadeFromSettingsAndTellThemBack() throws {
  let texts = [
    "trees": "7", "learning_rate": "0.5", "leaves": "9", "depth": "4", "min_samples_leaf": "2",
    "min_child_weight": "0.5", "min_gain": "0.25", "l2": "3.0", "max_step": "2.5",
    "subsample": "0.5",
    "feature_fraction": "0.75", "bins": "63", "growth": "depthwise",
    "sampling": "goss", "top_rate": "0.25", "other_rate": "0.125",
    "monotone_constraints": "rate:-1,size:+1", "early_stopping_rounds": "5",
    "class_weight": "a:b:0.1,benign:99.9",
  ]
  let settings = try HyperparameterSettings(
    .gradientBoosting, parsing: texts.map { "\($0.key)=\($0.value)" })
  let boosting = GradientBoosting(settings, seed: 3)
  #expect(boosting.hyperparameters.mapValues(\.description) == texts)
  #expect(boosting.depth == 4 && boosting.growth == .depthwise && boosting.seed == 3)
  #expect(boosting.monotoneConstraints.directions == ["rate": .decreasing, "size": .increasing])
  #expect(boosting.classWeight == .named(["a:b": 0.1, "benign": 99.9]))

  func forest(_ assignment: String) throws -> RandomForest {
    RandomForest(try HyperparameterSettings(.randomForest, parsing: [assignment]), seed: 0)
  }
  #expect(try forest("features_per_split=log2").featuresPerSplit == .logarithm)
  #expect(try forest("features_per_split=0.3").featuresPerSplit == .fraction(0.3))
  #expect(try forest("extra_randomized=true").extraRandomized)
  #expect(try forest("depth=none").depth == nil)
}

/// As scikit-learn's ExtraTreesClassifier.
@Test func extremelyRandomizedTreesHaveAllRowsUnlessToldOtherwise() throws {
  func settings(_ assignments: [String]) throws -> HyperparameterSettings {
    try HyperparameterSettings(.randomForest, parsing: assignments)
  }
  let extra = try settings(["extra_randomized=true"])
  #expect(RandomForest(extra, seed: 5) == .extremelyRandomized(seed: 5))
  #expect(extra.printed["bootstrap"] == "false")
  #expect(
    RandomForest(try settings(["extra_randomized=true", "bootstrap=true"]), seed: 0).bootstrap)
  #expect(RandomForest(try settings(["extra_randomized=false"]), seed: 0).bootstrap)
  #expect(!RandomForest(try settings(["bootstrap=false"]), seed: 0).bootstrap)
}

/// What is not set has the default of the learner itself.
@Test func defaultsAreThoseOfTheLearners() {
  #expect(
    GradientBoosting(HyperparameterSettings(.gradientBoosting), seed: 0) == GradientBoosting())
  #expect(RandomForest(HyperparameterSettings(.randomForest), seed: 0) == RandomForest())
  #expect(LogisticRegression(HyperparameterSettings(.logisticRegression)) == LogisticRegression())
}

@Test func boundsAreCheckedWhereFitBegins() throws {
  let table = noisyTable(rowCount: 50)
  var boosting = GradientBoosting()
  boosting.bins = 1_000
  #expect(throws: FitError.self) {
    try boosting.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  }
  var forest = RandomForest()
  forest.featuresPerSplit = .fraction(0)
  #expect(throws: FitError.self) {
    try forest.fit(
      table.matrix, labels: table.labels, weights: nil, parallel: Parallel(threads: 1))
  }
}

@Test func tablesWithoutTwoClassesAreRefused() throws {
  let empty = treeMatrix([[], []])
  let parallel = Parallel(threads: 1)
  #expect(throws: FitError.noRows) {
    try GradientBoosting().fit(
      empty, labels: treeLabels([]), weights: nil, parallel: parallel)
  }
  #expect(throws: FitError.oneClass("class1")) {
    try RandomForest().fit(
      treeMatrix([[1, 2]]), labels: treeLabels([1, 1]), weights: nil, parallel: parallel)
  }
  #expect(throws: FitError.oneClass("class0")) {
    try RandomForest().fit(
      treeMatrix([[1, 2]]), labels: treeLabels([0, 1]), weights: [1, 0], parallel: parallel)
  }
}
