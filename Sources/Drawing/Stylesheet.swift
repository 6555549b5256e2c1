/// The style rules behind the classes that figures use. A page with figures includes them once;
/// a figure in a file of its own brings them along.
public enum Stylesheet {
  /// Rules that color everything for one theme.
  public static func colors(_ theme: Design.Theme) -> String {
    var rules = [
      ".d-text{fill:\(Design.text(theme))}", ".d-quiet{fill:\(Design.quietText(theme))}",
      ".d-grid{stroke:\(Design.grid(theme))}", ".d-axis{stroke:\(Design.quietText(theme))}",
      ".d-ground{fill:\(Design.ground(theme))}",
      ".d-edge{stroke:\(Design.ground(theme))}",
      ".d-line-accent{stroke:\(Design.accent(theme))}",
      ".d-fill-accent{fill:\(Design.accent(theme))}",
      ".d-line-neutral{stroke:\(Design.quietText(theme))}",
      ".d-fill-neutral{fill:\(Design.quietText(theme))}",
    ]
    for (index, color) in Design.seriesColors(theme).enumerated() {
      rules.append(".d-line-\(index){stroke:\(color)}.d-fill-\(index){fill:\(color)}")
    }
    for (index, color) in Design.shades(theme).enumerated() {
      let text =
        Design.invertsText(onShade: index, theme) ? Design.ground(theme) : Design.text(theme)
      rules.append(".d-shade-\(index){fill:\(color)}.d-on-\(index){fill:\(text)}")
    }
    return rules.joined(separator: "\n")
  }

  /// Rules on everything but color.
  public static let shapes = """
    .d-figure{font-family:\(Design.fontFamily);font-size:\(Coordinate.text(Design.fontSize))px}
    .d-title{font-size:\(Coordinate.text(Design.titleSize))px;font-weight:600}
    .d-heading{font-weight:600}
    .d-grid,.d-axis{stroke-width:1;fill:none}
    .d-path{fill:none;stroke-width:2;stroke-linejoin:round}
    .d-rule{fill:none;stroke-width:1.5;stroke-dasharray:4 3}
    .d-area{fill-opacity:\(Coordinate.text(Design.areaOpacity));stroke:none}
    .d-bar{stroke:none}
    .d-outline{stroke-width:1.25;fill:none}
    .d-point{stroke-width:1.5}
    """

  /// All rules for a page or a file that follows the reader's choice of light or dark; paper is
  /// always light.
  public static let adaptive =
    shapes + "\n" + colors(.light) + "\n@media screen and (prefers-color-scheme:dark){\n"
    + colors(.dark) + "\n}"
}
