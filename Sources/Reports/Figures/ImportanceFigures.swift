import Drawing
import Evaluation

/// What features matter, as bars.
enum ImportanceFigures {
  private static let shown = 15

  /// One figure a measure that was taken.
  static func figures(_ importances: FeatureImportances) -> [Figure] {
    let contribution = "mean contribution (\(importances.space)), all classes"
    let measures: [(String, String, (FeatureImportance) -> Double?)] = [
      (
        "Features by contribution", contribution,
        { $0.contributions.isEmpty ? nil : $0.contributions.reduce(0, +) }
      ),
      ("Features by shuffling", "rise of the log loss when shuffled (nats)", { $0.permutation }),
      ("Features by gain", "share of what the splits improved at training", { $0.gain }),
    ]
    return measures.compactMap { title, label, value in
      let bars = importances.features.compactMap { feature in
        value(feature).map { (name: feature.feature, value: $0) }
      }.enumerated().sorted {
        $0.element.value == $1.element.value
          ? $0.offset < $1.offset : $0.element.value > $1.element.value
      }.prefix(shown).map(\.element)
      return bars.isEmpty ? nil : BarFigure(title: title, label: label, bars: bars).figure
    }
  }
}
