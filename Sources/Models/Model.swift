import FeatureTables

/// A trained model with all that is needed to use it: what a model document holds.
public struct Model: Sendable, Equatable {
  /// How the columns of a table become the numbers that `estimator` takes.
  public let encoding: FeatureEncoding
  /// What was fitted.
  public let estimator: Estimator
  /// In the order of the estimator's probabilities; none twice.
  public let classes: [String]
  /// Which of `classes` are benign; every other class is malicious.
  public let benign: Set<String>
  /// How probabilities become a class and an alarm.
  public var threshold: Threshold
  /// How the flows behind the rows were made, by name: feature set, timeouts, direction rule.
  public var flowSettings: [String: String]
  /// How the model came about.
  public var training: TrainingFacts
  /// What it was measured to do on rows set aside at training; empty where none were.
  public var metrics: ValidationMetrics

  /// - Precondition: the estimator takes the columns that the encoding gives and has one
  ///   probability for each of `classes`, which hold all of `benign`.
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

  /// The same model with another estimator of the same columns and classes.
  public func replacing(_ estimator: Estimator) -> Model {
    Model(
      encoding: encoding, estimator: estimator, classes: classes, benign: benign,
      threshold: threshold, flowSettings: flowSettings, training: training, metrics: metrics)
  }

  /// The features of the tables that the model takes.
  public var inputSchema: FeatureSchema { encoding.input }

  /// What the model does with values that are not finite, at training and at prediction.
  public var nonfinite: NonfinitePolicy { encoding.nonfinite }
}
