/// A score of an evaluation by name. The raw value is the name in files and on the command line.
public enum Metric: String, Sendable, Codable, CaseIterable {
  case accuracy
  case balancedAccuracy = "balanced_accuracy"
  case macroF1 = "macro_f1"
  case weightedF1 = "weighted_f1"
  case rocAUC = "roc_auc"
  case averagePrecision = "average_precision"
  case logLoss = "log_loss"
  case brierScore = "brier_score"
  case matthewsCorrelation = "matthews_correlation"
  case recall
  case precision
  case f1
  case falsePositiveRate = "false_positive_rate"
  case dataReduction = "data_reduction"
  case maliciousShareOfPassed = "malicious_share_of_passed"

  /// From a name as people write it: `fpr` is `false_positive_rate`.
  public init?(name: String) {
    self.init(rawValue: name == "fpr" ? "false_positive_rate" : name)
  }

  /// For a heading: `balanced accuracy`, `ROC AUC`.
  public var title: String {
    switch self {
    case .rocAUC: "ROC AUC"
    case .macroF1: "macro F1"
    case .weightedF1: "weighted F1"
    case .f1: "F1"
    case .brierScore: "Brier score"
    case .matthewsCorrelation: "Matthews correlation"
    default: rawValue.split(separator: "_").joined(separator: " ")
    }
  }

  /// Whether a larger value is a better one.
  public var isHigherBetter: Bool {
    switch self {
    case .logLoss, .brierScore, .falsePositiveRate: false
    default: true
    }
  }

  /// Whether it judges alarms (any malicious class against the benign ones) and not classes.
  public var isOfAlarms: Bool {
    switch self {
    case .recall, .precision, .f1, .falsePositiveRate, .dataReduction, .maliciousShareOfPassed:
      true
    default: false
    }
  }
}
