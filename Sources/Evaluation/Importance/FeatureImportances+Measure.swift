import FeatureTables
import Models

extension FeatureImportances {
  /// At most so many rows are looked at.
  public static let rowLimit = 10_000

  /// Measures all features of a model.
  /// - Parameters:
  ///   - table: labeled rows that the model scores.
  ///   - seed: what the choice of rows and the shuffles start from.
  ///   - file: what to call the model in errors.
  /// - Throws: `DataError` where the table does not fit the model, or its trees do not tell how the
  ///   training rows divided.
  public init(
    of model: Model, on table: LabeledTable, seed: UInt64 = 0, file: String = "model",
    parallel: Parallel = Parallel()
  ) throws(DataError) {
    let explainer = try ModelExplainer(model, file: file)
    let sample = FeatureImportances.sample(of: table, seed: seed)
    let sizes = try explainer.meanSizes(
      on: sample, allowingDifferentDefinitions: true, parallel: parallel)
    let gains = FeatureImportances.gains(of: model)
    let losses = try FeatureImportances.lossesWithout(
      each: model, on: sample, seed: seed, parallel: parallel)
    rows = sample.rowCount
    space = explainer.explainer.space.rawValue
    targets = sizes.count == 1 ? [model.classes[1]] : model.classes
    features = model.inputSchema.features.indices.map { feature in
      FeatureImportance(
        feature: model.inputSchema.features[feature].name, gain: gains?[feature],
        permutation: losses?[feature], contributions: sizes.map { $0[feature] })
    }
  }

  private static func sample(of table: LabeledTable, seed: UInt64) -> LabeledTable {
    guard table.rowCount > rowLimit else { return table }
    var order = Array(0..<table.rowCount)
    var random = RandomGenerator(seed: seed)
    random.shuffle(&order)
    return table.rows(order.prefix(rowLimit).sorted())
  }

  /// Shares of the gain by input feature; nil for a model without trees.
  private static func gains(of model: Model) -> [Double]? {
    let trees = model.estimator.trees
    guard !trees.isEmpty else { return nil }
    let sources = model.encoding.sourceFeatures
    var sums = [Double](repeating: 0, count: model.inputSchema.features.count)
    for tree in trees {
      for node in 0..<tree.nodeCount where tree.features[node] >= 0 {
        sums[sources[Int(tree.features[node])]] += tree.gains[node]
      }
    }
    let total = sums.reduce(0, +)
    return total > 0 ? sums.map { $0 / total } : sums
  }

  /// The rise of the log loss by input feature; nil where there is none.
  private static func lossesWithout(
    each model: Model, on table: LabeledTable, seed: UInt64, parallel: Parallel
  ) throws(DataError) -> [Double]? {
    guard let whole = try logLoss(of: model, on: table, parallel: parallel) else { return nil }
    let matrix = try model.inputMatrix(of: table, allowingDifferentDefinitions: true)
    var rises: [Double] = []
    for feature in 0..<matrix.columnCount {
      var shuffled = table
      shuffled.matrix = matrix.shuffling(
        feature, RandomGenerator(seed: seed, stream: UInt64(feature)))
      let loss = try logLoss(of: model, on: shuffled, parallel: parallel)
      rises.append((loss ?? whole) - whole)
    }
    return rises
  }

  private static func logLoss(
    of model: Model, on table: LabeledTable, parallel: Parallel
  ) throws(DataError) -> Double? {
    let scores = try model.score(table, parallel: parallel, allowingDifferentDefinitions: true)
    return ProbabilityScores.logLoss(
      Predictions(
        labels: table.labels.rows(scores.scoredRows), classes: model.classes,
        benign: model.benign, predicted: model.decide(scores).predicted,
        probabilities: scores.probabilities))
  }
}

extension FeatureMatrix {
  /// The same with the values of one column in another order.
  fileprivate func shuffling(_ column: Int, _ generator: RandomGenerator) -> FeatureMatrix {
    var (generator, shuffled) = (generator, Array(self.column(column)))
    generator.shuffle(&shuffled)
    var values = self.values
    values.replaceSubrange(column * rowCount..<(column + 1) * rowCount, with: shuffled)
    return FeatureMatrix(
      schema: schema, rowCount: rowCount, values: values, categories: categories)
  }
}
