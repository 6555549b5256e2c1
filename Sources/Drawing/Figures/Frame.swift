/// The rectangle of a plot in the drawing, and how values become places in it.
struct Frame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let panel: Panel

  var right: Double { left + width }
  var bottom: Double { top + height }

  /// Where a value of the horizontal axis lies; values beyond the axis lie at its ends.
  func x(_ value: Double) -> Double {
    left + width * min(1, max(0, panel.x.scale.position(of: value)))
  }

  /// Where a value of the vertical axis lies. Names on it run from top to bottom, numbers up.
  func y(_ value: Double) -> Double {
    let share = min(1, max(0, panel.y.scale.position(of: value)))
    if case .band = panel.y.scale { return top + height * share }
    return bottom - height * share
  }

  /// The ticks of the vertical axis.
  static func verticalTicks(of panel: Panel) -> [Tick] {
    guard panel.y.isShown else { return [] }
    if let ticks = panel.y.ticks { return ticks }
    let count = Int((panel.height / 100 * Design.verticalTicksPerHundred).rounded())
    return Ticks.ticks(of: panel.y.scale, atMost: max(count, 2), as: panel.y.number)
  }

  /// The ticks of the horizontal axis: as many as have labels that do not touch.
  var horizontalTicks: [Tick] {
    if let ticks = panel.x.ticks { return ticks }
    if case .band = panel.x.scale {
      return Ticks.ticks(of: panel.x.scale, atMost: 0, as: panel.x.number)
    }
    var ticks: [Tick] = []
    for count in stride(from: Design.horizontalTicks, through: 2, by: -1) {
      ticks = Ticks.ticks(of: panel.x.scale, atMost: count, as: panel.x.number)
      if !areTouching(ticks) { break }
    }
    return ticks
  }

  private func areTouching(_ ticks: [Tick]) -> Bool {
    zip(ticks, ticks.dropFirst()).contains { first, second in
      let room = (TextWidth.of(first.label) + TextWidth.of(second.label)) / 2
      return x(second.value) - x(first.value) < room + Design.labelDistance
    }
  }

  /// Whether the names of the horizontal axis must stand upright to have room.
  var hasUprightNames: Bool {
    guard panel.x.isShown else { return false }
    if case .band(let names) = panel.x.scale {
      let room = width / Double(max(names.count, 1)) - 2
      return names.contains { TextWidth.of($0) > room }
    }
    return panel.x.hasNames && areTouching(horizontalTicks)
  }
}
