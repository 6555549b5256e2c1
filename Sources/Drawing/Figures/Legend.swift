/// The names of the marks of a figure, in rows that fit its width.
struct Legend {
  private struct Entry {
    let mark: Mark
    let name: String
    let left: Double
    let row: Int
  }

  private let entries: [Entry]
  private let top: Double
  private let rowCount: Int

  init(_ panels: [Panel], top: Double, width: Double) {
    var seen: Set<String> = []
    var entries: [Entry] = []
    var (left, row) = (Design.margin, 0)
    for mark in panels.flatMap(\.marks) {
      guard let full = mark.name, seen.insert(full).inserted else { continue }
      let name = TextWidth.shortened(
        full, to: width - 2 * Design.margin - Design.legendSwatch - Design.tickGap)
      let size = Design.legendSwatch + Design.tickGap + TextWidth.of(name)
      if left > Design.margin, left + size > width - Design.margin {
        (left, row) = (Design.margin, row + 1)
      }
      entries.append(Entry(mark: mark, name: name, left: left, row: row))
      left += size + Design.legendGap
    }
    self.entries = entries
    self.top = top
    rowCount = entries.isEmpty ? 0 : row + 1
  }

  var height: Double { Double(rowCount) * Design.lineHeight + (rowCount > 0 ? 4 : 0) }

  var markup: [Markup] {
    entries.flatMap { entry in
      let middle = top + Double(entry.row) * Design.lineHeight + Design.lineHeight / 2
      let text = Words(
        entry.name, at: entry.left + Design.legendSwatch + Design.tickGap, middle + 4,
        style: "d-text")
      return [swatch(entry, middle), text.markup]
    }
  }

  private func swatch(_ entry: Entry, _ middle: Double) -> Markup {
    let (left, right) = (entry.left, entry.left + Design.legendSwatch)
    func text(_ value: Double) -> String { Coordinate.text(value) }
    switch entry.mark.shape {
    case .line, .verticalRule, .horizontalRule:
      let path = "M\(text(left)) \(text(middle))H\(text(right))"
      let dash = entry.mark.ink.dash
      return dash.isEmpty
        ? .element("path", ["class": "d-path \(entry.mark.ink.line)", "d": path])
        : .element(
          "path",
          ["class": "d-path \(entry.mark.ink.line)", "stroke-dasharray": dash, "d": path])
    case .points:
      return .element(
        "circle",
        [
          "class": "d-point \(entry.mark.ink.fill) d-edge", "cx": text((left + right) / 2),
          "cy": text(middle), "r": text(Design.pointRadius),
        ])
    default:
      return .element(
        "rect",
        [
          "class": "d-bar \(entry.mark.ink.fill)", "x": text(left + 2), "y": text(middle - 5),
          "width": text(Design.legendSwatch - 4), "height": "10",
        ])
    }
  }
}
