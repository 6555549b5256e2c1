/// A point in values of the axes.
public struct Point: Sendable, Equatable {
  /// Along the horizontal axis.
  public let x: Double
  /// Along the vertical axis.
  public let y: Double

  /// In values of the axes.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// What color a mark has.
public enum Ink: Sendable, Equatable {
  /// That of a series, counted from 0.
  case series(Int)
  /// That of what serves for comparison.
  case neutral
  /// That of what should be seen first.
  case accent
}

/// Something drawn in a plot, in values of its axes.
public struct Mark: Sendable, Equatable {
  /// What is drawn.
  public enum Shape: Sendable, Equatable {
    /// Straight from point to point.
    case line([Point])
    /// The outline of a histogram: the height at i holds from edge i to edge i + 1.
    case steps(edges: [Double], heights: [Double])
    /// The same, filled.
    case area(edges: [Double], heights: [Double])
    /// Bars from the start of the vertical axis up.
    case bars([Bar])
    /// Bars from the start of the horizontal axis on; their range is along the vertical one.
    case horizontalBars([Bar])
    case points([Point])
    /// A line across the plot at a value of the horizontal axis, with a word beside.
    case verticalRule(Double, String)
    /// A line across the plot at a value of the vertical axis, with a word above.
    case horizontalRule(Double, String)
    /// Squares of a heat map over two bands.
    case cells([Cell])
    /// A word beside a point.
    case text(Point, String)
  }

  /// A bar of a histogram or a bar chart.
  public struct Bar: Sendable, Equatable {
    /// Its extent along the axis that it stands on.
    public let range: ClosedRange<Double>
    /// How far it goes, in values of the other axis.
    public let height: Double

    /// - Parameters:
    ///   - range: along the axis that it stands on.
    ///   - height: in values of the other axis.
    public init(_ range: ClosedRange<Double>, _ height: Double) {
      self.range = range
      self.height = height
    }
  }

  /// A square of a heat map.
  public struct Cell: Sendable, Equatable {
    /// The index of its name on the horizontal band.
    public let column: Int
    /// The index of its name on the vertical band.
    public let row: Int
    /// From 0, nothing, to 1, everything.
    public let share: Double
    /// What is written on it; may be empty.
    public let label: String

    /// - Parameter share: from 0 to 1.
    public init(column: Int, row: Int, share: Double, label: String) {
      self.column = column
      self.row = row
      self.share = share
      self.label = label
    }
  }

  /// What is drawn.
  public let shape: Shape
  /// In what color.
  public let ink: Ink
  /// Its entry in the legend; nil for none.
  public let name: String?

  /// - Parameter name: its entry in the legend.
  public init(_ shape: Shape, _ ink: Ink = .neutral, name: String? = nil) {
    self.shape = shape
    self.ink = ink
    self.name = name
  }
}
