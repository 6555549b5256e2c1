import Evaluation

extension ReportDocument {
  /// Features beyond these have moved little; the JSON has them all.
  private static let driftRows = 10

  /// How far the features have moved from the training rows.
  static func section(_ drift: Drift) -> [Block] {
    var blocks: [Block] = [.heading("Drift"), .text(driftText(drift))]
    let shown = drift.ranked.prefix(driftRows).filter { $0.stabilityIndex >= 0.1 }
    if !shown.isEmpty { blocks.append(.table(driftTable(Array(shown)))) }
    return blocks
  }

  /// In words: how many features have moved, and how that is measured.
  static func driftText(_ drift: Drift) -> String {
    let count = drift.features.count(where: \.isDrifted)
    let within = drift.features.count(where: \.isDriftedWithinClasses)
    let rows =
      "\(NumberText.counted(drift.rows, "row", "rows")) against "
      + "\(NumberText.counted(drift.trainingRows, "training row", "training rows"))"
    guard count > 0 else {
      return "No feature has moved far from training (\(rows); population stability index below "
        + "\(FeatureDrift.largeIndex) or within chance)."
    }
    return "\(count) of \(NumberText.counted(drift.features.count, "feature", "features")) moved "
      + "far from training, \(within) of them within the classes, too (\(rows)). PSI is the "
      + "population stability index: from \(FeatureDrift.largeIndex) on a change is large. At "
      + "same classes: against training rows weighted to the classes here. KS is the "
      + "Kolmogorov-Smirnov distance on the bins of the training profile."
  }

  /// One line a feature.
  static func driftTable(_ features: [FeatureDrift]) -> ReportTable {
    ReportTable(
      header: [
        "feature", "PSI", "at same classes", "by chance", "KS", "missing", "at training",
      ],
      rows: features.map { feature in
        [
          feature.feature, NumberText.score(feature.stabilityIndex),
          NumberText.score(feature.stabilityIndexAtSameClasses),
          NumberText.score(feature.chanceIndex), NumberText.score(feature.kolmogorovSmirnov),
          NumberText.percent(feature.missing), NumberText.percent(feature.missingAtTraining),
        ]
      })
  }
}
