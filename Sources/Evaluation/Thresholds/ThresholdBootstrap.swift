import FeatureTables

/// How a chosen threshold, and what it does, would vary over other rows of the same kind: rows are
/// drawn again with replacement, as many as there are (Efron 1979, percentile intervals).
struct ThresholdBootstrap {
  /// Resamples.
  static let count = 200

  let rule: ThresholdRule
  private let sweep: ScoreSweep
  /// For each row twice its threshold's index, and 1 more if it is positive.
  private let rows: [Int32]

  init(_ rule: ThresholdRule, _ sweep: ScoreSweep) {
    self.rule = rule
    self.sweep = sweep
    var rows: [Int32] = []
    rows.reserveCapacity(sweep.positiveCount + sweep.negativeCount)
    var (hits, falseAlarms) = (0, 0)
    for index in sweep.thresholds.indices {
      let (positives, negatives) = (
        sweep.truePositives[index] - hits, sweep.falsePositives[index] - falseAlarms
      )
      rows += repeatElement(Int32(2 * index + 1), count: positives)
      rows += repeatElement(Int32(2 * index), count: negatives)
      (hits, falseAlarms) = (sweep.truePositives[index], sweep.falsePositives[index])
    }
    self.rows = rows
  }

  /// The 95 % intervals of the threshold that the rule chooses, and of what the rule is about at
  /// the threshold chosen already; each nil where too few resamples have both sides.
  func intervals(
    chosen: Int, seed: UInt64, parallel: Parallel
  ) -> (threshold: ClosedRange<Double>?, value: ClosedRange<Double>?) {
    let resamples = parallel.map(ThresholdBootstrap.count) { index in
      resample(RandomGenerator(seed: seed, stream: UInt64(index)), chosen: chosen)
    }
    return (
      percentiles(resamples.compactMap { $0.threshold }),
      percentiles(resamples.compactMap { $0.value })
    )
  }

  private func resample(
    _ generator: RandomGenerator, chosen: Int
  ) -> (threshold: Double?, value: Double?) {
    var random = generator
    var draws = [Int](repeating: 0, count: 2 * sweep.thresholds.count)
    for _ in rows.indices { draws[Int(rows[random.below(rows.count)])] += 1 }
    var (hits, falseAlarms) = ([Int](), [Int]())
    var (positives, negatives) = (0, 0)
    for index in sweep.thresholds.indices {
      negatives += draws[2 * index]
      positives += draws[2 * index + 1]
      hits.append(positives)
      falseAlarms.append(negatives)
    }
    guard positives > 0, negatives > 0 else { return (nil, nil) }
    func counts(_ index: Int) -> BinaryCounts {
      BinaryCounts(
        truePositives: hits[index], falsePositives: falseAlarms[index],
        falseNegatives: positives - hits[index], trueNegatives: negatives - falseAlarms[index])
    }
    let best = rule.best(of: sweep.thresholds.indices, counts)
    return (best.map { sweep.thresholds[$0] }, rule.judge(counts(chosen))?.value)
  }

  private func percentiles(_ values: [Double]) -> ClosedRange<Double>? {
    guard values.count >= ThresholdBootstrap.count / 2 else { return nil }
    let sorted = values.sorted()
    let tail = Int(0.025 * Double(sorted.count))
    return sorted[tail]...sorted[sorted.count - 1 - tail]
  }
}
