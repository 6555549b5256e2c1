extension EvaluationResult: Codable {
  private enum Key: String, CodingKey {
    case rows, classes, findings, fpr, importances, drift, intervals, requirements
    case confusionMatrix = "confusion_matrix"
    case perClass = "per_class"
    case dailyAlerts = "alerts_per_day"
  }

  /// Metrics stand beside the other keys, each under its own name.
  private struct MetricKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ metric: Metric) { stringValue = metric.rawValue }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Writes every key, with `null` for a score that is not defined, and `fpr` as a second name of
  /// `false_positive_rate`; `importances`, `drift`, `intervals`, `requirements` and `alerts_per_day` only
  /// where there are any.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(classes, forKey: .classes)
    try container.encode(confusionMatrix, forKey: .confusionMatrix)
    try container.encode(perClass, forKey: .perClass)
    try container.encode(falsePositiveRate, forKey: .fpr)
    try container.encode(findings, forKey: .findings)
    try container.encodeIfPresent(importances, forKey: .importances)
    try container.encodeIfPresent(drift, forKey: .drift)
    try container.encodeIfPresent(intervals, forKey: .intervals)
    if !requirements.isEmpty { try container.encode(requirements, forKey: .requirements) }
    try container.encodeIfPresent(dailyAlerts, forKey: .dailyAlerts)
    var metrics = encoder.container(keyedBy: MetricKey.self)
    for metric in Metric.allCases {
      try metrics.encode(value(of: metric), forKey: MetricKey(metric))
    }
  }

  /// - Throws: `DecodingError`. A metric that is absent is taken as not defined, so that results of
  ///   older versions can be read.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let metrics = try decoder.container(keyedBy: MetricKey.self)
    func score(_ metric: Metric) throws -> Double? {
      try metrics.decodeIfPresent(Double.self, forKey: MetricKey(metric))
    }
    rows = try container.decode(Int.self, forKey: .rows)
    classes = try container.decode([String].self, forKey: .classes)
    confusionMatrix = try container.decode(ConfusionMatrix.self, forKey: .confusionMatrix)
    perClass = try container.decode([ClassScores].self, forKey: .perClass)
    findings = try container.decodeIfPresent([Finding].self, forKey: .findings) ?? []
    importances = try container.decodeIfPresent(FeatureImportances.self, forKey: .importances)
    drift = try container.decodeIfPresent(Drift.self, forKey: .drift)
    intervals = try container.decodeIfPresent(EvaluationIntervals.self, forKey: .intervals)
    requirements =
      try container.decodeIfPresent([Requirement.Outcome].self, forKey: .requirements) ?? []
    dailyAlerts = try container.decodeIfPresent(DailyAlerts.self, forKey: .dailyAlerts)
    accuracy = try score(.accuracy)
    balancedAccuracy = try score(.balancedAccuracy)
    macroF1 = try score(.macroF1)
    weightedF1 = try score(.weightedF1)
    rocAUC = try score(.rocAUC)
    averagePrecision = try score(.averagePrecision)
    logLoss = try score(.logLoss)
    brierScore = try score(.brierScore)
    matthewsCorrelation = try score(.matthewsCorrelation)
    recall = try score(.recall)
    precision = try score(.precision)
    f1 = try score(.f1)
    falsePositiveRate = try score(.falsePositiveRate)
    dataReduction = try score(.dataReduction)
    maliciousShareOfPassed = try score(.maliciousShareOfPassed)
    guard confusionMatrix.classCount == classes.count, perClass.count == classes.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .classes, in: container,
        debugDescription: "the confusion matrix and the scores per class need one entry a class")
    }
  }
}
