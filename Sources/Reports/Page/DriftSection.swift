import Drawing
import Evaluation

/// How far the features have moved from the training rows.
struct DriftSection {
  private static let shown = 20

  let drift: Drift

  var section: Page.Section {
    let moved = drift.ranked.filter { $0.stabilityIndex >= 0.1 }.prefix(DriftSection.shown)
    return Page.Section(
      identifier: "drift", heading: "Drift from the training rows",
      content: [Piece.paragraph(ReportDocument.driftText(drift))]
        + (moved.isEmpty
          ? []
          : [
            Piece.gallery([Piece.figure(figure(Array(moved)), identifier: "drift-1")]),
            Piece.table(
              ReportDocument.driftTable(Array(moved)), caption: "Features that moved furthest"),
          ]))
  }

  private func figure(_ features: [FeatureDrift]) -> Figure {
    let bars = features.map { (name: $0.feature, value: $0.stabilityIndex) }
    return BarFigure(
      title: "Features by drift", label: "population stability index", bars: bars,
      rule: (FeatureDrift.largeIndex, "large")
    ).figure
  }
}
