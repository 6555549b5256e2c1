import Drawing
import Evaluation

/// Whether probabilities are what they say, and where they lie.
enum ProbabilityFigures {
  /// Observed against predicted shares, with the rows behind each below.
  static func reliability(_ curves: ClassCurves, of what: String) -> [Figure] {
    let bins = curves.reliability
    guard !bins.isEmpty else { return [] }
    let error = NumberText.score(bins.calibrationError)
    let rows = Double(max(bins.reduce(0) { $0 + $1.rows }, 1))
    let points = bins.map { Point($0.predicted, $0.observed) }
    let bars = bins.map { bin in
      let part = min((bin.predicted * 10).rounded(.down), 9) / 10
      return Mark.Bar((part + 0.005)...(part + 0.095), Double(bin.rows) / rows)
    }
    return [
      Figure(
        title: "Reliability of \(what), error \(error)",
        description: "Share of rows that are of the class, in ten parts of the predicted "
          + "probability. Mean distance \(error). "
          + bins.map {
            "Predicted \(NumberText.percent($0.predicted)), observed "
              + "\(NumberText.percent($0.observed)) of \(NumberText.counted($0.rows, "row", "rows"))"
          }.joined(separator: "; ") + ".",
        panels: [
          Panel(
            x: Axis("", .linear(0...1), as: .percent, isShown: false),
            y: RateFigures.share("observed share"),
            marks: [
              Mark(.line([Point(0, 0), Point(1, 1)]), .neutral, name: "as predicted"),
              RateFigures.line(points, 1, "observed"), Mark(.points(points), .series(1)),
            ], height: 150),
          Panel(
            x: RateFigures.share("predicted probability"),
            y: Axis("share of the rows", .linear(0...1), as: .percent),
            marks: [Mark(.bars(bars), .neutral)], height: 45),
        ])
    ]
  }

  /// Malicious scores of each class.
  static func scores(_ alarms: AlarmCurves) -> [Figure] {
    guard !alarms.histograms.isEmpty else { return [] }
    let edges = (0...(alarms.histograms[0].counts.count)).map {
      Double($0) / Double(alarms.histograms[0].counts.count)
    }
    let panels = alarms.histograms.enumerated().map { index, one in
      let rows = Double(max(one.counts.reduce(0, +), 1))
      let heights = one.counts.map { Double($0) / rows }
      let peak = max(heights.max() ?? 0, 1e-9)
      let ink = Ink.series(one.isBenign ? 0 : 1)
      let rule = alarms.operatingPoint.threshold.map {
        [Mark(.verticalRule($0, ""), .accent, name: "alarm from here on")]
      }
      return Panel(
        heading: one.name,
        note: "peak \(ProfileText.percent(one.counts.max() ?? 0, of: Int(rows)))",
        x: Axis(
          "malicious score", .linear(0...1), isShown: index == alarms.histograms.count - 1),
        y: Axis("", .linear(0...peak), isShown: false),
        marks: [
          Mark(.area(edges: edges, heights: heights), ink),
          Mark(.steps(edges: edges, heights: heights), ink),
        ] + (rule ?? []), height: Design.stripHeight)
    }
    return [
      Figure(
        title: "Malicious scores by class",
        description: "Histogram of the malicious score of each class, each as high as its own "
          + "peak. "
          + alarms.histograms.map { one in
            let rows = one.counts.reduce(0, +)
            let upper = one.counts[(one.counts.count / 2)...].reduce(0, +)
            return "\(one.name): \(ProfileText.percent(upper, of: rows)) of "
              + "\(NumberText.counted(rows, "row", "rows")) score 0.5 or more"
          }.joined(separator: "; ") + ".",
        panels: panels)
    ]
  }
}
