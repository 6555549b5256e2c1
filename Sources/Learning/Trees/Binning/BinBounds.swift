/// The bins of one column: bin b holds the floats from `lows[b]` to `highs[b]`, both of which
/// occur among the training rows. Bins ascend and do not overlap.
package struct BinBounds: Sendable, Equatable {
  package let lows: [Float]
  package let highs: [Float]

  package var count: Int { lows.count }

  /// - Parameters:
  ///   - distinct: the distinct floats of the column, ascending.
  ///   - counts: how many rows have each.
  ///   - limit: bins at most; a bin for each value where they are no more.
  package init(distinct: [Float], counts: [Int], limit: Int) {
    precondition(distinct.count == counts.count && limit > 0)
    guard distinct.count > limit else {
      lows = distinct
      highs = distinct
      return
    }
    let ends = BinBounds.quantileEnds(counts: counts, limit: limit)
    highs = ends.map { distinct[$0] }
    lows = [distinct[0]] + ends.dropLast().map { distinct[$0 + 1] }
  }

  /// The float that sends the bins up to `left` to the left and those from `right` on to the
  /// right: the middle of the gap, or its lower end where the middle rounds to the upper one.
  package func threshold(between left: Int, and right: Int) -> Float {
    let (low, high) = (highs[left], lows[right])
    let middle = Float((Double(low) + Double(high)) / 2)
    return middle < high ? middle : low
  }

  /// The threshold that sends every number to the left, so that only missing values go right.
  package static let everyNumber = Float.greatestFiniteMagnitude

  /// The last distinct value of each bin. A value as frequent as a whole bin ends its bin, and
  /// begins it unless few rows were before it; the other rows are shared out evenly, as in
  /// LightGBM (Ke et al., 2017).
  private static func quantileEnds(counts: [Int], limit: Int) -> [Int] {
    let total = counts.reduce(0, +)
    let isHeavy = counts.map { $0 * limit >= total }
    var lightBins = limit - isHeavy.count { $0 }
    var lightRows = zip(counts, isHeavy).reduce(0) { $0 + ($1.1 ? 0 : $1.0) }
    var target = Double(lightRows) / Double(max(1, lightBins))
    var ends: [Int] = []
    var rows = 0
    for index in 0..<counts.count - 1 where ends.count < limit - 1 {
      rows += counts[index]
      if !isHeavy[index] { lightRows -= counts[index] }
      let isFull = Double(rows) >= target
      let makesWay = isHeavy[index + 1] && Double(rows) >= target / 2
      guard isHeavy[index] || isFull || makesWay else { continue }
      ends.append(index)
      rows = 0
      if !isHeavy[index] {
        lightBins -= 1
        target = Double(lightRows) / Double(max(1, lightBins))
      }
    }
    return ends + [counts.count - 1]
  }
}
