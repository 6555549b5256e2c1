import Evaluation

extension ReportDocument {
  /// The metrics that are shown fold by fold; the others stand in the summary and in the JSON.
  private static let metricsByFold: [Metric] = [
    .macroF1, .balancedAccuracy, .rocAUC, .logLoss, .recall, .falsePositiveRate,
  ]

  /// A cross-validation: the verdict, each score over the folds, each fold and the findings.
  public init(_ result: CrossValidationResult, title: String = "Cross-validation") {
    self.init(
      title: title,
      blocks: [
        .text(ReportDocument.summary(of: result)),
        .heading("Scores over the folds"),
        .table(ReportDocument.table(result.summaries)),
        .heading("Scores by fold"), .table(ReportDocument.table(result.folds)),
      ] + ReportDocument.section(result.findings))
  }

  private static func summary(of result: CrossValidationResult) -> String {
    let head =
      "\(result.learner), \(NumberText.counted(result.folds.count, "fold", "folds")), split "
      + "\(result.split.name)"
    guard let score = result.summary(of: .macroF1) else { return "\(head): nothing to judge." }
    var text = "\(head): macro F1 \(NumberText.score(score.mean))"
    if let low = score.low, let high = score.high {
      text += " (95 % interval \(NumberText.score(low)) to \(NumberText.score(high)))"
    }
    return "\(text).\(caution(result.findings))"
  }

  private static func table(_ summaries: [MetricSummary]) -> ReportTable {
    ReportTable(
      header: ["metric", "mean", "deviation", "95 % from", "to", "folds"],
      rows: summaries.map { summary in
        [
          summary.metric.title, NumberText.score(summary.mean),
          NumberText.score(summary.standardDeviation), NumberText.score(summary.low),
          NumberText.score(summary.high), NumberText.count(summary.scores.count { $0 != nil }),
        ]
      })
  }

  private static func table(_ folds: [CrossValidationResult.Fold]) -> ReportTable {
    let isRepeated = folds.contains { $0.repetition > 0 }
    return ReportTable(
      header: ["fold", "training rows", "test rows"] + metricsByFold.map(\.title),
      rows: folds.map { fold in
        let name = "\(fold.fold + 1)"
        return [
          isRepeated ? "\(fold.repetition + 1).\(name)" : name,
          NumberText.count(fold.trainingRows), NumberText.count(fold.evaluation.rows),
        ] + metricsByFold.map { NumberText.score(fold.evaluation.value(of: $0)) }
      })
  }
}
