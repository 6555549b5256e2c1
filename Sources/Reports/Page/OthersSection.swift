import Drawing
import Evaluation

/// What a model is worth on other data, beside the first.
struct OthersSection {
  let result: EvaluationResult
  let others: [OtherEvaluation]

  /// Nil without others.
  var section: Page.Section? {
    guard !others.isEmpty else { return nil }
    return Page.Section(
      identifier: "others", heading: "On other data",
      content: [
        Piece.table(
          ReportDocument.othersTable(others, beside: result), caption: "The same model elsewhere")
      ]
        + others.flatMap { other in
          [Piece.paragraph(ReportDocument.othersText(other))]
            + other.result.findings.map(Piece.finding)
        })
  }
}
