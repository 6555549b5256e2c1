import FeatureTables

/// How a model came about. Nothing in it depends on the clock, the machine or the number of
/// threads: the same command on the same input gives the same bytes.
public struct TrainingFacts: Sendable, Equatable {
  /// As on the command line: `gradient-boosting`.
  public var learner: String
  /// Every hyperparameter of the learner by name, defaults included, in its printed form.
  public var hyperparameters: [String: JSONValue]
  /// What random choices started from.
  public var seed: UInt64
  /// Rows that the estimator was fitted to.
  public var rows: Int
  /// Those rows by class, in the order of the model's classes.
  public var classCounts: [Int]
  /// How rows were set aside for validation, in words: `grouped by connection, 0.2 aside`.
  public var split: String
  /// SHA-256 of every input file by name.
  public var inputDigests: [String: String]
  /// The version of the program that trained.
  public var toolVersion: String
  /// Columns of the input that are no features, and why.
  public var excluded: [ExcludedColumn]
  /// What became of every row that was read.
  public var account: RowAccount
  /// Of the values of the rows of training (`RowFingerprint.hashes`).
  public var rowFingerprints: FingerprintSample
  /// Of the connections of the rows of training (`RowIdentity.connections`).
  public var connectionFingerprints: FingerprintSample
  /// One an input feature, or none at all.
  public var profiles: [FeatureProfile]

  /// - Parameters:
  ///   - rows: those that the estimator was fitted to.
  ///   - classCounts: those rows by class, in the order of the model's classes.
  ///   - profiles: one an input feature, or none at all.
  public init(
    learner: String, hyperparameters: [String: JSONValue] = [:], seed: UInt64 = 0, rows: Int,
    classCounts: [Int], split: String = "", inputDigests: [String: String] = [:],
    toolVersion: String = flowMeterVersion, excluded: [ExcludedColumn] = [],
    account: RowAccount = RowAccount(), rowFingerprints: FingerprintSample = FingerprintSample([]),
    connectionFingerprints: FingerprintSample = FingerprintSample([]),
    profiles: [FeatureProfile] = []
  ) {
    self.learner = learner
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.rows = rows
    self.classCounts = classCounts
    self.split = split
    self.inputDigests = inputDigests
    self.toolVersion = toolVersion
    self.excluded = excluded
    self.account = account
    self.rowFingerprints = rowFingerprints
    self.connectionFingerprints = connectionFingerprints
    self.profiles = profiles
  }
}

/// What a model was measured to do on the rows set aside at training.
public struct ValidationMetrics: Sendable, Equatable {
  /// By the names of the command line: `macro_f1`. A metric that is not defined is not in it.
  public let values: [String: Double]
  /// Whatever else was measured, such as the values by class; null for nothing.
  public let detail: JSONValue

  /// Values that are not finite are left out.
  public init(values: [String: Double] = [:], detail: JSONValue = .null) {
    self.values = values.filter { $0.value.isFinite }
    self.detail = detail
  }
}
