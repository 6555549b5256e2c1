import FeatureTables

/// Labeled rows with a start time, earliest first, and cuts that no equal times straddle.
struct TimeOrder {
  /// Row indices by start time, then by row.
  let rows: [Int]
  /// Labeled rows without a start time: on neither side of any cut.
  let untimedCount: Int
  private let times: [Int64]

  /// - Parameter startTimes: one a row; `Int64.min` for none.
  init(startTimes: [Int64], labels: Labels) {
    let labeled = labels.codes.indices.filter { labels.codes[$0] >= 0 }
    let timed = labeled.filter { startTimes[$0] != Int64.min }
    untimedCount = labeled.count - timed.count
    rows = timed.sorted { (startTimes[$0], $0) < (startTimes[$1], $1) }
    times = rows.map { startTimes[$0] }
  }

  /// Positions in `rows`, one for each of `fractions`: the nearest place to that share of the
  /// rows where the time changes. Nil where two cuts would fall together or none is possible.
  func cuts(at fractions: [Double]) -> [Int]? {
    var cuts: [Int] = []
    for fraction in fractions {
      let wanted = Int((fraction * Double(rows.count)).rounded())
      guard let cut = nearestChange(to: wanted), cut > cuts.last ?? 0 else { return nil }
      cuts.append(cut)
    }
    return cuts
  }

  /// The position nearest to `wanted` whose row starts later than the one before; the earlier
  /// of two equally near ones.
  private func nearestChange(to wanted: Int) -> Int? {
    for distance in 0..<max(rows.count, 1) {
      for position in [wanted - distance, wanted + distance]
      where position > 0 && position < rows.count && times[position] > times[position - 1] {
        return position
      }
    }
    return nil
  }
}
