import FeatureTables

extension LogisticRegression: TunableLearner {
  package static var hyperparameterTable: HyperparameterTable { .logisticRegression }

  /// - Parameter settings: of this learner.
  package init(_ settings: HyperparameterSettings) {
    self.init()
    if let penalty = settings.word("penalty").flatMap(Penalty.init(rawValue:)) {
      self.penalty = penalty
    }
    c = settings.real("c") ?? c
    l1Ratio = settings.real("l1_ratio") ?? l1Ratio
    intercept = settings.flag("intercept")
    standardize = settings.flag("standardize")
    tolerance = settings.real("tolerance") ?? tolerance
    maximumIterations = settings.integer("max_iterations") ?? maximumIterations
    classWeight = settings.classWeight
  }

  package var hyperparameters: [String: HyperparameterValue] {
    [
      "penalty": .word(penalty.rawValue), "c": .real(c), "l1_ratio": .real(l1Ratio),
      "intercept": .flag(intercept), "standardize": .flag(standardize),
      "tolerance": .real(tolerance), "max_iterations": .integer(maximumIterations),
      "class_weight": .classWeight(classWeight),
    ]
  }
}

extension RandomForest: TunableLearner {
  package static var hyperparameterTable: HyperparameterTable { .randomForest }

  /// - Parameter settings: of this learner.
  package init(_ settings: HyperparameterSettings, seed: UInt64) {
    self.init(seed: seed)
    trees = settings.integer("trees") ?? trees
    depth = settings.integer("depth")
    featuresPerSplit = FeaturesPerSplit(settings.value("features_per_split"))
    minSamplesLeaf = settings.integer("min_samples_leaf") ?? minSamplesLeaf
    bootstrap = settings.flag("bootstrap")
    extraRandomized = settings.flag("extra_randomized")
    classWeight = settings.classWeight
  }

  package var hyperparameters: [String: HyperparameterValue] {
    [
      "trees": .integer(trees), "depth": depth.map { .integer($0) } ?? .word("none"),
      "features_per_split": featuresPerSplit.hyperparameter,
      "min_samples_leaf": .integer(minSamplesLeaf), "bootstrap": .flag(bootstrap),
      "extra_randomized": .flag(extraRandomized), "class_weight": .classWeight(classWeight),
    ]
  }
}

extension RandomForest.FeaturesPerSplit {
  fileprivate init(_ value: HyperparameterValue) {
    switch value {
    case .word("all"): self = .all
    case .word("log2"): self = .logarithm
    case .real(let share): self = .fraction(share)
    default: self = .squareRoot
    }
  }

  fileprivate var hyperparameter: HyperparameterValue {
    switch self {
    case .squareRoot: .word("sqrt")
    case .logarithm: .word("log2")
    case .all: .word("all")
    case .fraction(let share): .real(share)
    }
  }
}

extension GradientBoosting: TunableLearner {
  package static var hyperparameterTable: HyperparameterTable { .gradientBoosting }

  /// - Parameter settings: of this learner.
  package init(_ settings: HyperparameterSettings, seed: UInt64) {
    self.init(seed: seed)
    trees = settings.integer("trees") ?? trees
    learningRate = settings.real("learning_rate") ?? learningRate
    leaves = settings.integer("leaves") ?? leaves
    depth = settings.integer("depth")
    minSamplesLeaf = settings.integer("min_samples_leaf") ?? minSamplesLeaf
    minChildWeight = settings.real("min_child_weight") ?? minChildWeight
    minGain = settings.real("min_gain") ?? minGain
    l2 = settings.real("l2") ?? l2
    maxStep = settings.real("max_step") ?? maxStep
    subsample = settings.real("subsample") ?? subsample
    sampling = settings.word("sampling").flatMap(Sampling.init(rawValue:)) ?? sampling
    topRate = settings.real("top_rate") ?? topRate
    otherRate = settings.real("other_rate") ?? otherRate
    monotoneConstraints = settings.monotoneConstraints
    featureFraction = settings.real("feature_fraction") ?? featureFraction
    bins = settings.integer("bins") ?? bins
    growth = settings.word("growth").flatMap(Growth.init(rawValue:)) ?? growth
    earlyStoppingRounds = settings.integer("early_stopping_rounds").flatMap { $0 > 0 ? $0 : nil }
    classWeight = settings.classWeight
  }

  package var hyperparameters: [String: HyperparameterValue] {
    [
      "trees": .integer(trees), "learning_rate": .real(learningRate), "leaves": .integer(leaves),
      "depth": depth.map { .integer($0) } ?? .word("none"),
      "min_samples_leaf": .integer(minSamplesLeaf), "min_child_weight": .real(minChildWeight),
      "min_gain": .real(minGain),
      "l2": .real(l2), "max_step": .real(maxStep), "subsample": .real(subsample),
      "sampling": .word(sampling.rawValue), "top_rate": .real(topRate),
      "other_rate": .real(otherRate), "monotone_constraints": .monotone(monotoneConstraints),
      "feature_fraction": .real(featureFraction), "bins": .integer(bins),
      "growth": .word(growth.rawValue),
      "early_stopping_rounds": .integer(earlyStoppingRounds ?? 0),
      "class_weight": .classWeight(classWeight),
    ]
  }
}
