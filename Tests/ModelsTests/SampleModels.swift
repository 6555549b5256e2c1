import FeatureTables
import Models

/// Small models of every kind, with numbers and names that are hard to keep: -0, denormals,
/// numbers of 17 digits, quotes and letters beyond ASCII.
enum SampleModels {
  static let schema = FeatureSchema(
    identifier: "sample", version: 3,
    features: [
      Feature("duration", in: .microseconds), Feature("proto", in: .none, kind: .categorical),
      Feature("bytes_per_second", in: .bytesPerSecond),
    ])

  static let encoding = FeatureEncoding(
    input: schema, categories: [[], ["icmp", "t\"c\\p", "údp"], []], nonfinite: .missing)

  static let linear = LinearClassifier(
    means: [0.1, -0.0, 1 / 3, 0, 0x1p-1074], scales: [1, 2.5, 0.1 + 0.2, 1e300, 1],
    coefficients: [[-1.5, 0, 3e-308, -0.0, .pi]], intercepts: [0.25])

  static var linearWithErrors: LinearClassifier {
    var linear = linear
    linear.standardErrors = StandardErrors(
      coefficients: [[0.25, 0, 1e-300, 1 / 3, 2]], intercepts: [0.1 + 0.2])
    return linear
  }

  static let threeClassLinear = LinearClassifier(
    means: [0, 0, 0, 0, 0], scales: [1, 1, 1, 1, 1],
    coefficients: [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, -1]], intercepts: [0, 0.5, -0.5])

  /// Two inner nodes and three leaves: duration, then proto=icmp.
  static func tree(leaves: [[Double]]) -> DecisionTree {
    let none = [Double](repeating: 0, count: leaves[0].count)
    return DecisionTree(
      features: [0, -1, 1, -1, -1], thresholds: [0.1, 0, 0.5, 0, 0], lefts: [1, 0, 3, 0, 0],
      rights: [2, 0, 4, 0, 0], missingGoesLeft: [true, false, false, false, false],
      gains: [1 / 3, 0, 0x1.8p-1040, 0, 0], covers: [10, 4, 6, 2.5, 3.5],
      values: none + leaves[0] + none + leaves[1] + leaves[2], outputCount: leaves[0].count)
  }

  static let forest = TreeEnsemble(
    featureCount: 5, classCount: 2, combination: .mean, baseScores: [],
    trees: [
      tree(leaves: [[1, 0], [0.3, 0.7], [0.1, 0.9]]),
      tree(leaves: [[0.5, 0.5], [1, 0], [0, 1]]),
    ])

  static let boosted = TreeEnsemble(
    featureCount: 5, classCount: 2, combination: .sum, baseScores: [-0.7],
    trees: [tree(leaves: [[-0.1], [0.2], [1 / 3]])])

  static let threeClassBoosted = TreeEnsemble(
    featureCount: 5, classCount: 3, combination: .sum, baseScores: [0.1, -0.0, 0.3],
    trees: (0..<6).map { tree(leaves: [[Double($0) / 7], [-0.25], [1e-17]]) })

  static let reasons: [ExcludedColumn.Reason] = [
    .identifier, .timestamp, .label, .leak, .duplicate, .optional, .text,
  ]

  static func training(classes: Int) -> TrainingFacts {
    var account = RowAccount()
    account.read = 12
    account.used = 10
    account.dropped = ["ragged_rows": 2]
    account.nonfinite = ["bytes_per_second": ["infinity": 1, "nan": 2]]
    account.remarks = ["unknown_labels": 1]
    return TrainingFacts(
      learner: "sample", hyperparameters: ["trees": 100, "growth": "leafwise", "l2": 0.1],
      seed: .max, rows: 10, classCounts: Array(repeating: 5, count: classes),
      split: "grouped by connection, 0.2 aside",
      inputDigests: ["flöws.csv": String(repeating: "ab", count: 32)],
      // Golden documents hold these, so the lists and the version do not follow the program.
      toolVersion: "0.1.0",
      excluded: reasons.map {
        ExcludedColumn(name: "column \($0.rawValue)", reason: $0, explanation: "Says who it is.")
      },
      account: account, rowFingerprints: FingerprintSample([3, 1, 1, .max]),
      connectionFingerprints: FingerprintSample((0..<9).map { UInt64($0) << 50 }, capacity: 4),
      profiles: [
        FeatureProfile(
          feature: "duration", bins: .edges([-0.0, 0.1]),
          counts: Array(repeating: [1, 2, 3], count: classes),
          missing: Array(repeating: 0, count: classes)),
        FeatureProfile(
          feature: "proto", bins: .categories(["icmp", "t\"c\\p", "údp"]),
          counts: Array(repeating: [1, 2, 3, 4], count: classes),
          missing: Array(repeating: 1, count: classes)),
        FeatureProfile(
          feature: "bytes_per_second", bins: .edges([]),
          counts: Array(repeating: [6], count: classes),
          missing: Array(repeating: 0, count: classes)),
      ])
  }

  static func model(_ estimator: Estimator, threshold: Threshold = .likeliest) -> Model {
    let classes = Array(["benign", "dos", "pört scan"].prefix(estimator.classCount))
    return Model(
      encoding: encoding, estimator: estimator, classes: classes, benign: ["benign"],
      threshold: threshold,
      flowSettings: ["features": "sample", "idle_timeout": "120s"],
      training: training(classes: classes.count),
      metrics: ValidationMetrics(
        values: ["accuracy": 0.99, "macro_f1": 0.1 + 0.2, "roc_auc": .nan],
        detail: [
          "per_class": [["class": "dos", "f1": .null]], "confusion_matrix": [[1, 2], [3, 4]],
        ]
      ))
  }

  static let all: [Model] = [
    model(.logisticRegression(linear)),
    model(.logisticRegression(threeClassLinear)),
    model(
      .randomForest(forest),
      threshold: Threshold(.fixed, value: 0.3, chosenOn: "by hand", interval: 0.1...0.4)),
    model(.gradientBoosting(boosted)),
    model(.gradientBoosting(threeClassBoosted)),
    model(.prior(PriorClassifier(featureCount: 5, prior: [0.75, 0.25]))),
    model(
      .calibrated(
        CalibratedClassifier(
          base: .gradientBoosting(boosted), score: .logOdds,
          calibrators: [
            .isotonic(scores: [-1, -0.0, 0.1 + 0.2], probabilities: [0, 1 / 3, 0.875])
          ],
          fittedOn: "10 rows held out")),
      threshold: Threshold(
        .falsePositiveRate, value: 0.25, chosenOn: "10 rows held out", interval: 0.2...0.5,
        measured: [
          Threshold.Measurement("false_positive_rate", 0.1, interval: 0.0025...0.445),
          Threshold.Measurement("cost_per_flow", 1 / 3),
        ])),
    model(
      .calibrated(
        CalibratedClassifier(
          base: .gradientBoosting(threeClassBoosted), score: .probability,
          calibrators: [
            .platt(slope: 5.5, intercept: -3.25),
            .isotonic(scores: [0.25], probabilities: [0.125]),
            .platt(slope: -0.0, intercept: 1e-300),
          ]))),
    model(.logisticRegression(linearWithErrors)),
  ]

  /// Rows for `schema`: values of every sort, categories in an order of their own.
  static func table(rowCount: Int = 12) -> LabeledTable {
    var random = RandomGenerator(seed: 3)
    let durations = (0..<rowCount).map { $0 == 2 ? Double.nan : random.uniform() - 0.4 }
    let protocols = (0..<rowCount).map { $0 == 3 ? Double.nan : Double($0 % 4) }
    let rates = (0..<rowCount).map { $0 == 4 ? Double.infinity : 100 * random.uniform() }
    let matrix = FeatureMatrix(
      schema: schema, rowCount: rowCount, values: durations + protocols + rates,
      categories: [[], ["údp", "gre", "icmp", "t\"c\\p"], []])
    return LabeledTable(
      matrix: matrix,
      labels: Labels(names: (0..<rowCount).map { $0 % 2 == 0 ? "benign" : "dos" }),
      identity: RowIdentity(sources: ["flows.csv"]))
  }
}
