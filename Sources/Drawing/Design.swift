/// Every decision on how figures look, in one place: colors, sizes, numbers of ticks, where labels
/// stand. Lengths are in units of the drawing, which are pixels where a figure is not scaled.
public enum Design {
  // MARK: Sizes

  /// The width of a figure. It is that of a small telephone, so that text is not scaled down there;
  /// on a wide page figures stand side by side.
  public static let width = 360.0
  /// The height of a plot that is alone in its figure.
  public static let plotHeight = 190.0
  /// The height of one of many plots below each other.
  public static let stripHeight = 30.0
  /// Between what is drawn and the edge of the figure.
  static let margin = 8.0
  /// Above a plot for its heading or the label of its vertical axis.
  static let headingHeight = 18.0
  /// More above a plot whose vertical axis has labels, the uppermost of which stands beside its top.
  static let labelHeight = 24.0
  /// Between one plot and the next below.
  static let plotGap = 6.0
  static let fontSize = 11.0
  static let titleSize = 13.0
  static let lineHeight = 15.0
  static let tickLength = 4.0
  static let tickGap = 4.0
  /// The most that names on a vertical axis may take of the width, beside a heat map and beside
  /// bars.
  static let widestNames = 0.36
  static let widestBarNames = 0.55
  /// The height that names that stand upright below an axis may take.
  static let tallestNames = 110.0
  static let legendSwatch = 16.0
  static let legendGap = 14.0
  static let pointRadius = 4.0

  // MARK: Ticks

  /// The most labeled ticks of a horizontal axis; fewer where their labels would touch.
  static let horizontalTicks = 6
  /// The most labeled ticks of a vertical axis, for each hundred units of its height.
  static let verticalTicksPerHundred = 3.0
  /// The least distance between two labels.
  static let labelDistance = 8.0

  // MARK: Colors

  /// What colors stand on what ground.
  public enum Theme: Sendable, CaseIterable {
    case light
    case dark
  }

  /// Colors of series in their order, after Okabe and Ito (2008), with those changed that do not
  /// stand out from the ground. Each differs from the others for every kind of color vision; lines
  /// beyond them begin again with another dash.
  public static func seriesColors(_ theme: Theme) -> [String] {
    switch theme {
    case .light: ["#0072b2", "#d55e00", "#00a070", "#a8407c", "#6b4f00", "#3a3a3a"]
    case .dark: ["#56b4e9", "#f08a3c", "#9be7c9", "#8c8cff", "#fff3b0", "#b07aa1"]
    }
  }

  /// Dashes of lines, one for each round through the colors; empty for a solid line.
  static let dashes = ["", "6 3", "2 2"]

  /// The ground that a figure is made for.
  public static func ground(_ theme: Theme) -> String {
    theme == .light ? "#ffffff" : "#16191d"
  }

  /// Text and axes.
  public static func text(_ theme: Theme) -> String { theme == .light ? "#1c1f23" : "#e6e8ea" }
  /// Text of less weight, such as the labels of ticks.
  public static func quietText(_ theme: Theme) -> String {
    theme == .light ? "#555b61" : "#a8afb6"
  }
  /// Lines behind what is drawn.
  public static func grid(_ theme: Theme) -> String { theme == .light ? "#e3e5e8" : "#2f343a" }
  /// What should be seen first: an operating point.
  public static func accent(_ theme: Theme) -> String { theme == .light ? "#1c1f23" : "#ffffff" }

  /// Shades of a heat cell, from nothing to everything: one hue, darker (in the dark lighter) with
  /// the amount, so that they can be told without seeing color.
  public static func shades(_ theme: Theme) -> [String] {
    switch theme {
    case .light:
      [
        "#ffffff", "#e9f2f9", "#d3e5f3", "#bcd8ec", "#a3c9e5", "#88b9dc", "#6ca8d2", "#5096c7",
        "#2774ab", "#15659d", "#06538a",
      ]
    case .dark:
      [
        "#16191d", "#1b2a38", "#1f394f", "#234866", "#28587d", "#2e6894", "#4787b8", "#5b97c5",
        "#73a8d2", "#90bbdf", "#aecdea",
      ]
    }
  }

  /// The shade of an amount from 0 to 1: an index into `shades`. Only nothing at all has the first.
  public static func shade(of share: Double) -> Int {
    guard share > 0 else { return 0 }
    return min(10, max(1, Int((share * 10).rounded())))
  }

  /// Whether text on a shade has the color of the ground instead of that of text.
  public static func invertsText(onShade shade: Int, _ theme: Theme) -> Bool {
    shade >= (theme == .light ? 8 : 6)
  }

  static let fontFamily = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif"
  /// How much of what lies below an area lets through.
  static let areaOpacity = 0.28
}
