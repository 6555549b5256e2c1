import Models

/// Fits the ascending function that is closest to labels of 0 and 1 by squared distance: pool
/// adjacent violators (Ayer et al. 1955), in time n log n for sorting.
package enum IsotonicRegression {
  /// Neighbouring scores that have one probability.
  private struct Pool {
    var first: Double
    var last: Double
    var positives: Int
    var rows: Int

    /// Whether the share of positives is at least that of the next pool; in whole numbers, so
    /// exactly.
    func isNotBelow(_ next: Pool) -> Bool { positives * next.rows >= next.positives * rows }

    var share: Double { Double(positives) / Double(rows) }
  }

  /// Rows of equal score are one point, whatever their order. Of a stretch of equal probability
  /// only the ends are kept, since lines join the points.
  /// - Parameters:
  ///   - scores: finite, at least one.
  ///   - isPositive: one a score.
  package static func fit(scores: [Double], isPositive: [Bool]) -> Calibrator {
    precondition(scores.count == isPositive.count && !scores.isEmpty)
    var pools: [Pool] = []
    for point in points(scores, isPositive) {
      pools.append(point)
      while pools.count > 1, pools[pools.count - 2].isNotBelow(pools[pools.count - 1]) {
        let upper = pools.removeLast()
        pools[pools.count - 1].last = upper.last
        pools[pools.count - 1].positives += upper.positives
        pools[pools.count - 1].rows += upper.rows
      }
    }
    var (kept, probabilities) = ([Double](), [Double]())
    for pool in pools {
      for end in pool.first < pool.last ? [pool.first, pool.last] : [pool.first] {
        kept.append(end)
        probabilities.append(pool.share)
      }
    }
    return .isotonic(scores: kept, probabilities: probabilities)
  }

  /// One pool a distinct score, ascending.
  private static func points(_ scores: [Double], _ isPositive: [Bool]) -> [Pool] {
    var points: [Pool] = []
    for row in scores.indices.sorted(by: { scores[$0] < scores[$1] }) {
      let score = scores[row] + 0  // -0 + 0 is +0
      if points.last?.first != score {
        points.append(Pool(first: score, last: score, positives: 0, rows: 0))
      }
      points[points.count - 1].rows += 1
      if isPositive[row] { points[points.count - 1].positives += 1 }
    }
    return points
  }
}
