import FeatureTables
import Foundation
import Models

/// How many rows the classes have among those that a model was trained on and those that judge it.
public struct ClassMix: Sendable, Equatable {
  /// Training rows by class.
  let trained: [String: Int]
  /// Rows that judge, by class; classes without rows are not in it.
  let tested: [String: Int]

  init(trained: some Sequence<(String, Int)>, labels: Labels) {
    self.trained = Dictionary(Array(trained), uniquingKeysWith: +)
    tested = Dictionary(zip(labels.classes, labels.classCounts), uniquingKeysWith: +)
      .filter { $0.value > 0 }
  }

  /// What the classes of a model's training rows and of other rows are.
  public init(of model: Model, labels: Labels) {
    self.init(trained: zip(model.classes, model.training.classCounts), labels: labels)
  }

  /// What a training row of each class weighs where the classes have the shares of the rows that
  /// judge and the weights add up to the number of training rows; nil where there are rows of a
  /// class without training rows, or no rows.
  func weights(of classes: [String]) -> [Double]? {
    let (all, total) = (trained.values.reduce(0, +), tested.values.reduce(0, +))
    guard total > 0, tested.keys.allSatisfy({ trained[$0, default: 0] > 0 }) else { return nil }
    return classes.map { name in
      guard let rows = trained[name], rows > 0 else { return 0 }
      let share = Double(tested[name, default: 0]) / Double(total)
      return share * Double(all) / Double(rows)
    }
  }

  /// Classes of one side only, as `Honesty` names them where it has the training rows.
  public var classFindings: [Finding] {
    SplitFindings.classes(
      untrained: tested.keys.filter { trained[$0, default: 0] == 0 }.sorted(),
      untested: trained.filter { $0.value > 0 && tested[$0.key] == nil }.keys.sorted())
  }

  /// What the balance of the sides does to the scores, where it is far from that of training.
  ///
  /// The precision at the balance of training follows from recall and false positive rate, which do
  /// not depend on it: π r / (π r + (1 - π) f) for a share π of malicious rows.
  public func balanceFindings(_ result: EvaluationResult, benign: Set<String>) -> [Finding] {
    guard let before = maliciousShare(trained, benign), let now = maliciousShare(tested, benign),
      let recall = result.recall, let rate = result.falsePositiveRate,
      let precision = result.precision, oddsRatio(before, now) >= 3
    else { return [] }
    let expected = before * recall + (1 - before) * rate
    let atTraining = expected > 0 ? before * recall / expected : 0
    return [
      Finding(
        .classBalance, .info,
        "\(percent(now)) of these rows are malicious and \(percent(before)) of the training rows "
          + "were; precision, F1 and accuracy follow that share. At the share of training the "
          + "precision would be \(percent(atTraining)) instead of \(percent(precision)).",
        evidence: [
          "malicious_share": .number(now), "malicious_share_at_training": .number(before),
          "precision": .number(precision), "precision_at_training_share": .number(atTraining),
        ])
    ]
  }

  private func maliciousShare(_ counts: [String: Int], _ benign: Set<String>) -> Double? {
    let total = counts.values.reduce(0, +)
    let malicious = counts.filter { !benign.contains($0.key) }.values.reduce(0, +)
    // One side alone has no balance.
    guard malicious > 0, malicious < total else { return nil }
    return Double(malicious) / Double(total)
  }

  /// By what factor the odds differ, at least 1.
  private func oddsRatio(_ first: Double, _ second: Double) -> Double {
    let ratio = first / (1 - first) / (second / (1 - second))
    return max(ratio, 1 / ratio)
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
