import Drawing
import Evaluation
import FeatureTables

/// The histogram of a feature as a picture: a few classes over each other, many below each other.
public struct ProfileFigure {
  /// More classes than these would hide each other.
  private static let mostOverlaid = 3
  /// How wide the place of a count beside the bins is, as a share of all bins.
  private static let gutter = 0.075

  private let histogram: FeatureHistogram
  private let benign: Set<String>
  private let binCount: Double
  private let gutters: [Gutter]

  /// A count that is in no bin, beside the axis.
  private struct Gutter {
    let label: String
    let range: ClosedRange<Double>
    let count: any KeyPath<ClassHistogram, Int> & Sendable
  }

  /// - Parameters:
  ///   - histogram: of one feature.
  ///   - benign: the names of the benign classes.
  public init(_ histogram: FeatureHistogram, benign: Set<String>) {
    self.histogram = histogram
    self.benign = benign
    binCount = Double(max(histogram.bins.count, 1))
    gutters = ProfileFigure.gutters(histogram, width: binCount * ProfileFigure.gutter, binCount)
  }

  /// The picture, with what it shows in words.
  public var figure: Figure {
    let title = histogram.feature + ProfileFigure.unitText(histogram.unit)
    let isOverlaid = histogram.classes.count <= ProfileFigure.mostOverlaid
    return Figure(
      title: title, description: description, panels: isOverlaid ? [overlay] : strips)
  }

  private static func gutters(
    _ histogram: FeatureHistogram, width: Double, _ binCount: Double
  ) -> [Gutter] {
    typealias Count = any KeyPath<ClassHistogram, Int> & Sendable
    func isUsed(_ count: Count) -> Bool {
      histogram.classes.contains { $0[keyPath: count] > 0 }
    }
    let beside: [(label: String, count: Count)] = [
      ("n/a", \.missing), ("0", \.zeros), ("<", \.below),
    ]
    let left = beside.filter { isUsed($0.count) }
    var gutters = left.enumerated().map { index, part in
      let start = -1.4 * width * Double(left.count - index)
      return Gutter(label: part.label, range: start...(start + width), count: part.count)
    }
    if isUsed(\.above) {
      let start = binCount + 0.4 * width
      gutters.append(Gutter(label: ">", range: start...(start + width), count: \.above))
    }
    return gutters
  }

  // MARK: Plots

  private var overlay: Panel {
    let peak = histogram.classes.map(peak).max() ?? 0
    let marks = histogram.classes.enumerated().flatMap { index, one -> [Mark] in
      let ink = Ink.series(index)
      let name = "\(one.name) (\(NumberText.counted(one.rows, "row", "rows")))"
      return bins(of: one, ink, name: name)
        + bars(of: one, ink, slot: index, of: histogram.classes.count)
    }
    return Panel(
      x: axis(isShown: true),
      y: Axis("share of the rows of the class", .rounded(0, max(peak, 0.01)), as: .percent),
      marks: marks)
  }

  private var strips: [Panel] {
    histogram.classes.enumerated().map { index, one in
      let ink = Ink.series(benign.contains(one.name) ? 0 : 1)
      let peak = max(peak(one), 1e-9)
      return Panel(
        heading: one.name, note: "peak \(AxisNumber.percent.text(ProfileFigure.rounded(peak)))",
        x: axis(isShown: index == histogram.classes.count - 1),
        y: Axis("", .linear(0...peak), isShown: false),
        marks: bins(of: one, ink, name: nil) + bars(of: one, ink, slot: 0, of: 1),
        height: Design.stripHeight)
    }
  }

  private func peak(_ one: ClassHistogram) -> Double { one.shares.max() ?? 0 }

  /// To three digits, which is all that a picture shows.
  private static func rounded(_ share: Double) -> Double { (share * 1_000).rounded() / 1_000 }

