import FeatureTables
import Foundation
import Learning
import Models

/// One fit on a table that other libraries are fitted to as well: columns of numbers, the classes
/// in `Label` and `Attack`, and `train` or `test` in `Split`. Time begins at the matrix in memory.
struct PeerFit {
  let csv: String
  let target: String
  /// `gbt`, `rf`, `et` or `lr`; the last with hyperparameters as after `--set`, if any:
  /// `lr,penalty=l1,tolerance=1e-6`.
  let learner: String
  let trees: Int
  let parallel: Parallel
  /// Where the probabilities of the test rows go, if anywhere.
  let predictions: String?

  func run() throws {
    let table = try PeerTable(csv, target: target)
    let training = try table.rows(in: "train")
    let (start, processorStart) = (ContinuousClock.now, processorSeconds)
    let (estimator, account) = try fit(training)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let ofProcessor = processorSeconds - processorStart
    let test = try table.rows(in: "test")
    let prediction = PeerPrediction(estimator, test.matrix, parallel: parallel)
    if let predictions { try write(estimator, test, classes: training.labels.classes, predictions) }
    print(
      "{\"fit_s\": \(seconds), \"cpu_s\": \(ofProcessor), "
        + "\"pred_rows_s\": \(Int(prediction.rowsPerSecond)), "
        + "\"single_us\": \(prediction.singleMicroseconds), \"n_train\": \(training.rowCount), "
        + "\"n_test\": \(test.rowCount), \"trees\": \(trees)\(account)}")
  }

  /// At the settings of the comparison: full forests, boosting with 31 leaves and L2 of 1.
  /// - Returns: the estimator, and what its solver says of the fit as more of the JSON line.
  private func fit(_ table: LabeledTable) throws -> (estimator: Estimator, account: String) {
    let parts = learner.split(separator: ",").map(String.init)
    guard parts.count == 1 || parts.first == "lr" else { throw unknownLearner }
    switch parts.first {
    case "gbt":
      var boosting = GradientBoosting()
      (boosting.trees, boosting.l2) = (trees, 1)
      return (
        .gradientBoosting(
          try boosting.fit(table.matrix, labels: table.labels, weights: nil, parallel: parallel)),
        ""
      )
    case "rf", "et":
      var forest = RandomForest()
      forest.trees = trees
      if learner == "et" { (forest.extraRandomized, forest.bootstrap) = (true, false) }
      return (
        .randomForest(
          try forest.fit(table.matrix, labels: table.labels, weights: nil, parallel: parallel)), ""
      )
    case "lr":
      let settings = try HyperparameterSettings(
        .logisticRegression, parsing: Array(parts.dropFirst()))
      let fit = try LogisticRegression(settings).fitWithReport(
        table.matrix, labels: table.labels, parallel: parallel)
      return (
        .logisticRegression(fit.model),
        ", \"objective\": \(fit.objective), \"gap\": \(fit.relativeGap), "
          + "\"gradient\": \(fit.gradientNorm), \"steps\": \(fit.iterations)"
      )
    default: throw unknownLearner
    }
  }

  private var unknownLearner: DataError {
    DataError(
      .usage, file: learner, problem: "is no learner of the comparison",
      remedy: "take gbt, rf, et, lr or lr,penalty=l1")
  }

  /// Rows as the script that judges them reads them, with the names of the table's classes.
  private func write(
    _ estimator: Estimator, _ test: LabeledTable, classes: [String], _ path: String
  ) throws {
    let probabilities = estimator.probabilities(for: test.matrix, parallel: parallel)
    // Two classes of the comparison are 0 and 1 in the table.
    let names = classes == ["0", "1"] ? ["benign", "attack"] : classes
    var text = "row,label," + names.map { "p_\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<test.rowCount {
      let label = names[Int(test.labels.codes[row])]
      let shares = (0..<names.count).map { "\(probabilities[row * names.count + $0])" }
      text += "\(row),\(label)," + shares.joined(separator: ",") + "\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
