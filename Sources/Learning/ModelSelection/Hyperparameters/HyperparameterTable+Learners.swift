extension HyperparameterTable {
  /// Defaults are scikit-learn's `LogisticRegression`, but for standardized columns and a tighter
  /// tolerance.
  public static let logisticRegression = HyperparameterTable(
    learner: .logisticRegression,
    hyperparameters: [
      Hyperparameter(
        "penalty", .word(["l1", "l2", "elastic-net", "none"]), standard: .word("l2"),
        help: "the penalty on the coefficients"),
      Hyperparameter(
        "c", .real(.positive()), standard: .real(1),
        help: "the inverse of the strength of the penalty"),
      Hyperparameter(
        "l1_ratio", .real(.nonnegative(upTo: 1)), standard: .real(0.5),
        help: "the share of L1 in an elastic-net penalty"),
      Hyperparameter(
        "intercept", .flag, standard: .flag(true), help: "whether a constant is added"),
      Hyperparameter(
        "standardize", .flag, standard: .flag(true),
        help: "whether columns are brought to mean 0 and deviation 1 inside the model"),
      Hyperparameter(
        "tolerance", .real(.positive(upTo: 0.1)), standard: .real(1e-10),
        help: "the relative gap of the objective at which the fit ends"),
      Hyperparameter(
        "max_iterations", .integer(1...Int.max), standard: .integer(100),
        help: "the steps after which the fit gives up"),
      classWeight,
    ])

  /// Defaults are scikit-learn's `RandomForestClassifier`, and with `extra_randomized` its
  /// `ExtraTreesClassifier`.
  public static let randomForest = HyperparameterTable(
    learner: .randomForest,
    hyperparameters: [
      Hyperparameter(
        "trees", .integer(1...100_000), standard: .integer(100), help: "the number of trees"),
      Hyperparameter(
        "depth", .integer(1...Int.max, words: ["none"]), standard: .word("none"),
        help: "the most splits between the root and a leaf"),
      Hyperparameter(
        "features_per_split", .real(.positive(upTo: 1), words: ["sqrt", "log2", "all"]),
        standard: .word("sqrt"), help: "how many features each split may choose from, as a share"),
      Hyperparameter(
        "min_samples_leaf", .integer(1...Int.max), standard: .integer(1),
        help: "the fewest rows of a leaf"),
      Hyperparameter(
        "bootstrap", .flag, standard: .flag(true), reversedBy: "extra_randomized",
        help: "whether each tree sees rows drawn with replacement"),
      Hyperparameter(
        "extra_randomized", .flag, standard: .flag(false),
        help: "whether thresholds are drawn at random, as in extra trees"),
      classWeight,
    ])

  /// Defaults are LightGBM's.
  public static let gradientBoosting = HyperparameterTable(
    learner: .gradientBoosting,
    hyperparameters: [
      Hyperparameter(
        "trees", .integer(1...100_000), standard: .integer(100),
        help: "the rounds of boosting, of one tree each, or one a class if there are more than two"),
      Hyperparameter(
        "learning_rate", .real(.positive()), standard: .real(0.1),
        help: "the factor on the output of each tree"),
      Hyperparameter(
        "leaves", .integer(2...131_072), standard: .integer(31), help: "the most leaves of a tree"),
      Hyperparameter(
        "depth", .integer(1...Int.max, words: ["none"]), standard: .word("none"),
        help: "the most splits between the root and a leaf"),
      Hyperparameter(
        "min_samples_leaf", .integer(1...Int.max), standard: .integer(20),
        help: "the fewest rows of a leaf"),
      Hyperparameter(
        "min_child_weight", .real(.nonnegative()), standard: .real(1e-3),
        help: "the least sum of second derivatives of a leaf"),
      Hyperparameter(
        "min_gain", .real(.nonnegative()), standard: .real(0),
        help: "the least gain of a split"),
      Hyperparameter(
        "l2", .real(.nonnegative()), standard: .real(0), help: "the L2 penalty on leaf outputs"),
      Hyperparameter(
        "max_step", .real(.positive()), standard: .real(10),
        help: "the farthest that a leaf moves a margin, before learning_rate"),
      Hyperparameter(
        "subsample", .real(.positive(upTo: 1)), standard: .real(1),
        help: "the share of the rows that each round sees"),
      Hyperparameter(
        "sampling", .word(["uniform", "goss"]), standard: .word("uniform"),
        help: "whether rows have equal chances, or those with large gradients come first"),
      Hyperparameter(
        "top_rate", .real(.nonnegative(upTo: 1)), standard: .real(0.2),
        help: "with goss the share of the rows that are taken for their gradients"),
      Hyperparameter(
        "other_rate", .real(.positive(upTo: 1)), standard: .real(0.1),
        help: "with goss the share of the rows that are drawn to stand for the others"),
      Hyperparameter(
        "feature_fraction", .real(.positive(upTo: 1)), standard: .real(1),
        help: "the share of the features that each tree may use"),
      Hyperparameter(
        "bins", .integer(2...255), standard: .integer(255),
        help: "the most bins of a feature, without the one for missing values"),
      Hyperparameter(
        "growth", .word(["leafwise", "depthwise"]), standard: .word("leafwise"),
        help: "whether the best leaf or all leaves of a level are split next"),
      Hyperparameter(
        "early_stopping_rounds", .integer(0...Int.max), standard: .integer(0),
        help: "the rounds without a better validation loss after which to stop; 0 never stops"),
      Hyperparameter(
        "monotone_constraints", .monotone, standard: .monotone(MonotoneConstraints()),
        help: "the features that never lower (+1) or never raise (-1) the malicious probability"),
      classWeight,
    ])
}
