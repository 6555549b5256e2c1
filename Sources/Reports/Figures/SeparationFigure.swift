import Drawing
import Evaluation

/// Which feature tells which class, as a heat map.
enum SeparationFigure {
  private static let mostFeatures = 20
  private static let cellHeight = 18.0

  /// One square a feature and class; none where there are not several classes to tell.
  static func figures(_ profiles: FeatureHistograms, limit: Int) -> [Figure] {
    let features = profiles.features.prefix(min(limit, mostFeatures))
    let classes = features.first?.contrasts.map(\.name) ?? []
    guard classes.count > 1 else { return [] }
    let cells = features.enumerated().flatMap { row, feature in
      feature.contrasts.enumerated().map { column, contrast in
        Mark.Cell(
          column: column, row: row, share: contrast.separation.jensenShannon,
          label: ProfileText.two(contrast.separation.jensenShannon))
      }
    }
    let best = classes.indices.map { column -> String in
      let feature = features.max {
        $0.contrasts[column].separation.jensenShannon
          < $1.contrasts[column].separation.jensenShannon
      }
      return "\(classes[column]) best by \(feature?.feature ?? "nothing")"
    }
    return [
      Figure(
        title: "Which feature tells which class",
        description: "Jensen-Shannon divergence of each class from the benign rows, or from all "
          + "others, by feature: the stronger the shade, the further apart. "
          + best.joined(separator: "; ") + ".",
        panels: [
          Panel(
            x: Axis("", .band(classes)), y: Axis("", .band(features.map(\.feature))),
            marks: [Mark(.cells(cells))], height: Double(features.count) * cellHeight)
        ])
    ]
  }
}
