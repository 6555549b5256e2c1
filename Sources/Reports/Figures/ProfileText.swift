import Drawing
import Evaluation

/// Histograms in words and numbers.
enum ProfileText {
  /// `JS 0.83 bit, KS 0.91, overlap 0.11`
  static func words(_ separation: Separation) -> String {
    let statistic = separation.kolmogorovSmirnov.map { "KS \(two($0)), " } ?? ""
    return "JS \(two(separation.jensenShannon)) bit, \(statistic)overlap "
      + two(separation.overlap)
  }

  /// From where to where the bins go; nil for categories and where there are none.
  static func range(of bins: HistogramBins) -> String? {
    guard let first = bins.edges.first, let last = bins.edges.last else { return nil }
    let range = "\(AxisNumber.plain.text(first)) to \(AxisNumber.plain.text(last))"
    if case .logarithmic = bins { return "on a logarithmic axis from \(range)" }
    return "on an axis from \(range)"
  }

  /// Where most rows of a class are, and what is in no bin.
  static func summary(of one: ClassHistogram, bins: HistogramBins) -> String {
    var parts = [NumberText.counted(one.rows, "row", "rows")]
    if let (bin, count) = one.counts.enumerated().max(by: { $0.element < $1.element }), count > 0 {
      let share = percent(count, of: one.rows)
      switch bins {
      case .categories(let names): parts.append("most often \(names[bin]) (\(share))")
      case .linear(let edges), .logarithmic(let edges):
        let low = AxisNumber.plain.text(edges[bin])
        let high = AxisNumber.plain.text(edges[bin + 1])
        parts.append("most in the bin from \(low) to \(high) (\(share))")
      }
    }
    for (count, words) in [
      (one.zeros, "zero"), (one.missing, "without a value"), (one.below, "below the axis"),
      (one.above, "above the axis"),
    ] where count > 0 {
      parts.append("\(percent(count, of: one.rows)) \(words)")
    }
    return parts.joined(separator: ", ")
  }

  /// A whole percentage; `<1 %` and `>99 %` where that would hide something.
  static func percent(_ count: Int, of rows: Int) -> String {
    guard rows > 0 else { return "n/a" }
    let percent = 100 * Double(count) / Double(rows)
    if count > 0, percent < 0.5 { return "<1 %" }
    if count < rows, percent >= 99.5 { return ">99 %" }
    return "\(Int(percent.rounded())) %"
  }

  /// Two digits after the point; `0.00` and `1.00` are said only of what is exactly that.
  static func two(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    if value > 0, hundredths == 0 { return "<0.01" }
    if value < 1, hundredths == 100 { return ">0.99" }
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
