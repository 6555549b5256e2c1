import FeatureTables

/// A trained model with all that is needed to use it: what a model document holds.
public struct Model: Sendable, Equatable {
  public let encoding: FeatureEncoding
  public let estimator: Estimator
  /// In the order of the estimator's probabilities; none twice.
  public let classes: [String]
  /// Which of `classes` are benign; every other class is malicious.
  public let benign: Set<String>
  public var threshold: Threshold
  /// How the flows behind the rows were made, by name: feature set, timeouts, direction rule.
  public var flowSettings: [String: String]
  public var training: TrainingFacts
  public var metrics: ValidationMetrics

  public init(
    encoding: FeatureEncoding, estimator: Estimator, classes: [String], benign: Set<String>,
    threshold: Threshold = .likeliest, flowSettings: [String: String] = [:],
    training: TrainingFacts, metrics: ValidationMetrics = ValidationMetrics()
  ) {
    precondition(estimator.featureCount == encoding.encodedCount)
    precondition(estimator.classCount == classes.count)
    precondition(benign.isSubset(of: classes))
    self.encoding = encoding
    self.estimator = estimator
    self.classes = classes
    self.benign = benign
    self.threshold = threshold
    self.flowSettings = flowSettings
    self.training = training
    self.metrics = metrics
  }

  /// The features of the tables that the model takes.
  public var inputSchema: FeatureSchema { encoding.input }

  /// What the model does with values that are not finite, at training and at prediction.
  public var nonfinite: NonfinitePolicy { encoding.nonfinite }
}
