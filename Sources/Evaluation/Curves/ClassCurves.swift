/// How well the probability of one class tells its rows from all others.
public struct ClassCurves: Sendable, Equatable, Codable {
  /// The class, by its name among the labels.
  public let name: String
  /// Rows of the class.
  public let rows: Int
  /// The area under the ROC curve; nil where all rows are on one side.
  public let rocAUC: Double?
  /// The area under the precision-recall curve by steps; nil where all rows are on one side.
  public let averagePrecision: Double?
  /// From the origin to (1, 1); empty where all rows are on one side.
  public let roc: [ROCPoint]
  /// By ascending threshold; empty where all rows are on one side.
  public let precisionRecall: [PrecisionRecallPoint]
  /// Whether probabilities are what they say.
  public let reliability: [ReliabilityBin]

  private enum CodingKeys: String, CodingKey {
    case name = "class"
    case rows, roc, reliability
    case rocAUC = "roc_auc"
    case averagePrecision = "average_precision"
    case precisionRecall = "precision_recall"
  }
}

extension ClassCurves {
  /// - Parameters:
  ///   - code: an index into the classes.
  ///   - resolution: nil for every point, else points nearer than 1 / resolution are left out.
  init(_ predictions: Predictions, code: Int, resolution: Int?) {
    let classCount = predictions.classes.count
    let scores = predictions.truth.indices.map {
      predictions.probabilities[$0 * classCount + code]
    }
    self.init(
      name: predictions.classes[code], scores: scores,
      isPositive: predictions.truth.map { Int($0) == code }, resolution: resolution)
  }

  /// - Parameters:
  ///   - name: of the positive side.
  ///   - scores: one a row.
  ///   - isPositive: one a row.
  ///   - resolution: nil for every point.
  init(name: String, scores: [Double], isPositive: [Bool], resolution: Int?) {
    let sweep = ScoreSweep(scores: scores, isPositive: isPositive)
    self.init(name: name, sweep, scores: scores, isPositive: isPositive, resolution: resolution)
  }

  init(
    name: String, _ sweep: ScoreSweep, scores: [Double], isPositive: [Bool], resolution: Int?
  ) {
    self.name = name
    rows = sweep.positiveCount
    rocAUC = sweep.rocAUC
    averagePrecision = sweep.averagePrecision
    roc = CurveThinning.thinned(sweep.rocPoints, resolution: resolution) {
      [$0.falsePositiveRate, $0.truePositiveRate]
    }
    precisionRecall = CurveThinning.thinned(
      sweep.precisionRecallPoints, resolution: resolution
    ) { [$0.precision, $0.recall] }
    reliability = ReliabilityBin.bins(scores: scores, isPositive: isPositive)
  }
}

extension ScoreSweep {
  /// - Parameters:
  ///   - scores: one a row, no NaN.
  ///   - isPositive: one a row.
  init(scores: [Double], isPositive: [Bool]) {
    var (positives, negatives): ([Double], [Double]) = ([], [])
    for (score, isHit) in zip(scores, isPositive) {
      if isHit { positives.append(score) } else { negatives.append(score) }
    }
    self.init(positives: positives, negatives: negatives)
  }
}
