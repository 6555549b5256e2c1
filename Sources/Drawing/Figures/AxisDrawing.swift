/// Draws the axes of a plot, the lines behind it, its heading and its labels.
struct AxisDrawing {
  let frame: Frame
  /// Names of a band are cut to this width.
  let widestName: Double

  private var panel: Panel { frame.panel }

  var heading: [Markup] {
    var parts: [Markup] = []
    let line = frame.top - (panel.y.label.isEmpty ? 6 : 12)
    let heading = panel.heading.isEmpty ? panel.y.label : panel.heading
    let isHeading = !panel.heading.isEmpty
    var room = frame.right - Design.margin
    if !panel.note.isEmpty {
      parts.append(Words(panel.note, at: frame.right, line, anchor: "end").markup)
      room -= TextWidth.of(panel.note) + Design.labelDistance
    }
    if !heading.isEmpty {
      let text = TextWidth.shortened(heading, to: room)
      let style = isHeading ? "d-text d-heading" : "d-quiet"
      parts.append(Words(text, at: Design.margin, line, style: style).markup)
    }
    return parts
  }

  var grid: [Markup] {
    if case .band = panel.y.scale { return [] }
    return Frame.verticalTicks(of: panel).map { tick in
      rule(frame.left, frame.y(tick.value), frame.right, frame.y(tick.value), "d-grid")
    }
  }

  var vertical: [Markup] {
    Frame.verticalTicks(of: panel).map { tick in
      Words(
        TextWidth.shortenedInside(tick.label, to: widestName),
        at: frame.left - Design.tickGap - 2,
        frame.y(tick.value) + 4, anchor: "end"
      ).markup
    }
  }

  /// The axis below the plot, without ticks where another plot below has them.
  var horizontal: [Markup] {
    var parts: [Markup] = []
    if !isHeatMap {
      parts.append(rule(frame.left, frame.bottom, frame.right, frame.bottom, "d-axis"))
    }
    guard panel.x.isShown else { return parts }
    let isUpright = frame.hasUprightNames
    var free = -Double.infinity
    for tick in frame.horizontalTicks {
      let x = frame.x(tick.value)
      if isUpright {
        parts.append(upright(tick.label, at: x))
        continue
      }
      if !isHeatMap {
        parts.append(rule(x, frame.bottom, x, frame.bottom + Design.tickLength, "d-axis"))
      }
      let half = TextWidth.of(tick.label) / 2
      // At the edge of the figure a label moves inwards.
      let middle = max(half, min(x, frame.right + Design.margin - half))
      guard middle - half >= free else { continue }
      free = middle + half + Design.labelDistance
      parts.append(
        Words(
          tick.label, at: middle, frame.bottom + Design.tickLength + Design.fontSize,
          anchor: "middle"
        ).markup)
    }
    if !panel.x.label.isEmpty {
      parts.append(
        Words(
          TextWidth.shortened(panel.x.label, to: frame.right - Design.margin), at: frame.right,
          frame.bottom + heightOfLabels + Design.lineHeight - 2, anchor: "end"
        ).markup)
    }
    return parts
  }

  /// What the axis below the plot takes.
  var heightBelow: Double {
    guard panel.x.isShown else { return 0 }
    return heightOfLabels + (panel.x.label.isEmpty ? 4 : Design.lineHeight + 2)
  }

  private var heightOfLabels: Double {
    guard frame.hasUprightNames else { return Design.tickLength + Design.lineHeight }
    let names = frame.horizontalTicks.map { TextWidth.shortened($0.label, to: widestUprightName) }
    return Design.tickGap + (names.map { TextWidth.of($0) }.max() ?? 0)
  }

  private var widestUprightName: Double { min(widestName, Design.tallestNames) }

  private var isHeatMap: Bool {
    if case .band = panel.x.scale, case .band = panel.y.scale { return true }
    return false
  }

  private func upright(_ name: String, at x: Double) -> Markup {
    let (x, y) = (Coordinate.text(x + 4), Coordinate.text(frame.bottom + Design.tickGap))
    return .element(
      "text",
      [
        "class": "d-quiet", "x": x, "y": y, "text-anchor": "end",
        "transform": "rotate(-90 \(x) \(y))",
      ], text: TextWidth.shortened(name, to: widestUprightName))
  }

  private func rule(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) -> Markup {
    .element(
      "path",
      [
        "class": style,
        "d": "M\(Coordinate.text(x1)) \(Coordinate.text(y1))L\(Coordinate.text(x2)) "
          + Coordinate.text(y2),
      ])
  }
}

/// Text at a place.
struct Words {
  let markup: Markup

  init(
    _ text: String, at x: Double, _ y: Double, anchor: String = "start", style: String = "d-quiet"
  ) {
    markup = .element(
      "text",
      [
        "class": style, "x": Coordinate.text(x), "y": Coordinate.text(y), "text-anchor": anchor,
      ], text: text)
  }
}
