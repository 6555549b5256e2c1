import Evaluation

extension ReportDocument {
  /// An evaluation with those on other data below.
  public init(_ evaluation: EvaluationWithOthers, title: String = "Evaluation") {
    self.init(evaluation.result, title: title)
    blocks += ReportDocument.section(evaluation.others, beside: evaluation.result)
  }

  /// The scores on other data beside the first; nothing without others.
  static func section(_ others: [OtherEvaluation], beside result: EvaluationResult) -> [Block] {
    guard !others.isEmpty else { return [] }
    var blocks: [Block] = [
      .heading("On other data"), .table(othersTable(others, beside: result)),
    ]
    for other in others {
      blocks.append(.text(othersText(other)))
      if !other.result.findings.isEmpty { blocks.append(.findings(other.result.findings)) }
    }
    return blocks
  }

  /// One line a score, one column an evaluation.
  static func othersTable(
    _ others: [OtherEvaluation], beside result: EvaluationResult
  ) -> ReportTable {
    let results = [result] + others.map(\.result)
    return ReportTable(
      header: ["metric", "here"] + others.map(\.data),
      rows: [["rows"] + results.map { NumberText.count($0.rows) }]
        + Metric.allCases.map { metric in
          [metric.title] + results.map { NumberText.score($0.value(of: metric)) }
        })
  }

  /// What else a reader must know of an evaluation on other data.
  static func othersText(_ other: OtherEvaluation) -> String {
    let columns =
      other.surplusColumns.isEmpty
      ? "all its columns are the model's"
      : "passed over \(NumberText.counted(other.surplusColumns.count, "column", "columns")) that "
        + "the model does not take: \(other.surplusColumns.prefix(8).joined(separator: ", "))"
        + (other.surplusColumns.count > 8 ? " and others" : "")
    return "\(other.data): \(columns)."
      + (other.result.findings.isEmpty ? " Nothing was found that makes its scores doubtful." : "")
  }
}
