import FeatureTables

/// How well the classes can be told by one feature alone. Where that is about as well as a model
/// does, the model is that feature, and often the feature is an accident of the recording.
enum SingleFeature {
  /// A feature that reaches this balanced accuracy tells the classes by itself.
  private static let perfection = 0.99
  /// How far behind the model a feature counts as doing as well.
  private static let margin = 0.02

  /// On a training and a test table with the same features.
  static func findings(
    training: LabeledTable, testing: LabeledTable, modelScore: Double?
  ) -> [Finding] {
    findings(
      training: LabeledRows(training, rows: Array(0..<training.rowCount)),
      testing: LabeledRows(testing, rows: Array(0..<testing.rowCount)), modelScore: modelScore)
  }

  /// On two parts of a table.
  static func findings(
    table: LabeledTable, training: [Int], testing: [Int], modelScore: Double?
  ) -> [Finding] {
    findings(
      training: LabeledRows(table, rows: training), testing: LabeledRows(table, rows: testing),
      modelScore: modelScore)
  }

  /// On one table, every other row of each class judging what is learned from the rest.
  static func findings(halvesOf table: LabeledTable, modelScore: Double?) -> [Finding] {
    var seen = Array(repeating: 0, count: table.labels.classes.count)
    var halves: ([Int], [Int]) = ([], [])
    for (row, code) in table.labels.codes.enumerated() {
      if seen[Int(code)].isMultiple(of: 2) { halves.0.append(row) } else { halves.1.append(row) }
      seen[Int(code)] += 1
    }
    return findings(table: table, training: halves.0, testing: halves.1, modelScore: modelScore)
  }

  private static func findings(
    training: LabeledRows, testing: LabeledRows, modelScore: Double?
  ) -> [Finding] {
    let scores = scores(training: training, testing: testing)
    let perfect = scores.filter { $0.best >= perfection }
    var findings: [Finding] = []
    if !perfect.isEmpty {
      findings.append(
        finding(.perfectFeature, perfect, "one feature alone tells the classes apart"))
    }
    // Beside a model that has learned nothing, any feature does as well.
    let chance = 1 / Double(max(2, testing.presentClassCount))
    if let modelScore, modelScore >= chance + 0.1 {
      let close = scores.filter { $0.best < perfection && $0.byClass >= modelScore - margin }
      if !close.isEmpty {
        findings.append(
          finding(
            .singleFeature, close, "one feature alone does about as well as the model",
            modelScore: modelScore))
      }
    }
    return findings
  }

  private static func finding(
    _ kind: FindingKind, _ scores: [Score], _ subject: String, modelScore: Double? = nil
  ) -> Finding {
    let sorted = scores.sorted { ($0.best, $1.feature) > ($1.best, $0.feature) }
    var evidence: [String: Evidence] = [
      "features": .texts(sorted.map(\.feature)),
      "balanced_accuracy": .list(sorted.map { .number($0.best) }),
    ]
    evidence["model_balanced_accuracy"] = modelScore.map { .number($0) }
    return Finding(
      kind, .warning,
      "\(subject): \(listing(sorted.map(\.feature))). Ask whether it is the traffic or the "
        + "recording, and whether the score holds without it.", evidence: evidence)
  }

  // MARK: Scores

  struct Score: Equatable {
    let feature: String
    /// The balanced accuracy over the classes.
    let byClass: Double
    /// The balanced accuracy of malicious against benign; nil with two classes or one side only.
    let byMalice: Double?

    var best: Double { max(byClass, byMalice ?? 0) }
  }

  /// One score a feature, of a lookup fitted to `training` and judged on `testing`.
  static func scores(training: LabeledRows, testing: LabeledRows) -> [Score] {
    let features = training.table.matrix.schema.features
    let classes = (
      training.classTarget(named: training.classNames),
      testing.classTarget(named: training.classNames)
    )
    var malice: (Target, Target)?
    if training.presentClassCount > 2, let fitted = training.maliceTarget,
      let judged = testing.maliceTarget
    {
      malice = (fitted, judged)
    }
    return features.indices.compactMap { column in
      guard let other = testing.table.matrix.schema.index(of: features[column].name) else {
        return nil
      }
      let fitted = training.values(ofColumn: column)
      let judged = testing.values(ofColumn: other, categoriesAs: training, column: column)
      func score(_ target: (fitted: Target, judged: Target)) -> Double? {
        FeatureLookup(fitted, target: target.fitted)
          .balancedAccuracy(judged, target: target.judged)
      }
      guard let byClass = score(classes) else { return nil }
      return Score(
        feature: features[column].name, byClass: byClass, byMalice: malice.flatMap(score))
    }
  }
}
