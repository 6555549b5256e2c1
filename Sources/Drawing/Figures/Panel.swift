/// An axis of a plot.
public struct Axis: Sendable, Equatable {
  /// What is measured, with its unit; may be empty.
  public let label: String
  /// How values become places.
  public let scale: Scale
  /// How the numbers of ticks are printed.
  public let number: AxisNumber
  /// Ticks to use in place of those chosen by the scale.
  public let ticks: [Tick]?
  /// Whether ticks and labels are drawn.
  public let isShown: Bool
  /// Whether the labels of `ticks` are names, which are turned upright where they have no room
  /// side by side; numbers that have none are left out.
  public let hasNames: Bool

  /// - Parameters:
  ///   - label: what is measured, with its unit.
  ///   - ticks: to use in place of those chosen by the scale.
  ///   - isShown: whether ticks and labels are drawn.
  ///   - hasNames: whether labels of `ticks` are turned upright rather than left out.
  public init(
    _ label: String, _ scale: Scale, as number: AxisNumber = .plain, ticks: [Tick]? = nil,
    isShown: Bool = true, hasNames: Bool = false
  ) {
    self.label = label
    self.scale = scale
    self.number = number
    self.ticks = ticks
    self.isShown = isShown
    self.hasNames = hasNames
  }
}

/// A plot: two axes and what is drawn between them.
public struct Panel: Sendable, Equatable {
  /// Above the plot at the left; empty for none.
  public let heading: String
  /// Above the plot at the right; empty for none.
  public let note: String
  /// The horizontal axis.
  public let x: Axis
  /// The vertical axis.
  public let y: Axis
  /// Drawn one over the other.
  public let marks: [Mark]
  /// Of the plot without its axes.
  public let height: Double

  /// - Parameters:
  ///   - heading: above the plot at the left.
  ///   - note: above the plot at the right.
  ///   - height: of the plot without its axes.
  public init(
    heading: String = "", note: String = "", x: Axis, y: Axis, marks: [Mark],
    height: Double = Design.plotHeight
  ) {
    self.heading = heading
    self.note = note
    self.x = x
    self.y = y
    self.marks = marks
    self.height = height
  }
}

/// A picture: plots below each other, with a title, a legend and an account in words for whoever
/// does not see it.
public struct Figure: Sendable, Equatable {
  /// What the figure shows.
  public let title: String
  /// What there is to see, in one or a few sentences.
  public let description: String
  /// From top to bottom.
  public let panels: [Panel]
  /// In units of the drawing.
  public let width: Double

  /// - Parameters:
  ///   - title: what the figure shows.
  ///   - description: what there is to see, in words.
  ///   - panels: from top to bottom.
  public init(
    title: String, description: String, panels: [Panel], width: Double = Design.width
  ) {
    self.title = title
    self.description = description
    self.panels = panels
    self.width = width
  }
}
