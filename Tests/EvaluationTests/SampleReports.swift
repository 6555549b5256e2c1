import Evaluation
import FeatureTables
import Reports

/// Reports on made-up rows, to look at.
enum SampleReports {
  /// Rows of several classes that a model tells more or less well.
  static func report(
    classes: [String], rows: Int = 900, findings: [Finding] = [], threshold: Double? = nil
  ) -> EvaluationReport {
    var random = RandomGenerator(seed: 11)
    let truth = (0..<rows).map { Int32($0 * 7 % classes.count) }
    var probabilities: [Double] = []
    var predicted: [Int32] = []
    for code in truth {
      var weights = classes.map { _ in random.uniform() * 0.35 + 0.01 }
      weights[Int(code)] += random.uniform()
      let sum = weights.reduce(0, +)
      probabilities += weights.map { $0 / sum }
      let best = weights.indices.max { weights[$0] < weights[$1] } ?? 0
      predicted.append(Int32(best))
    }
    let predictions = Predictions(
      classes: classes, benign: [classes[0]], truth: truth, predicted: predicted,
      probabilities: probabilities)
    let columns = (0..<3).map { column in
      truth.map { code -> Double in
        Double(1 + (Int(code) * 37 + column * 11) % 100) * (1 + 20 * random.uniform())
      }
    }
    let features = columns.indices.map { Feature("feature_\($0)", in: .bytes) }
    let table = LabeledTable(
      matrix: FeatureMatrix(
        schema: FeatureSchema(identifier: "test", version: 1, features: features), rowCount: rows,
        values: Array(columns.joined())),
      labels: Labels(classes: classes, codes: truth, benign: [classes[0]]))
    let volumes = TrafficVolumes(packets: truth.map { Double($0) * 5 + 2 })
    return EvaluationReport(
      subject: EvaluationReport.Subject(
        model: "model.json", learner: "random-forest", features: 3, trainingRows: 5_000,
        trainingClasses: [:], threshold: threshold, thresholdOrigin: "",
        data: ["friday.csv"]),
      result: EvaluationResult(predictions, findings: findings),
      curves: EvaluationCurves(predictions, volumes: volumes, threshold: threshold),
      profiles: FeatureHistograms(of: table))
  }

  static let fifteen =
    ["BENIGN"]
    + [
      "Bot", "DDoS", "DoS GoldenEye", "DoS Hulk", "DoS Slowhttptest", "DoS slowloris",
      "FTP-Patator", "Heartbleed", "Infiltration", "PortScan", "SSH-Patator",
      "Web Attack – Brute Force", "Web Attack – Sql Injection", "Web Attack – XSS",
    ]
}
