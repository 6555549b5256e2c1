/// What a cross-validation found: every fold's evaluation, and each score over the folds.
public struct CrossValidationResult: Sendable, Equatable {
  /// One evaluation of a model on the rows that it was not trained on.
  public struct Fold: Sendable, Equatable {
    /// From 0.
    public let repetition: Int
    /// From 0 within its repetition.
    public let fold: Int
    /// Rows that the model was trained on.
    public let trainingRows: Int
    /// What the model is worth on the rows of the fold that it was not trained on.
    public let evaluation: EvaluationResult

    /// - Parameters:
    ///   - repetition: from 0.
    ///   - fold: from 0 within its repetition.
    public init(repetition: Int = 0, fold: Int, trainingRows: Int, evaluation: EvaluationResult) {
      self.repetition = repetition
      self.fold = fold
      self.trainingRows = trainingRows
      self.evaluation = evaluation
    }
  }

  /// The learner by its name on the command line.
  public let learner: String
  /// How training and test rows were kept apart in every fold.
  public let split: SplitDescription
  /// The folds that gave a model, in the order of the split; a fold whose training rows could not
  /// teach is not among them.
  public let folds: [Fold]
  /// One a metric that at least one fold has, in the order of `Metric.allCases`.
  public let summaries: [MetricSummary]
  /// What makes the scores doubtful; empty where nothing was found or nobody looked.
  public var findings: [Finding]

  /// Makes a summary of every metric that at least one of `folds` has.
  public init(learner: String, split: SplitDescription, folds: [Fold], findings: [Finding] = []) {
    self.learner = learner
    self.split = split
    self.folds = folds
    self.findings = findings
    summaries = Metric.allCases.compactMap { metric in
      MetricSummary(metric, scores: folds.map { $0.evaluation.value(of: metric) })
    }
  }

  /// The summary of a metric, nil where no fold has it.
  public func summary(of metric: Metric) -> MetricSummary? {
    summaries.first { $0.metric == metric }
  }
}

extension CrossValidationResult.Fold: Codable {
  private enum CodingKeys: String, CodingKey {
    case repetition, fold, evaluation
    case trainingRows = "training_rows"
  }
}

extension CrossValidationResult: Codable {
  private enum CodingKeys: String, CodingKey {
    case learner, split, folds, findings
    case summaries = "metrics"
  }
}
