import Drawing
import Evaluation

/// The parts of a page that say how far scores can be trusted for the number of rows, whether what
/// was asked for holds, and what a day would bring.
enum IntervalSections {
  /// Below the tables of scores; empty where intervals were not measured.
  static func notes(_ result: EvaluationResult) -> [Markup] {
    result.intervals.map { ReportDocument.intervalText($0).map(Piece.paragraph) } ?? []
  }

  /// Nil where nothing was asked for.
  static func requirements(_ result: EvaluationResult) -> Page.Section? {
    guard !result.requirements.isEmpty else { return nil }
    return Page.Section(
      identifier: "requirements", heading: "Requirements",
      content: [
        Piece.list(result.requirements.map { "\($0.description)." }),
        Piece.table(
          ReportDocument.table(result.requirements), caption: "What was asked for"),
      ])
  }

  /// Nil where no volume of traffic was stated.
  static func dailyAlerts(_ result: EvaluationResult) -> Page.Section? {
    result.dailyAlerts.map { alerts in
      Page.Section(
        identifier: "daily-alerts", heading: "Alerts per day",
        content: [
          Piece.paragraph(ReportDocument.text(alerts)),
          Piece.table(ReportDocument.table(alerts), caption: "What a day would bring"),
        ])
    }
  }
}
