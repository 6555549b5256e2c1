import FeatureTables

extension HyperparameterSpace {
  /// What `tune` searches at random where nothing else is said.
  public static func standard(_ learner: LearnerName) -> HyperparameterSpace {
    let weights = Dimension(
      "class_weight", .list([.classWeight(.none), .classWeight(.balanced)]))
    switch learner {
    case .logisticRegression:
      return HyperparameterSpace(
        checked: learner,
        [
          Dimension("penalty", .list([.word("l1"), .word("l2")])),
          Dimension("c", .real(1e-3...1e3, .logarithmic)), weights,
        ])
    case .randomForest:
      return HyperparameterSpace(
        checked: learner,
        [
          Dimension("depth", .list([.word("none"), .integer(10), .integer(20), .integer(30)])),
          Dimension(
            "features_per_split",
            .list([.word("sqrt"), .word("log2"), .real(0.25), .real(0.5)])),
          Dimension("min_samples_leaf", .integer(1...20, .logarithmic)),
          Dimension("extra_randomized", .list([.flag(false), .flag(true)])), weights,
        ])
    case .gradientBoosting:
      return HyperparameterSpace(
        checked: learner,
        [
          Dimension("trees", .integer(50...500, .logarithmic)),
          Dimension("learning_rate", .real(0.02...0.3, .logarithmic)),
          Dimension("leaves", .integer(7...127, .logarithmic)),
          Dimension("min_samples_leaf", .integer(5...100, .logarithmic)),
          Dimension("l2", .real(1e-3...10, .logarithmic)),
          Dimension("subsample", .real(0.5...1)),
          Dimension("feature_fraction", .real(0.5...1)), weights,
        ])
    }
  }
}
