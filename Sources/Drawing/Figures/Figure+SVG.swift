extension Figure {
  /// How a figure stands by itself in a file.
  public enum Coloring: Sendable {
    /// Light or dark, as the reader's system has it.
    case adaptive
    /// Of one theme, for a renderer that knows no media queries.
    case fixed(Design.Theme)
  }

  /// The figure for a page that includes `Stylesheet.adaptive`; the page says the title, too.
  /// - Parameter identifier: unique on the page; it links the figure to its title and account.
  public func embedded(identifier: String) -> Markup {
    svg(identifier: identifier, showsTitle: false, style: nil)
  }

  /// The figure as a file of its own, with its title and its colors.
  public func file(_ coloring: Coloring = .adaptive) -> String {
    let rules: StyleRules
    switch coloring {
    case .adaptive: rules = StyleRules([Stylesheet.adaptive])
    case .fixed(let theme):
      rules = StyleRules([Stylesheet.shapes, Stylesheet.colors(theme)])
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      + svg(identifier: "figure", showsTitle: true, style: rules).source + "\n"
  }

  private func svg(
    identifier: String, showsTitle: Bool, style: StyleRules?
  ) -> Markup {
    let layout = FigureLayout(self, showsTitle: showsTitle)
    let (width, height) = (Coordinate.text(width), Coordinate.text(layout.height))
    var children: [Markup] = [
      .element("title", ["id": "\(identifier)-title"], text: title),
      .element("desc", ["id": "\(identifier)-desc"], text: description),
    ]
    if let style {
      children.append(.style(style))
      children.append(
        .element("rect", ["class": "d-ground", "width": width, "height": height]))
    }
    return .element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "class": "d-figure", "role": "img",
        "aria-labelledby": "\(identifier)-title \(identifier)-desc",
        "viewBox": "0 0 \(width) \(height)", "width": width, "height": height,
      ], children + layout.parts)
  }
}

/// Where everything in a figure stands.
struct FigureLayout {
  private(set) var height: Double
  private(set) var parts: [Markup] = []

  init(_ figure: Figure, showsTitle: Bool) {
    height = Design.margin / 2
    if showsTitle { addTitle(figure) }
    let legend = Legend(figure.panels, top: height, width: figure.width)
    parts += legend.markup
    height += legend.height
    let widestName = figure.width * FigureLayout.widestNames(figure.panels)
    let left = FigureLayout.leftMargin(figure.panels, widestName: widestName)
    for (index, panel) in figure.panels.enumerated() {
      if !panel.y.label.isEmpty {
        height += Design.labelHeight + (index > 0 ? Design.plotGap : 0)
      } else if !panel.heading.isEmpty || !panel.note.isEmpty {
        height += Design.headingHeight
      } else if index > 0 || legend.height > 0 {
        height += Design.plotGap
      }
      let frame = Frame(
        left: left, top: height, width: figure.width - left - Design.margin - 4,
        height: panel.height, panel: panel)
      let axes = AxisDrawing(frame: frame, widestName: widestName)
      let marks = MarkDrawing(frame: frame)
      parts += axes.heading + axes.grid + panel.marks.flatMap(marks.draw)
      parts += axes.horizontal + axes.vertical
      height += panel.height + axes.heightBelow
    }
    height += Design.margin / 2
  }

  private mutating func addTitle(_ figure: Figure) {
    let lines = TextWidth.lines(
      figure.title, width: figure.width - 2 * Design.margin, size: Design.titleSize)
    for line in lines {
      height += Design.titleSize + 4
      parts.append(Words(line, at: Design.margin, height, style: "d-text d-title").markup)
    }
    height += 8
  }

  private static func widestNames(_ panels: [Panel]) -> Double {
    let isHeatMap = panels.contains { panel in
      if case .band = panel.x.scale { true } else { false }
    }
    return isHeatMap ? Design.widestNames : Design.widestBarNames
  }

  private static func leftMargin(_ panels: [Panel], widestName: Double) -> Double {
    let labels = panels.flatMap { Frame.verticalTicks(of: $0).map(\.label) }
    let widest = labels.map { min(TextWidth.of($0), widestName) }.max()
    return Design.margin + (widest.map { $0 + Design.tickGap + 2 } ?? 0)
  }
}
