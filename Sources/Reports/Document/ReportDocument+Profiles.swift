import Evaluation

extension ReportDocument {
  /// Profiles: the features from the one that separates the classes best to the one that does
  /// least, with every measure, and which class each tells best.
  public init(_ profiles: FeatureHistograms, title: String = "Profiles") {
    self.init(
      title: title,
      blocks: [
        .text(
          "\(NumberText.counted(profiles.rows, "row", "rows")) of "
            + "\(NumberText.counted(profiles.classes.count, "class", "classes"))."),
        .heading("Classes"),
        .table(
          ReportTable(
            header: ["class", "rows"],
            rows: profiles.classes.map { [$0.name, NumberText.count($0.rows)] })),
        .heading("Features"), .table(ReportDocument.table(profiles.features)),
      ])
  }

  static func table(_ features: [FeatureHistogram]) -> ReportTable {
    ReportTable(
      header: ["feature", "JS (bit)", "KS", "overlap", "tells best"],
      rows: features.map { feature in
        let best = feature.contrasts.max {
          $0.separation.jensenShannon < $1.separation.jensenShannon
        }
        return [
          feature.feature, NumberText.score(feature.separation?.jensenShannon),
          NumberText.score(feature.separation?.kolmogorovSmirnov),
          NumberText.score(feature.separation?.overlap), best?.name ?? "",
        ]
      })
  }
}
