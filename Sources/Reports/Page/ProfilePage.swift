import Drawing
import Evaluation
import FeatureTables

/// Profiles as a page.
struct ProfilePage {
  let profiles: FeatureHistograms
  let title: String
  /// The most histograms that are drawn.
  let limit: Int

  var html: String {
    let best = profiles.features.first
    var lead =
      "\(NumberText.counted(profiles.rows, "row", "rows")) of "
      + "\(NumberText.counted(profiles.classes.count, "class", "classes"))."
    if profiles.classes.count < 2 {
      lead += " There is one class only, so nothing can be told from it."
    } else if let best, let separation = best.separation {
      lead +=
        " The feature that separates them best is \(best.feature) "
        + "(\(ProfileText.words(separation)))."
    }
    let drawn = min(limit, profiles.features.count)
    let document = ReportDocument(profiles)
    let tables = document.blocks.compactMap { block -> ReportTable? in
      if case .table(let table) = block { table } else { nil }
    }
    return Page(
      title: title,
      lead: [.element("p", ["class": "verdict"], text: lead)],
      sections: [
        Page.Section(
          identifier: "profiles", heading: "Profiles",
          content: [Piece.paragraph(ProfilePage.explanation)]
            + (drawn < profiles.features.count
              ? [
                Piece.paragraph(
                  "The first \(drawn) of \(profiles.features.count) features are drawn.")
              ] : []) + [ProfilePage.gallery(profiles, limit: limit)]),
        Page.Section(
          identifier: "ranking", heading: "All features",
          content: zip(
            ["Rows of each class", "Features by how far they separate the classes"], tables
          )
          .map { Piece.table($1, caption: $0) }),
      ], footer: "Made by flowmeter \(flowMeterVersion)."
    ).html
  }

  static let explanation =
    "How the rows of each class are spread over the values of a feature, on bins that all classes "
    + "share. Rows without a value (n/a), of value 0, and beyond either end of the axis (< and >) "
    + "stand beside it. JS is the Jensen-Shannon divergence (0 alike, 1 bit apart), KS the "
    + "Kolmogorov-Smirnov distance, overlap the area in common."

  /// Histograms of the first features and, of several classes, which feature tells which.
  static func gallery(_ profiles: FeatureHistograms, limit: Int) -> Markup {
    let benign = Set(profiles.classes.filter(\.isBenign).map(\.name))
    let figures = profiles.features.prefix(limit).enumerated().map { index, histogram in
      Piece.figure(
        ProfileFigure(histogram, benign: benign).figure, identifier: "profile-\(index + 1)",
        note: histogram.separation.map(ProfileText.words) ?? "")
    }
    return .group([Piece.gallery(figures), separations(profiles, limit: limit)])
  }

  private static func separations(_ profiles: FeatureHistograms, limit: Int) -> Markup {
    let features = Array(profiles.features.prefix(limit))
    let classes = features.first?.contrasts.map(\.name) ?? []
    guard classes.count > 1 else { return .empty }
    let hasBenign = profiles.classes.contains(where: \.isBenign)
    return ShadedTable(
      caption: "Which feature tells which class: Jensen-Shannon divergence (bit) from "
        + (hasBenign ? "the benign rows" : "all other rows"), corner: "feature ↓ class →",
      rows: features.map(\.feature), columns: classes
    ) { row, column in
      let divergence = features[row].contrasts[column].separation.jensenShannon
      return ShadedTable.Cell(
        text: ProfileText.two(divergence), share: divergence, isFramed: false)
    }.markup
  }
}
