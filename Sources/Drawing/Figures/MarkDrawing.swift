/// Draws the marks of a plot.
struct MarkDrawing {
  let frame: Frame

  func draw(_ mark: Mark) -> [Markup] {
    switch mark.shape {
    case .line(let points): [path(line(points), "d-path \(mark.ink.line)", mark.ink.dash)]
    case .steps(let edges, let heights):
      [path(outline(edges, heights), "d-outline \(mark.ink.line)", mark.ink.dash)]
    case .area(let edges, let heights):
      [path(filled(edges, heights), "d-area \(mark.ink.fill)")]
    case .bars(let bars):
      [path(bars.map(rectangle).joined(), "d-bar \(mark.ink.fill)")]
    case .horizontalBars(let bars):
      [path(bars.map(lying).joined(), "d-bar \(mark.ink.fill)")]
    case .points(let points): points.map { dot($0, mark.ink) }
    case .verticalRule(let value, let word): vertical(value, word, mark.ink)
    case .horizontalRule(let value, let word): horizontal(value, word, mark.ink)
    case .cells(let cells): cells.flatMap(draw)
    case .text(let point, let word): [beside(point, word)]
    }
  }

  private func path(_ path: String, _ style: String, _ dash: String = "") -> Markup {
    guard !path.isEmpty else { return .empty }
    return dash.isEmpty
      ? .element("path", ["class": style, "d": path])
      : .element("path", ["class": style, "stroke-dasharray": dash, "d": path])
  }

  private func place(_ x: Double, _ y: Double) -> String {
    "\(Coordinate.text(frame.x(x))) \(Coordinate.text(frame.y(y)))"
  }

  private func line(_ points: [Point]) -> String {
    guard !points.isEmpty else { return "" }
    return "M" + points.map { place($0.x, $0.y) }.joined(separator: "L")
  }

  // MARK: Histograms

  private var floor: Double { frame.panel.y.scale.domain.lowerBound }

  private func outline(_ edges: [Double], _ heights: [Double]) -> String {
    guard edges.count == heights.count + 1, !heights.isEmpty else { return "" }
    var path = "M\(place(edges[0], floor))"
    var last = floor
    for (index, height) in heights.enumerated() {
      // Stretches of equal height need no corner.
      if height != last { path += "L\(place(edges[index], last))L\(place(edges[index], height))" }
      last = height
    }
    guard let end = edges.last else { return "" }
    return path + "L\(place(end, last))L\(place(end, floor))"
  }

  private func filled(_ edges: [Double], _ heights: [Double]) -> String {
    let path = outline(edges, heights)
    return path.isEmpty ? "" : path + "Z"
  }

  private func rectangle(_ bar: Mark.Bar) -> String {
    guard bar.height > floor else { return "" }
    let (left, right) = (frame.x(bar.range.lowerBound), frame.x(bar.range.upperBound))
    let top = frame.y(bar.height)
    return "M\(Coordinate.text(left)) \(Coordinate.text(frame.bottom))V\(Coordinate.text(top))"
      + "H\(Coordinate.text(right))V\(Coordinate.text(frame.bottom))Z"
  }

  private func lying(_ bar: Mark.Bar) -> String {
    let (one, other) = (frame.y(bar.range.lowerBound), frame.y(bar.range.upperBound))
    let right = frame.x(bar.height)
    guard right > frame.left else { return "" }
    return "M\(Coordinate.text(frame.left)) \(Coordinate.text(one))H\(Coordinate.text(right))"
      + "V\(Coordinate.text(other))H\(Coordinate.text(frame.left))Z"
  }

  // MARK: Points, rules, words

  private func dot(_ point: Point, _ ink: Ink) -> Markup {
    .element(
      "circle",
      [
        "class": "d-point \(ink.fill) d-edge", "cx": Coordinate.text(frame.x(point.x)),
        "cy": Coordinate.text(frame.y(point.y)), "r": Coordinate.text(Design.pointRadius),
      ])
  }

  private func beside(_ point: Point, _ word: String) -> Markup {
    let x = frame.x(point.x)
    let gap = Design.pointRadius + Design.tickGap
    let isRight = x + gap + TextWidth.of(word) <= frame.right
    let below = frame.y(point.y) + 16
    // Below the point, as curves of merit run above it; above where there is no room.
    let y = below < frame.bottom - 2 ? below : frame.y(point.y) - 8
    return Words(
      word, at: isRight ? x + gap : x - gap, y, anchor: isRight ? "start" : "end", style: "d-text"
    ).markup
  }

  private func vertical(_ value: Double, _ word: String, _ ink: Ink) -> [Markup] {
    let x = frame.x(value)
    let isRight = x + Design.tickGap + TextWidth.of(word) <= frame.right
    let line =
      "M\(Coordinate.text(x)) \(Coordinate.text(frame.top))V\(Coordinate.text(frame.bottom))"
    return [
      path(line, "d-rule \(ink.line)"),
      Words(
        word, at: isRight ? x + Design.tickGap : x - Design.tickGap, frame.top + Design.fontSize,
        anchor: isRight ? "start" : "end", style: "d-text"
      ).markup,
    ]
  }

  private func horizontal(_ value: Double, _ word: String, _ ink: Ink) -> [Markup] {
    let y = frame.y(value)
    let line =
      "M\(Coordinate.text(frame.left)) \(Coordinate.text(y))H\(Coordinate.text(frame.right))"
    return [
      path(line, "d-rule \(ink.line)"),
      Words(word, at: frame.right, y - Design.tickGap, anchor: "end", style: "d-text").markup,
    ]
  }

  private func draw(_ cell: Mark.Cell) -> [Markup] {
    let (left, right) = (frame.x(Double(cell.column)), frame.x(Double(cell.column + 1)))
    let (top, bottom) = (frame.y(Double(cell.row)), frame.y(Double(cell.row + 1)))
    let shade = Design.shade(of: cell.share)
    let square = Markup.element(
      "rect",
      [
        "class": "d-shade-\(shade)", "x": Coordinate.text(left + 0.5),
        "y": Coordinate.text(top + 0.5), "width": Coordinate.text(max(right - left - 1, 0.5)),
        "height": Coordinate.text(max(bottom - top - 1, 0.5)),
      ])
    guard !cell.label.isEmpty, TextWidth.of(cell.label) <= right - left - 2 else { return [square] }
    return [
      square,
      Words(
        cell.label, at: (left + right) / 2, (top + bottom) / 2 + 4, anchor: "middle",
        style: "d-on-\(shade)"
      ).markup,
    ]
  }
}

extension Ink {
  var line: String { "d-line-\(suffix)" }
  var fill: String { "d-fill-\(suffix)" }

  private var suffix: String {
    switch self {
    case .series(let index): "\(index % Design.seriesColors(.light).count)"
    case .neutral: "neutral"
    case .accent: "accent"
    }
  }

  /// Lines of one color differ by their dashes.
  var dash: String {
    guard case .series(let index) = self else { return "" }
    return Design.dashes[index / Design.seriesColors(.light).count % Design.dashes.count]
  }
}
