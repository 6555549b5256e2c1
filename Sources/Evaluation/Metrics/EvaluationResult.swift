/// What a model is worth on rows of known class: every score, and what makes the scores doubtful.
///
/// The definitions are scikit-learn's. A score that is not defined is nil, `null` in JSON: all of
/// them without rows; `rocAUC` and `averagePrecision` where all rows are on one side;
/// `falsePositiveRate` without benign rows; `maliciousShareOfPassed` without alarms. `precision`,
/// `recall` and `f1` without any row to count are 0, as in scikit-learn.
public struct EvaluationResult: Sendable, Equatable {
  /// The rows that were judged, all of them with a label.
  public let rows: Int
  /// The order of `confusionMatrix` and `perClass`.
  public let classes: [String]
  /// How many rows of each true class were predicted as each class.
  public let confusionMatrix: ConfusionMatrix
  /// The share of rows whose predicted class is the true one.
  public let accuracy: Double?
  /// The mean recall of the classes that have rows.
  public let balancedAccuracy: Double?
  /// The mean F1 of the classes that occur as truth or as prediction.
  public let macroF1: Double?
  /// The mean F1 of the classes, weighted by the rows of each true class.
  public let weightedF1: Double?
  /// Of the second of two classes; of more, the mean of each against the rest.
  public let rocAUC: Double?
  /// The area under the precision-recall curve by steps, over the same classes as `rocAUC`.
  public let averagePrecision: Double?
  /// The mean of -ln p over the probability p of the true class, in nats; p is clipped as in
  /// `sklearn.metrics.log_loss`. 0 is perfect.
  public let logLoss: Double?
  /// The mean squared error of the probabilities (Brier 1950): of the second of two classes, of
  /// more summed over the classes. 0 is perfect.
  public let brierScore: Double?
  /// The correlation of truth and prediction, from -1 to 1: Matthews for two classes, R_K of
  /// Gorodkin (2004) for more.
  public let matthewsCorrelation: Double?
  /// The scores of each class against the rest, in the order of `classes`.
  public let perClass: [ClassScores]
  /// Of alarms: any malicious class against the benign ones. So are the five below.
  public let recall: Double?
  /// The share of the rows with an alarm that are malicious; 0 without alarms.
  public let precision: Double?
  /// The harmonic mean of `precision` and `recall`; 0 where there is neither.
  public let f1: Double?
  /// The share of the benign rows that raised an alarm.
  public let falsePositiveRate: Double?
  /// The share of rows that raised no alarm and so need not be passed on.
  public let dataReduction: Double?
  /// The share of rows with an alarm that are malicious.
  public let maliciousShareOfPassed: Double?
  /// What makes the scores doubtful; empty where nothing was found or nobody looked.
  public var findings: [Finding]
  /// What the features matter; nil where it was not measured.
  public var importances: FeatureImportances?
  /// How far the features have moved from the training rows; nil where nobody looked.
  public var drift: Drift?
  /// How far the scores can be trusted for the number of rows; nil where it was not measured.
  public var intervals: EvaluationIntervals?
  /// What was asked for, and whether it holds; empty where nothing was.
  public var requirements: [Requirement.Outcome] = []
  /// What a day would bring; nil where no volume of traffic was stated.
  public var dailyAlerts: DailyAlerts?

  /// - Complexity: O(classes x rows x log rows).
  public init(_ predictions: Predictions, findings: [Finding] = []) {
    let matrix = ConfusionMatrix(
      truth: predictions.truth, predicted: predictions.predicted,
      classCount: predictions.classes.count)
    let alarms = BinaryCounts(alarms: predictions)
    let hasRows = predictions.rowCount > 0
    rows = predictions.rowCount
    classes = predictions.classes
    confusionMatrix = matrix
    accuracy = matrix.accuracy
    balancedAccuracy = matrix.balancedAccuracy
    macroF1 = matrix.macroF1
    weightedF1 = matrix.weightedF1
    (rocAUC, averagePrecision) = predictions.rankingScores
    logLoss = ProbabilityScores.logLoss(predictions)
    brierScore = ProbabilityScores.brierScore(predictions)
    matthewsCorrelation = matrix.matthewsCorrelation
    perClass = zip(predictions.classes, matrix.binaryCounts).map {
      ClassScores(name: $0, counts: $1)
    }
    recall = hasRows ? alarms.recall : nil
    precision = hasRows ? alarms.precision : nil
    f1 = hasRows ? alarms.f1 : nil
    falsePositiveRate = alarms.falsePositiveRate
    dataReduction = alarms.dataReduction
    maliciousShareOfPassed = alarms.positiveShareOfPassed
    self.findings = findings
  }

  /// The score of that name, nil where it is not defined.
  public func value(of metric: Metric) -> Double? {
    switch metric {
    case .accuracy: accuracy
    case .balancedAccuracy: balancedAccuracy
    case .macroF1: macroF1
    case .weightedF1: weightedF1
    case .rocAUC: rocAUC
    case .averagePrecision: averagePrecision
    case .logLoss: logLoss
    case .brierScore: brierScore
    case .matthewsCorrelation: matthewsCorrelation
    case .recall: recall
    case .precision: precision
    case .f1: f1
    case .falsePositiveRate: falsePositiveRate
    case .dataReduction: dataReduction
    case .maliciousShareOfPassed: maliciousShareOfPassed
    }
  }
}

/// The scores of one class against the rest.
public struct ClassScores: Sendable, Equatable, Codable {
  /// The class, by its name among the labels.
  public let name: String
  /// The share of the rows predicted as the class that are of it; 0 where there are none.
  public let precision: Double
  /// The share of the rows of the class that were predicted as it; 0 where there are none.
  public let recall: Double
  /// The harmonic mean of `precision` and `recall`; 0 where there is neither.
  public let f1: Double
  /// Rows whose true class this is.
  public let support: Int

  init(name: String, counts: BinaryCounts) {
    self.name = name
    precision = counts.precision
    recall = counts.recall
    f1 = counts.f1
    support = counts.positives
  }

  private enum CodingKeys: String, CodingKey {
    case name = "class"
    case precision, recall, f1, support
  }
}
