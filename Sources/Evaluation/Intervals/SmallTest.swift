import Foundation

/// What the rows of a test are too few to say, in sentences.
struct SmallTest {
  /// A rate whose interval is wider than this is hardly known.
  private static let widestRate = 0.1
  /// The same for the recall of one class.
  private static let widestClassRate = 0.2
  /// Fewer units drawn give intervals that are too narrow.
  private static let fewestUnits = 30

  let sentences: [String]

  init(_ predictions: Predictions, exact: RateIntervals, units: BootstrapUnits) {
    guard predictions.rowCount > 0 else {
      sentences = []
      return
    }
    sentences =
      SmallTest.sides(exact) + SmallTest.classes(predictions, exact)
      + SmallTest.units(units, rows: predictions.rowCount)
  }

  private static func sides(_ exact: RateIntervals) -> [String] {
    let sides = [
      ("recall", "malicious", Metric.recall, exact.alarms.positives),
      ("false positive rate", "benign", .falsePositiveRate, exact.alarms.negatives),
    ]
    return sides.compactMap { rate, side, metric, rows in
      guard let interval = exact.interval(of: metric), interval.width > widestRate else {
        return nil
      }
      return "The \(rate) is hardly known from \(rows) \(side) \(rows == 1 ? "row" : "rows"): it "
        + "may be anything from \(percent(interval.low)) to \(percent(interval.high))."
    }
  }

  private static func classes(_ predictions: Predictions, _ exact: RateIntervals) -> [String] {
    // Of two classes the sides say it already.
    guard predictions.classes.count > 2 else { return [] }
    let small = exact.classes.enumerated().compactMap { code, counts -> String? in
      guard let interval = Interval(exact: counts.truePositives, of: counts.positives),
        interval.width > widestClassRate
      else { return nil }
      return "'\(predictions.classes[code])' (\(counts.positives))"
    }
    guard !small.isEmpty else { return [] }
    let more = small.count > 5 ? " and \(small.count - 5) more" : ""
    return [
      "Too few rows to know the recall of each of these classes within \(percent(widestClassRate)): "
        + small.prefix(5).joined(separator: ", ") + more + "."
    ]
  }

  private static func units(_ units: BootstrapUnits, rows: Int) -> [String] {
    guard units.kind == .connections else { return [] }
    var sentences: [String] = []
    if units.count < fewestUnits {
      sentences.append(
        "The rows come from \(units.count) \(units.count == 1 ? "connection" : "connections") only, "
          + "so that every interval is too narrow.")
    } else if 2 * units.count < rows {
      sentences.append(
        "The \(rows) rows come from \(units.count) connections; the exact intervals of rates take "
          + "rows for independent and so are too narrow, those drawn by connection are not.")
    }
    return sentences
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f %%", share * 100)
  }
}
