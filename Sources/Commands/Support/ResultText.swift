import Evaluation
import Reports

extension EvaluationResult {
  /// For a terminal.
  var text: String { TerminalRenderer().render(ReportDocument(self)) }
}

extension EvaluationWithOthers {
  /// For a terminal.
  var text: String { TerminalRenderer().render(ReportDocument(self)) }
}

extension CrossValidationResult {
  /// For a terminal.
  var text: String { TerminalRenderer().render(ReportDocument(self)) }
}
