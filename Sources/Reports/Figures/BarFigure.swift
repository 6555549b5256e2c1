import Drawing

/// Named values as horizontal bars, from top to bottom.
struct BarFigure {
  let title: String
  /// What the bars are as long as.
  let label: String
  let bars: [(name: String, value: Double)]
  /// A line across the bars, with a word that the axis tells: on the line it would meet a bar.
  var rule: (value: Double, word: String)?

  var figure: Figure {
    let greatest = max(bars.map(\.value).max() ?? 0, rule?.value ?? 0, 1e-12)
    let list = bars.prefix(5).map { "\($0.name) \(NumberText.score($0.value))" }
    return Figure(
      title: title,
      description: "\(label): " + list.joined(separator: ", ")
        + (bars.count > 5 ? " and \(bars.count - 5) more." : "."),
      panels: [
        Panel(
          x: Axis(
            label + (rule.map { "; \($0.word) from the dashed line" } ?? ""), .rounded(0, greatest)),
          y: Axis("", .band(bars.map(\.name))),
          marks: marks, height: Double(bars.count) * 17)
      ])
  }

  private var marks: [Mark] {
    let shapes = bars.enumerated().map { index, bar in
      Mark.Bar(Double(index) + 0.15...Double(index) + 0.85, bar.value)
    }
    return [Mark(.horizontalBars(shapes), .series(0))]
      + (rule.map { [Mark(.verticalRule($0.value, ""), .neutral)] } ?? [])
  }
}
