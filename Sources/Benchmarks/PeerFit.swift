import FeatureExtraction
import FeatureTables
import Foundation
import Learning

/// One fit on a table that other libraries are fitted to as well: columns of numbers, the classes
/// in `Label` and `Attack`, and `train` or `test` in `Split`. Time begins at the matrix in memory.
struct PeerFit {
  let csv: String
  let target: String
  let learner: String
  let trees: Int

  func run() throws {
    var options = TableReadingOptions()
    options.labelColumn = target
    options.includedFeatures = ["Split"]
    let table = try FlowTables.read([csv], options: options)
    let training = try trainingRows(of: table)
    let (start, processorStart) = (ContinuousClock.now, processorSeconds)
    try fit(training)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let ofProcessor = processorSeconds - processorStart
    print(
      "{\"fit_s\": \(seconds), \"cpu_s\": \(ofProcessor), "
        + "\"n_train\": \(training.rowCount), \"trees\": \(trees)}")
  }

  /// What all threads have used so far.
  private var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private func trainingRows(of table: LabeledTable) throws -> LabeledTable {
    let schema = table.matrix.schema
    guard let split = schema.index(of: "split"),
      let code = table.matrix.categories[split].firstIndex(of: "train")
    else {
      throw DataError(
        file: csv, place: .column("Split"), problem: "does not say which rows train",
        remedy: "take a table made for the comparison")
    }
    let rows = (0..<table.rowCount).filter { table.matrix[$0, split] == Double(code) }
    let columns = schema.features.indices.filter {
      !["split", "label", "attack"].contains(schema.features[$0].name)
    }
    var training = table.rows(rows)
    training.matrix = training.matrix.columns(columns)
    return training
  }

  /// At the settings of the comparison: full forests, boosting with 31 leaves and L2 of 1.
  private func fit(_ table: LabeledTable) throws {
    let parallel = Parallel(threads: 2)
    switch learner {
    case "gbt":
      var boosting = GradientBoosting()
      (boosting.trees, boosting.l2) = (trees, 1)
      _ = try boosting.fit(
        table.matrix, labels: table.labels, weights: nil, parallel: parallel)
    case "rf", "et":
      var forest = learner == "et" ? RandomForest.extremelyRandomized() : RandomForest()
      forest.trees = trees
      _ = try forest.fit(table.matrix, labels: table.labels, weights: nil, parallel: parallel)
    case "lr":
      _ = try LogisticRegression().fit(
        table.matrix, labels: table.labels, weights: nil, parallel: parallel)
    default:
      throw DataError(
        .usage, file: learner, problem: "is no learner of the comparison",
        remedy: "take gbt, rf, et or lr")
    }
  }
}
