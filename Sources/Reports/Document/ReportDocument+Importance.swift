import Evaluation

extension ReportDocument {
  /// Features beyond these matter little to a reader; the JSON has them all.
  private static let importanceRows = 20

  /// The features that contribute most, with the other measures beside.
  static func section(_ importances: FeatureImportances) -> [Block] {
    let shown = importances.ranked.prefix(importanceRows)
    var text =
      "On \(NumberText.counted(importances.rows, "row", "rows")). Gain: share of what the splits "
      + "improved at training. Shuffled: rise of the log loss without the feature. Then the mean "
      + "size of its contribution to the \(importances.space) of a class."
    if shown.count < importances.features.count {
      text += " The first \(shown.count) of \(importances.features.count) features."
    }
    return [
      .heading("Importance of features"), .text(text),
      .table(
        ReportTable(
          header: ["feature", "gain", "shuffled"] + importances.targets,
          rows: shown.map { feature in
            [
              feature.feature, NumberText.score(feature.gain),
              NumberText.score(feature.permutation),
            ] + feature.contributions.map { NumberText.score($0) }
          })),
    ]
  }
}
