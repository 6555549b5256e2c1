import FeatureTables

/// How far the scores of an evaluation can be trusted for the number of rows behind them.
///
/// Shares of rows have the exact interval, which takes rows for independent; scores that are made
/// of several have that of a bootstrap, which draws whole connections where they are known.
public struct EvaluationIntervals: Sendable, Equatable, Codable {
  /// The interval of one score.
  public struct OfMetric: Sendable, Equatable, Codable {
    /// Which score it is.
    public let metric: Metric
    /// Where it may lie; nil where the rows cannot say.
    public let interval: Interval?
  }

  /// The intervals of one class against the rest.
  public struct OfClass: Sendable, Equatable, Codable {
    /// The class, by its name among the labels.
    public let name: String
    /// Nil where no row was predicted as the class.
    public let precision: Interval?
    /// Nil where no row is of the class.
    public let recall: Interval?
    /// Nil where the rows cannot say.
    public let f1: Interval?

    private enum CodingKeys: String, CodingKey {
      case name = "class"
      case precision, recall, f1
    }
  }

  /// Of every interval.
  public let confidence: Double
  /// How often rows were drawn again.
  public let resamples: Int
  /// What was drawn: `connections` or `rows`.
  public let drawn: String
  /// How many of them there are.
  public let units: Int
  /// One a metric, in the order of `Metric.allCases`.
  public let metrics: [OfMetric]
  /// One a class, in the order of the evaluation.
  public let perClass: [OfClass]
  /// What the rows are too few to say, in sentences.
  public let remarks: [String]

  private enum CodingKeys: String, CodingKey {
    case confidence, resamples, drawn, units, metrics, remarks
    case perClass = "per_class"
  }

  /// The interval of a score; nil where the rows cannot say.
  public func interval(of metric: Metric) -> Interval? {
    metrics.first { $0.metric == metric }?.interval
  }
}

extension EvaluationIntervals {
  /// - Parameters:
  ///   - connections: of each row, to draw those with the same value together; empty to draw rows.
  ///   - seed: what the bootstrap starts from.
  ///   - resamples: nil for 1,000, or fewer (not below 200) of large tables.
  /// - Complexity: O(resamples x classes x rows).
  public init(
    _ predictions: Predictions, connections: [UInt64] = [], seed: UInt64 = 0,
    resamples: Int? = nil, parallel: Parallel = Parallel()
  ) {
    let units = BootstrapUnits(rows: predictions.rowCount, connections: connections)
    let scores = WeightedScores(predictions)
    let count =
      resamples
      ?? BootstrapUnits.resampleCount(rows: predictions.rowCount, curves: scores.rankingCount)
    let drawn =
      predictions.rowCount == 0
      ? []
      : parallel.map(count) { scores.values(units.weights(seed: seed, resample: $0)) }
    let exact = RateIntervals(predictions)
    func bootstrap(_ place: Int) -> Interval? {
      // Rows without any error of a kind give the same value however they are drawn: that is no
      // proof that it is the value.
      Interval(percentilesOf: drawn.map { $0[place] }).flatMap { $0.width > 0 ? $0 : nil }
    }
    confidence = Interval.confidence
    self.resamples = count
    self.drawn = units.kind.rawValue
    self.units = units.count
    metrics = Metric.allCases.enumerated().map { place, metric in
      OfMetric(
        metric: metric, interval: metric.isRate ? exact.interval(of: metric) : bootstrap(place))
    }
    perClass = exact.classes.enumerated().map { code, counts in
      OfClass(
        name: predictions.classes[code],
        precision: Interval(exact: counts.truePositives, of: counts.predictedPositives),
        recall: Interval(exact: counts.truePositives, of: counts.positives),
        f1: bootstrap(Metric.allCases.count + code))
    }
    remarks = SmallTest(predictions, exact: exact, units: units).sentences
  }
}

extension Metric {
  /// Whether it is the share of some rows among others, which has an exact interval.
  package var isRate: Bool {
    switch self {
    case .accuracy, .recall, .precision, .falsePositiveRate, .dataReduction,
      .maliciousShareOfPassed:
      true
    default: false
    }
  }
}

/// The counts behind the rates of an evaluation.
struct RateIntervals {
  let alarms: BinaryCounts
  /// One a class, against the rest.
  let classes: [BinaryCounts]

  init(_ predictions: Predictions) {
    alarms = BinaryCounts(alarms: predictions)
    classes =
      ConfusionMatrix(
        truth: predictions.truth, predicted: predictions.predicted,
        classCount: predictions.classes.count
      ).binaryCounts
  }

  /// Nil for a metric that is no rate, and for one of no rows.
  func interval(of metric: Metric) -> Interval? {
    switch metric {
    case .accuracy:
      Interval(
        exact: classes.reduce(0) { $0 + $1.truePositives }, of: alarms.total)
    case .recall: Interval(exact: alarms.truePositives, of: alarms.positives)
    case .precision, .maliciousShareOfPassed:
      Interval(exact: alarms.truePositives, of: alarms.predictedPositives)
    case .falsePositiveRate: Interval(exact: alarms.falsePositives, of: alarms.negatives)
    case .dataReduction:
      Interval(exact: alarms.total - alarms.predictedPositives, of: alarms.total)
    default: nil
    }
  }
}
