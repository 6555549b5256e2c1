import Evaluation
import FeatureTables
import Foundation
import Learning

/// FlowMeter's grid of logistic regressions on the training rows of a table of the comparison, as
/// `flowmeter tune --preset flowmeter` searches it; time begins at the matrix in memory.
struct GridSearch {
  let table: PeerTable
  let parallel: Parallel
  /// Where the table of trials goes, if anywhere.
  let trials: String?

  /// Prints one JSON line: seconds, trials, and the best mean area under the ROC curve.
  func run() throws {
    var training = try table.rows(in: "train")
    let classes = training.labels.classes
    training.labels = Labels(
      classes: classes, codes: training.labels.codes, benign: [classes[0]])
    let (labels, attack) = (training.labels, 1)
    let combinations = try FlowMeterPreset(labels: training.labels).space.grid()
    let split = try Split.folds(
      training, method: .stratified, count: FlowMeterPreset.foldCount, parallel: parallel)
    let (start, processorStart) = (ContinuousClock.now, processorSeconds)
    let result = try searchLogisticRegression(
      combinations, training: Training(HyperparameterSettings(.logisticRegression)),
      objective: SearchObjective(name: FlowMeterPreset.metric, higherIsBetter: true),
      table: training, split: split, parallel: parallel
    ) { fold, prediction in
      var (attacks, others): ([Double], [Double]) = ([], [])
      for (position, row) in fold.test.enumerated() {
        let score = prediction.probabilities[position * classes.count + attack]
        if Int(labels.codes[row]) == attack {
          attacks.append(score)
        } else {
          others.append(score)
        }
      }
      return ScoreSweep(positives: attacks, negatives: others).rocAUC
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let best = result.best?.hyperparameters.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    print(
      "{\"search_s\": \(seconds), \"cpu_s\": \(processorSeconds - processorStart), "
        + "\"trials\": \(result.trials.count), \"folds\": \(split.folds.count), "
        + "\"best_roc_auc\": \(result.best?.meanScore ?? .nan), \"best\": \"\(best ?? "")\"}")
    if let trials { try result.writeCSV(to: trials) }
  }
}
