import FeatureTables
import Learning
import Testing

@Test func hyperparametersAreSetByName() throws {
  var boosting = GradientBoosting()
  for (name, text) in [
    ("trees", "7"), ("learning_rate", "0.5"), ("leaves", "9"), ("depth", "4"),
    ("min_samples_leaf", "2"), ("min_child_weight", "0.5"), ("min_gain", "0.25"), ("l2", "3.0"),
    ("subsample", "0.5"), ("feature_fraction", "0.75"), ("bins", "63"), ("growth", "depthwise"),
    ("early_stopping_rounds", "5"), ("class_weight", "a:b:0.1,benign:99.9"),
  ] {
    #expect(try boosting.set(name, to: text))
    let parameter = try #require(GradientBoosting.hyperparameters.first { $0.name == name })
    #expect(parameter.text(boosting) == text)
  }
  #expect(boosting.depth == 4 && boosting.growth == .depthwise)
  #expect(boosting.classWeight == .named(["a:b": 0.1, "benign": 99.9]))
  #expect(try boosting.set("depth", to: "unlimited") && boosting.depth == nil)
  #expect(try !boosting.set("trees_", to: "1"))

  var forest = RandomForest()
  #expect(try forest.set("features_per_split", to: "log2"))
  #expect(forest.featuresPerSplit == .logarithm)
  #expect(try forest.set("features_per_split", to: "0.3"))
  #expect(forest.featuresPerSplit == .fraction(0.3))
  #expect(try forest.set("extra_randomized", to: "true") && forest.extraRandomized)
}

@Test(arguments: [
  ("trees", "0"), ("trees", "many"), ("learning_rate", "0"), ("learning_rate", "nan"),
  ("leaves", "1"), ("depth", "0"), ("subsample", "1.5"), ("bins", "256"), ("growth", "sideways"),
  ("l2", "-1"), ("class_weight", "a"), ("class_weight", "a:-1"), ("min_gain", "inf"),
])
func badHyperparametersAreRefused(name: String, text: String) throws {
  var boosting = GradientBoosting()
  let before = boosting
  #expect {
    try boosting.set(name, to: text)
  } throws: { error in
    guard case .hyperparameter(name, text, _)? = error as? FitError else { return false }
    return true
  }
  #expect(boosting == before)
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
