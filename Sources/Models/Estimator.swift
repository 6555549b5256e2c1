import FeatureTables

/// The fitted estimator of a model, of whichever kind.
public indirect enum Estimator: Classifier {
  case logisticRegression(LinearClassifier)
  case randomForest(TreeEnsemble)
  case gradientBoosting(TreeEnsemble)
  /// No estimator but the class frequencies.
  case prior(PriorClassifier)
  /// Another estimator whose probabilities were put right on rows that it had not learned from.
  case calibrated(CalibratedClassifier)

  /// As on the command line and in model files.
  public var name: String {
    switch self {
    case .logisticRegression: "logistic-regression"
    case .randomForest: "random-forest"
    case .gradientBoosting: "gradient-boosting"
    case .prior: "prior"
    case .calibrated: "calibrated"
    }
  }

  /// Columns of the encoded matrix.
  public var featureCount: Int { classifier.featureCount }
  /// Classes, each with a probability of its own.
  public var classCount: Int { classifier.classCount }

  /// Row-major, rows by classes; each row sums to one. NaN is a missing value.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    classifier.probabilities(for: matrix, parallel: parallel)
  }

  /// The trees behind the probabilities; empty for other estimators.
  public var trees: [DecisionTree] {
    switch self {
    case .randomForest(let ensemble), .gradientBoosting(let ensemble): ensemble.trees
    case .logisticRegression, .prior: []
    case .calibrated(let classifier): classifier.base.trees
    }
  }

  /// The estimator itself, or the one that was calibrated.
  public var uncalibrated: Estimator {
    if case .calibrated(let classifier) = self { classifier.base } else { self }
  }

  private var classifier: any Classifier {
    switch self {
    case .logisticRegression(let linear): linear
    case .randomForest(let forest): forest
    case .gradientBoosting(let boosted): boosted
    case .prior(let prior): prior
    case .calibrated(let classifier): classifier
    }
  }
}