  private func bins(of one: ClassHistogram, _ ink: Ink, name: String?) -> [Mark] {
    let heights = one.counts.indices.map { one.share(ofBin: $0) }
    if case .categories = histogram.bins {
      let slots = histogram.classes.count <= ProfileFigure.mostOverlaid
      let (slot, count) =
        slots
        ? (histogram.classes.firstIndex(of: one) ?? 0, histogram.classes.count) : (0, 1)
      let bars = heights.enumerated().map { bin, height in
        Mark.Bar(share(slot, of: count, in: Double(bin) + 0.1...Double(bin) + 0.9), height)
      }
      return [Mark(.bars(bars), ink, name: name)]
    }
    let edges = (0...max(heights.count, 1)).map(Double.init)
    return [
      Mark(.area(edges: edges, heights: heights), ink, name: name),
      Mark(.steps(edges: edges, heights: heights), ink),
    ]
  }

  private func bars(of one: ClassHistogram, _ ink: Ink, slot: Int, of count: Int) -> [Mark] {
    let bars = gutters.map { gutter in
      Mark.Bar(
        share(slot, of: count, in: gutter.range),
        Double(one[keyPath: gutter.count]) / Double(max(one.rows, 1)))
    }
    return bars.isEmpty ? [] : [Mark(.bars(bars), ink)]
  }

  private func share(
    _ slot: Int, of count: Int, in range: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    let width = (range.upperBound - range.lowerBound) / Double(count)
    let start = range.lowerBound + Double(slot) * width
    return start...(start + width)
  }

  // MARK: The axis

  private func axis(isShown: Bool) -> Axis {
    let low = gutters.map(\.range.lowerBound).min().map { min($0, 0) } ?? 0
    let high = gutters.map(\.range.upperBound).max().map { max($0, binCount) } ?? binCount
    return Axis(
      axisLabel, .linear(low...high), ticks: isShown ? ticks : [], isShown: isShown,
      hasNames: histogram.bins.edges.isEmpty)
  }

  private var ticks: [Tick] {
    let beside = gutters.map { Tick(($0.range.lowerBound + $0.range.upperBound) / 2, $0.label) }
    return (beside + binTicks).sorted { $0.value < $1.value }
  }

  private var binTicks: [Tick] {
    switch histogram.bins {
    case .linear(let edges): ticks(edges) { .linear($0) }
    case .logarithmic(let edges): ticks(edges) { .logarithmic($0) }
    case .categories(let names):
      names.enumerated().map { Tick(Double($0.offset) + 0.5, $0.element) }
    }
  }

  private func ticks(_ edges: [Double], _ scale: (ClosedRange<Double>) -> Scale) -> [Tick] {
    guard let first = edges.first, let last = edges.last else { return [] }
    guard edges.count > 2 else {
      return [Tick(binCount / 2, AxisNumber.plain.text((first + last) / 2))]
    }
    let scale = scale(first...last)
    return scale.ticks(atMost: 5).map { tick in
      Tick(scale.position(of: tick.value) * binCount, tick.label)
    }
  }

  private var axisLabel: String {
    let unit = ProfileFigure.unitWords(histogram.unit)
    if case .logarithmic = histogram.bins {
      return unit.isEmpty ? "log scale" : "\(unit), log scale"
    }
    return unit
  }

  static func unitText(_ unit: Unit) -> String {
    let words = unitWords(unit)
    return words.isEmpty ? "" : " (\(words))"
  }

  static func unitWords(_ unit: Unit) -> String {
    switch unit {
    case .none, .number: ""
    case .packetsSquared: "packets²"
    case .bytesSquared: "bytes²"
    case .packetsPerSecond: "packets/s"
    case .bytesPerSecond: "bytes/s"
    case .bitsPerSecond: "bits/s"
    case .nanoseconds: "ns"
    case .microseconds: "µs"
    case .milliseconds: "ms"
    case .seconds: "s"
    default: unit.rawValue
    }
  }

  // MARK: In words

  private var description: String {
    var text = "Histogram of \(histogram.feature) for each class"
    if let range = ProfileText.range(of: histogram.bins) { text += ", \(range)" }
    text += "."
    if let separation = histogram.separation { text += " \(ProfileText.words(separation))." }
    for one in histogram.classes {
      text += " \(one.name): " + ProfileText.summary(of: one, bins: histogram.bins) + "."
    }
    return text
  }
}
