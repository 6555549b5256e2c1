import Evaluation

/// All that a report on a model says: what was judged, every score, and what is drawn. Its files
/// are made of this value alone.
public struct EvaluationReport: Sendable, Equatable {
  /// What a reader must know of the model before reading a score.
  public struct Subject: Sendable, Equatable, Codable {
    /// The file of the model, without its folders.
    public let model: String
    /// As on the command line: `gradient-boosting`.
    public let learner: String
    /// Columns that the model takes.
    public let features: Int
    /// Rows that it was fitted to.
    public let trainingRows: Int
    /// Those rows by class.
    public let trainingClasses: [String: Int]
    /// From which malicious score on the model raises an alarm; nil where the likeliest class
    /// decides.
    public let threshold: Double?
    /// Where the threshold comes from, in words; empty where there is none.
    public let thresholdOrigin: String
    /// The files that it was judged on, without their folders.
    public let data: [String]

    private enum CodingKeys: String, CodingKey {
      case model, learner, features, threshold, data
      case trainingRows = "training_rows"
      case trainingClasses = "training_classes"
      case thresholdOrigin = "threshold_origin"
    }

    /// - Parameters:
    ///   - model: the file, without its folders.
    ///   - learner: as on the command line.
    ///   - features: columns that the model takes.
    ///   - trainingRows: rows that it was fitted to.
    ///   - trainingClasses: those rows by class.
    ///   - threshold: the malicious score from which on it raises an alarm.
    ///   - thresholdOrigin: in words.
    ///   - data: the files that it was judged on, without their folders.
    public init(
      model: String, learner: String, features: Int, trainingRows: Int,
      trainingClasses: [String: Int], threshold: Double?, thresholdOrigin: String, data: [String]
    ) {
      self.model = model
      self.learner = learner
      self.features = features
      self.trainingRows = trainingRows
      self.trainingClasses = trainingClasses
      self.threshold = threshold
      self.thresholdOrigin = thresholdOrigin
      self.data = data
    }
  }

  /// What was judged.
  public let subject: Subject
  /// Every score, the findings and, where it was measured, what the features matter.
  public let result: EvaluationResult
  /// What is drawn of the scores.
  public let curves: EvaluationCurves
  /// The histograms of the features that matter most; nil where they were not counted.
  public let profiles: FeatureHistograms?
  /// What the model is worth on other data; empty where nobody asked.
  public let others: [OtherEvaluation]

  /// - Parameters:
  ///   - subject: what was judged.
  ///   - curves: of the rows behind `result`.
  ///   - profiles: of the same rows.
  ///   - others: evaluations on other data.
  public init(
    subject: Subject, result: EvaluationResult, curves: EvaluationCurves,
    profiles: FeatureHistograms?, others: [OtherEvaluation] = []
  ) {
    self.subject = subject
    self.result = result
    self.curves = curves
    self.profiles = profiles
    self.others = others
  }
}

extension EvaluationReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case subject, curves, profiles
    case others = "on"
  }

  /// Writes the keys of the evaluation with `subject`, `curves`, `profiles` and `on` beside them, so
  /// that whoever reads evaluations reads reports.
  public func encode(to encoder: any Encoder) throws {
    try result.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(subject, forKey: .subject)
    try container.encode(curves, forKey: .curves)
    try container.encodeIfPresent(profiles, forKey: .profiles)
    if !others.isEmpty { try container.encode(others, forKey: .others) }
  }
}
