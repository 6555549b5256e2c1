import Drawing
import Evaluation

/// Confusion matrices as tables that shade their cells: counts, and shares of rows and of columns.
struct MatrixSection {
  /// Confusions that are told in words.
  private static let toldConfusions = 8

  let result: EvaluationResult

  /// What a cell shows.
  private enum Kind: String, CaseIterable {
    case counts = "Counts"
    case rows = "Share of the true class"
    case columns = "Share of the predicted class"

    var caption: String {
      switch self {
      case .counts: "Rows of each true class (lines) by predicted class (columns)"
      case .rows: "Percent of each true class (lines) by predicted class (columns)"
      case .columns: "Percent of each predicted class (columns) by true class (lines)"
      }
    }
  }

  var section: Page.Section {
    let confusions = Confusion.mostFrequent(of: result, limit: MatrixSection.toldConfusions)
    let words =
      confusions.isEmpty
      ? Piece.paragraph("No row was taken for another class.")
      : .group([
        Piece.paragraph("The most frequent confusions:"),
        Piece.list(confusions.map { $0.sentence + "." }),
      ])
    return Page.Section(
      identifier: "confusion", heading: "Confusion matrix",
      content: [
        words, choice,
        Piece.paragraph(
          "The stronger the shade of a cell, the more of its line (of its column, for shares of the "
            + "predicted class); framed cells are right."),
        Piece.table(
          ReportDocument.classTable(result.perClass), caption: "Scores of each class"),
      ])
  }

  /// All three tables, one of which is shown; on paper all are.
  private var choice: Markup {
    let kinds = Array(Kind.allCases.enumerated())
    let buttons = kinds.flatMap { index, kind -> [Markup] in
      let identifier = "matrix-\(index + 1)"
      let button: Markup =
        index == 0
        ? .element(
          "input",
          ["type": "radio", "name": "matrix", "id": identifier, "checked": "checked"])
        : .element("input", ["type": "radio", "name": "matrix", "id": identifier])
      return [button, .element("label", ["for": identifier], text: kind.rawValue)]
    }
    let panels = kinds.map { index, kind in
      Markup.element("div", ["class": "panel panel-\(index + 1)"], [table(kind)])
    }
    return .element(
      "div", ["class": "choice", "role": "group", "aria-label": "Numbers in the matrix"],
      buttons + panels)
  }

  private func table(_ kind: Kind) -> Markup {
    let matrix = result.confusionMatrix
    let (support, predicted) = (matrix.support, matrix.predictedCounts)
    return ShadedTable(
      caption: kind.caption, corner: "true ↓ predicted →", rows: result.classes,
      columns: result.classes
    ) { truth, code in
      let count = matrix[truth: truth, predicted: code]
      let whole = kind == .columns ? predicted[code] : support[truth]
      return ShadedTable.Cell(
        text: kind == .counts ? NumberText.count(count) : MatrixSection.percent(count, of: whole),
        share: whole > 0 ? Double(count) / Double(whole) : 0, isFramed: truth == code)
    }.markup
  }

  /// One digit after the point; nothing is called 0 or 100 that is not.
  private static func percent(_ count: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    guard count > 0 else { return "0" }
    let tenths = Int((1_000 * Double(count) / Double(whole)).rounded())
    if tenths == 0 { return "<0.1" }
    if tenths == 1_000, count < whole { return ">99.9" }
    return tenths == 1_000 ? "100" : "\(tenths / 10).\(tenths % 10)"
  }
}
