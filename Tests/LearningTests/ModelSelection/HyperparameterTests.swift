import FeatureTables
import Learning
import Testing

/// The names of the command line's contract, written out once more on purpose.
@Test(arguments: [
  (
    LearnerName.gradientBoosting,
    "trees learning_rate leaves depth min_samples_leaf min_child_weight min_gain l2 max_step subsample "
      + "sampling top_rate other_rate feature_fraction bins growth early_stopping_rounds "
      + "monotone_constraints class_weight"
  ),
  (
    .randomForest,
    "trees depth features_per_split min_samples_leaf bootstrap extra_randomized class_weight"
  ),
  (
    .logisticRegression,
    "penalty c l1_ratio intercept standardize tolerance max_iterations class_weight"
  ),
]) func theTableHasTheNamesOfTheContract(learner: LearnerName, names: String) {
  #expect(HyperparameterTable.of(learner).names.joined(separator: " ") == names)
}

@Test(arguments: LearnerName.allCases) func everyDefaultSurvivesPrintAndParse(
  learner: LearnerName
) throws {
  for entry in HyperparameterTable.of(learner).hyperparameters {
    #expect(entry.domain.parse(entry.standard.description) == entry.standard)
    #expect(HyperparameterTable.of(learner).helpText.contains(entry.name))
  }
}

@Test func valuesAreParsedByTheirDomain() throws {
  let boosting = try HyperparameterSettings(
    .gradientBoosting,
    parsing: ["trees=7", "learning_rate=5e-2", "depth=none", "growth=depthwise", "trees=9"])
  #expect(boosting.integer("trees") == 9)
  #expect(boosting.real("learning_rate") == 0.05)
  #expect(boosting.integer("depth") == nil && boosting.word("depth") == "none")
  #expect(boosting.word("growth") == "depthwise")
  #expect(boosting.integer("leaves") == 31)
  let forest = try HyperparameterSettings(
    .randomForest,
    parsing: ["depth=12", "features_per_split=0.3", "bootstrap=false", "class_weight=balanced"])
  #expect(forest.integer("depth") == 12)
  #expect(forest.real("features_per_split") == 0.3 && forest.word("features_per_split") == nil)
  #expect(!forest.flag("bootstrap") && !forest.flag("extra_randomized"))
  #expect(forest.classWeight == .balanced)
  #expect(forest.printed["min_samples_leaf"] == "1")
}

@Test func classWeightsByNameSurvivePrintAndParse() throws {
  let text = "DoS Hulk:2.5,a:b:0.0,benign:1.0"
  let weights = try #require(ClassWeight(parsing: text))
  #expect(weights == .named(["DoS Hulk": 2.5, "a:b": 0, "benign": 1]))
  #expect(HyperparameterValue.classWeight(weights).description == text)
  for bad in [
    "", "benign", "benign:", ":1", "a:-1", "a:nan", "a:1,", "a:1,a:2", "a:inf", "BALANCED",
  ] {
    #expect(ClassWeight(parsing: bad) == nil, "\(bad)")
  }
}

@Test(arguments: [
  ("gamma=1", "has no hyperparameter 'gamma'", "learning_rate"),
  ("trees", "is not of the form name=value", "--set trees=100"),
  ("=3", "is not of the form name=value", "for instance"),
  ("trees=0", "'0' is out of bounds", "a whole number from 1 to 100000"),
  ("trees=1.5", "'1.5' is out of bounds", "trees takes"),
  ("subsample=1.01", "out of bounds", "a number above 0 and at most 1"),
  ("learning_rate=nan", "out of bounds", "a number above 0"),
  ("learning_rate=inf", "out of bounds", "a number above 0"),
  ("l2=-1", "out of bounds", "a number of at least 0"),
  ("growth=wild", "'wild' is out of bounds", "leafwise, or depthwise"),
  ("class_weight=heavy", "out of bounds", "NAME:WEIGHT"),
  ("depth=", "'' is out of bounds", "or none"),
]) func aWrongAssignmentIsAUsageErrorThatHelps(
  assignment: String, problem: String, remedy: String
) {
  #expect {
    try HyperparameterSettings(.gradientBoosting, parsing: [assignment])
  } throws: { error in
    guard let error = error as? DataError else { return false }
    return error.exitCode == 64 && error.problem.contains(problem)
      && error.remedy.contains(remedy)
  }
}

@Test func monotoneConstraintsSurvivePrintAndParse() throws {
  let constraints = try #require(MonotoneConstraints(parsing: "a:b:-1,proto=tcp:1,size:+1"))
  #expect(
    constraints.directions == ["a:b": .decreasing, "proto=tcp": .increasing, "size": .increasing])
  #expect(constraints.description == "a:b:-1,proto=tcp:+1,size:+1")
  #expect(MonotoneConstraints(parsing: "none") == MonotoneConstraints())
  for bad in ["", "size", "size:", ":1", "size:2", "size:0", "size:1,", "size:1,size:1", "a:up"] {
    #expect(MonotoneConstraints(parsing: bad) == nil, "\(bad)")
  }
}

@Test func ratesWithoutTheirSamplingAreRefused() throws {
  #expect(throws: DataError.self) {
    try HyperparameterSettings(.gradientBoosting, parsing: ["top_rate=0.3"])
  }
  let settings = try HyperparameterSettings(
    .gradientBoosting, parsing: ["other_rate=0.3", "sampling=goss"])
  #expect(settings.real("other_rate") == 0.3 && settings.real("top_rate") == 0.2)
}

@Test func aRatioWithoutItsPenaltyIsRefused() throws {
  #expect(throws: DataError.self) {
    try HyperparameterSettings(.logisticRegression, parsing: ["l1_ratio=0.2"])
  }
  let settings = try HyperparameterSettings(
    .logisticRegression, parsing: ["l1_ratio=0.2", "penalty=elastic-net"])
  #expect(settings.real("l1_ratio") == 0.2)
}
