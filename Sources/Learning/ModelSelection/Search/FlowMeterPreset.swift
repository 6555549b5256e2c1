import FeatureTables

/// The grid search that FlowMeter's notebooks use for logistic regression on two classes:
/// 120 trials of 10 folds, judged by the area under the ROC curve.
public struct FlowMeterPreset: Sendable, Equatable {
  /// The name after `--preset`.
  public static let name = "flowmeter"
  /// The folds of the cross-validation that judges a trial.
  public static let foldCount = 10
  /// The name of the metric, as in the metrics of an evaluation.
  public static let metric = "roc_auc"

  /// The grid: 6 class weights by 2 penalties by 5 values of `c` by intercept or none.
  public let space: HyperparameterSpace

  /// - Parameters:
  ///   - labels: of the training rows, folded into one benign and one malicious class; the share
  ///     p of malicious rows among the labeled ones makes the last class weight,
  ///     100 p : 100 (1 - p).
  /// - Throws: `DataError` of kind `usage` where the labels are not two classes, one of them
  ///   benign.
  public init(labels: Labels) throws(DataError) {
    guard labels.classes.count == 2, labels.benign.count == 1,
      let benign = labels.classes.first(where: labels.benign.contains),
      let malicious = labels.classes.first(where: { $0 != benign })
    else {
      throw DataError(
        .usage, file: "--preset \(FlowMeterPreset.name)",
        problem: "is for two classes, one benign and one malicious; "
          + "the data has \(labels.classes.count) classes",
        remedy: "add --binary")
    }
    let maliciousCode = Int32(labels.classes[0] == malicious ? 0 : 1)
    let labeled = labels.codes.count { $0 >= 0 }
    let share =
      Double(labels.codes.count { $0 == maliciousCode }) / Double(max(labeled, 1))
    let ratios = [
      (0.10, 99.90), (0.25, 99.75), (0.5, 99.5), (0.75, 99.25), (1, 99),
      (100 * share, 100 * (1 - share)),
    ]
    space = HyperparameterSpace(
      checked: .logisticRegression,
      [
        .init(
          "class_weight",
          .list(ratios.map { .classWeight(.named([benign: $0.0, malicious: $0.1])) })),
        .init("penalty", .list([.word("l1"), .word("l2")])),
        .init("c", .list([0.1, 0.3, 0.5, 0.7, 0.9].map { .real($0) })),
        .init("intercept", .list([.flag(true), .flag(false)])),
      ])
  }
}
