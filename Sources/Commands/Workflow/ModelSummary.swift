import FeatureTables
import Models
import Reports

/// A model in one screen.
struct ModelSummary: Encodable {
  private let model: Model

  init(_ model: Model) { self.model = model }

  private enum CodingKeys: String, CodingKey {
    case learner, classes, benign, features, columns, rows, trees, threshold, metrics, nonfinite
    case calibration, coefficients
    case thresholdRule = "threshold_rule"
    case featureSet = "feature_set"
    case featureSetVersion = "feature_set_version"
    case toolVersion = "tool_version"
    case flowSettings = "flow_settings"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model.estimator.uncalibrated.name, forKey: .learner)
    try container.encode(model.estimator.calibration, forKey: .calibration)
    try container.encode(model.threshold.summary, forKey: .thresholdRule)
    try container.encode(model.classes, forKey: .classes)
    try container.encode(model.benign.sorted(), forKey: .benign)
    try container.encode(model.inputSchema.identifier, forKey: .featureSet)
    try container.encode(model.inputSchema.version, forKey: .featureSetVersion)
    try container.encode(model.inputSchema.features, forKey: .features)
    try container.encode(model.encoding.encodedCount, forKey: .columns)
    try container.encode(model.training.rows, forKey: .rows)
    try container.encode(treeCount, forKey: .trees)
    try container.encode(CoefficientTable(model), forKey: .coefficients)
    try container.encode(model.threshold.value, forKey: .threshold)
    try container.encode(model.nonfinite, forKey: .nonfinite)
    try container.encode(model.metrics.values, forKey: .metrics)
    try container.encode(model.training.toolVersion, forKey: .toolVersion)
    try container.encode(model.flowSettings, forKey: .flowSettings)
  }

  /// Nil for a model without trees.
  private var treeCount: Int? {
    switch model.estimator.uncalibrated {
    case .randomForest(let ensemble), .gradientBoosting(let ensemble): ensemble.trees.count
    case .logisticRegression, .prior, .calibrated: nil
    }
  }

  /// For a person.
  var text: String {
    let facts = model.training
    var lines = [
      "model: \(model.estimator.uncalibrated.name), made by flowmeter \(facts.toolVersion)",
      "features: \(model.inputSchema.features.count) of \(model.inputSchema.identifier), version "
        + "\(model.inputSchema.version) (\(model.encoding.encodedCount) columns after encoding)",
    ]
    if let treeCount { lines.append("trees: \(treeCount)") }
    lines.append("trained on \(facts.rows) rows, seed \(facts.seed); \(facts.split)")
    lines += zip(model.classes, facts.classCounts).map { name, count in
      "  \(name): \(count) rows" + (model.benign.contains(name) ? ", benign" : "")
    }
    lines.append("values that are not finite: \(model.nonfinite.rawValue)")
    if let calibration = model.estimator.calibration {
      lines.append("calibration: \(calibration)")
    }
    lines += model.threshold.lines
    lines += model.metrics.values.sorted { $0.key < $1.key }.map {
      "  \($0.key.words): \(NumberText.score($0.value))"
    }
    if let table = CoefficientTable(model) { lines += table.lines }
    lines += facts.excluded.lines
    return lines.map(\.printable).joined(separator: "\n")
  }
}
