import Drawing
import Evaluation

/// Histograms for a terminal: a line of blocks a class, no line wider than `width`.
public struct ProfileRenderer: Sendable {
  /// In columns, at least 60.
  public let width: Int
  /// Whether to color lines: benign classes blue, others red.
  public let usesColor: Bool

  private static let blocks = Array(" ▁▂▃▄▅▆▇█")
  /// The numbers behind the blocks, with a blank before each.
  private static let columns = [(" peak", 6), (" zero", 6), (" missing", 8), (" beyond", 7)]

  /// - Parameters:
  ///   - width: in columns; less than 60 counts as 60.
  ///   - usesColor: whether to color lines.
  public init(width: Int = 80, usesColor: Bool = false) {
    self.width = max(60, width)
    self.usesColor = usesColor
  }

  /// The first `limit` features with their histograms, all classes on shared bins.
  public func render(_ profiles: FeatureHistograms, limit: Int) -> String {
    let benign = Set(profiles.classes.filter(\.isBenign).map(\.name))
    let shown = profiles.features.prefix(limit)
    var text = head(profiles, shown: shown.count)
    for (place, histogram) in shown.enumerated() {
      text += "\n\n" + title(histogram, place: place + 1) + "\n"
      text += lines(histogram, benign: benign).joined(separator: "\n")
    }
    return text + "\n"
  }

  private func head(_ profiles: FeatureHistograms, shown: Int) -> String {
    let size =
      NumberText.counted(profiles.rows, "row", "rows") + " of "
      + NumberText.counted(profiles.classes.count, "class", "classes")
    let features =
      shown == profiles.features.count
      ? NumberText.counted(shown, "feature", "features")
      : "\(shown) of \(profiles.features.count) features"
    return TerminalRenderer(width: width).render(
      ReportDocument(
        title: "Profiles: \(size), \(features)",
        blocks: [
          .text(
            "Each line shows the share of the rows of a class in each bin, as high as its own "
              + "peak; a blank is an empty bin. JS: Jensen-Shannon divergence (0 alike, 1 bit "
              + "apart). KS: Kolmogorov-Smirnov distance. Overlap: area in common.")
        ])
    ).trimmedEnd
  }

  private func title(_ histogram: FeatureHistogram, place: Int) -> String {
    let name =
      "\(place). \(histogram.feature.printable)"
      + ProfileFigure.unitText(histogram.unit)
    let measures = histogram.separation.map(ProfileText.words) ?? ""
    let room = width - name.count - measures.count
    if measures.isEmpty || room >= 2 {
      return bold(name)
        + String(repeating: " ", count: max(room, 0)).prefix(measures.isEmpty ? 0 : room)
        + measures
    }
    return bold(String(name.prefix(width))) + "\n   " + measures
  }

  // MARK: Lines

  private func lines(_ histogram: FeatureHistogram, benign: Set<String>) -> [String] {
    if case .categories(let names) = histogram.bins { return table(histogram, names) }
    let nameWidth = min(
      max(histogram.classes.map(\.name.count).max() ?? 0, 5), width / 4)
    let numbers = ProfileRenderer.columns.reduce(0) { $0 + $1.1 }
    let room = width - nameWidth - 2 - numbers
    let merge = max(1, (histogram.bins.count + room - 1) / room)
    let blocks = max(1, (histogram.bins.count + merge - 1) / merge)
    let header =
      padded("class", nameWidth) + "  " + padded(axis(histogram.bins, width: blocks), blocks)
      + ProfileRenderer.columns.map { flushRight($0.0, $0.1) }.joined()
    return [header]
      + histogram.classes.map { one in
        let line =
          padded(shortened(one.name.printable, nameWidth), nameWidth) + "  "
          + padded(spark(one, merging: merge), blocks) + numbersText(of: one)
        return colored(line, isBenign: benign.contains(one.name))
      }
  }

  private func numbersText(of one: ClassHistogram) -> String {
    let peak = one.counts.max() ?? 0
    return zip(
      ProfileRenderer.columns, [peak, one.zeros, one.missing, one.below + one.above]
    ).map { flushRight(ProfileText.percent($1, of: one.rows), $0.1) }.joined()
  }

  /// A block a bin, or a group of bins; what is not empty shows at least the lowest block.
  private func spark(_ one: ClassHistogram, merging: Int) -> String {
    let groups = stride(from: 0, to: one.counts.count, by: merging).map { start in
      one.counts[start..<min(start + merging, one.counts.count)].reduce(0, +)
    }
    let peak = max(groups.max() ?? 0, 1)
    return String(
      groups.map { count in
        let level = Int((Double(count) / Double(peak) * 8).rounded())
        return ProfileRenderer.blocks[count > 0 ? max(1, level) : 0]
      })
  }

  /// Both ends of the axis, and its kind where there is room.
  private func axis(_ bins: HistogramBins, width: Int) -> String {
    guard let first = bins.edges.first, let last = bins.edges.last else { return "" }
    let (low, high) = (AxisNumber.plain.text(first), AxisNumber.plain.text(last))
    var kind = ""
    if case .logarithmic = bins { kind = "log" }
    let gap = width - low.count - high.count
    guard gap >= 1 else { return String(low.prefix(width)) }
    guard gap >= kind.count + 2 else { return low + String(repeating: " ", count: gap) + high }
    let left = (gap - kind.count) / 2
    return low + String(repeating: " ", count: left) + kind
      + String(repeating: " ", count: gap - kind.count - left) + high
  }

  private func table(_ histogram: FeatureHistogram, _ names: [String]) -> [String] {
    let shown = names.prefix(6)
    let table = ReportTable(
      header: ["class"] + shown + ["missing"],
      rows: histogram.classes.map { one in
        [one.name] + shown.indices.map { ProfileText.percent(one.counts[$0], of: one.rows) }
          + [ProfileText.percent(one.missing, of: one.rows)]
      })
    let rest = names.count - shown.count
    return [TextTable(table, width: width).text]
      + (rest > 0 ? ["and \(NumberText.counted(rest, "more name", "more names"))"] : [])
  }

  // MARK: Text

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private func flushRight(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func shortened(_ text: String, _ limit: Int) -> String {
    text.count <= limit ? text : text.prefix(limit - 1) + "…"
  }

  private func bold(_ text: String) -> String { usesColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  private func colored(_ text: String, isBenign: Bool) -> String {
    usesColor ? "\u{1B}[\(isBenign ? 34 : 31)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
