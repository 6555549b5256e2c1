import Drawing

/// A table whose cells are shaded by what they hold: a heat map that can be read out.
struct ShadedTable {
  /// One cell.
  struct Cell {
    let text: String
    /// From 0, nothing, to 1, everything: its shade.
    let share: Double
    /// Whether it is framed.
    let isFramed: Bool
  }

  /// Names that are longer in all stand upright above their columns.
  private static let mostLevelLetters = 50

  let caption: String
  /// Above the names of the rows: what rows and columns are.
  let corner: String
  let rows: [String]
  let columns: [String]
  /// By row and column.
  let cell: (Int, Int) -> Cell

  var markup: Markup {
    let letters = columns.reduce(0) { $0 + max($1.count, 5) }
    let isUpright = letters > ShadedTable.mostLevelLetters
    let head =
      [Markup.element("td", ["class": "corner"], text: corner)]
      + columns.map { name in
        .element(
          "th", ["scope": "col", "class": isUpright ? "upright" : "level"],
          [.element("span", text: name)])
      }
    let body = rows.enumerated().map { row, name in
      Markup.element(
        "tr", [:],
        [.element("th", ["scope": "row", "title": name], text: name)]
          + columns.indices.map { data(cell(row, $0)) })
    }
    return Piece.scrolling(
      .element(
        "table", ["class": "matrix"],
        [
          .element("caption", text: caption),
          .element("thead", [:], [.element("tr", [:], head)]), .element("tbody", [:], body),
        ]), named: caption)
  }

  private func data(_ cell: Cell) -> Markup {
    let shade = Design.shade(of: cell.share)
    let style =
      "shade-\(shade)"
      + (cell.isFramed ? " right" : cell.share == 0 ? " zero" : "")
    return .element("td", ["class": style], text: cell.text)
  }
}
