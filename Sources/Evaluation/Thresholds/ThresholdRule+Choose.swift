import FeatureTables
import Models

extension ThresholdRule {
  /// Chooses a threshold by rows that the model did not learn from.
  ///
  /// What is measured carries 95 % intervals: rates the exact binomial one (Clopper and Pearson
  /// 1934), other numbers that of a bootstrap over the rows. The threshold has the interval of those
  /// at which the rate asked for cannot be ruled out, or of the bootstrap.
  /// - Parameters:
  ///   - scores: the malicious score of each row, from 0 to 1.
  ///   - isMalicious: one a row.
  ///   - description: in words, what the rows are.
  ///   - seed: what the bootstrap starts from.
  /// - Throws: `DataError` where rows are all on one side, or no threshold does what is asked for.
  public func choose(
    scores: [Double], isMalicious: [Bool], description rows: String, seed: UInt64 = 0,
    parallel: Parallel = Parallel()
  ) throws(DataError) -> Threshold {
    switch self {
    case .likeliest: return .likeliest
    case .fixed(let value): return Threshold(.fixed, value: value)
    default: break
    }
    let sides = zip(scores, isMalicious)
    let sweep = ScoreSweep(
      positives: sides.filter(\.1).map(\.0), negatives: sides.filter { !$0.1 }.map(\.0))
    guard sweep.positiveCount > 0, sweep.negativeCount > 0 else {
      throw failure(
        "there are \(sweep.positiveCount) malicious and \(sweep.negativeCount) benign rows to "
          + "choose by, and both are needed",
        remedy: "use more data, or leave out --threshold")
    }
    guard
      let index = best(of: sweep.thresholds.indices, { sweep.operatingPoint(at: $0).counts })
    else {
      let first = sweep.operatingPoint(at: 0)
      throw failure(
        "even the highest score, \(first.threshold), raises \(first.counts.falsePositives) false "
          + "alarms on \(sweep.negativeCount) benign rows",
        remedy: "ask for less, or find features that tell these flows apart")
    }
    let counts = sweep.operatingPoint(at: index).counts
    let (interval, measured) = measure(sweep, index, counts, seed: seed, parallel: parallel)
    let value = sweep.thresholds[index]
    return Threshold(
      method, value: min(max(value, 0), 1), chosenOn: "\(rows); \(description)",
      interval: interval.map { min($0.lowerBound, value)...max($0.upperBound, value) },
      measured: measured)
  }

  private func measure(
    _ sweep: ScoreSweep, _ index: Int, _ counts: BinaryCounts, seed: UInt64, parallel: Parallel
  ) -> (interval: ClosedRange<Double>?, measured: [Threshold.Measurement]) {
    let rates = [
      Threshold.Measurement(
        "false_positive_rate", counts.falsePositiveRate ?? 0,
        interval: BinomialDistribution.interval(counts.falsePositives, of: counts.negatives)),
      Threshold.Measurement(
        "recall", counts.recall,
        interval: BinomialDistribution.interval(counts.truePositives, of: counts.positives)),
    ]
    if case .falsePositiveRate(let rate) = self {
      return (compatible(sweep, rate: rate), rates)
    }
    let intervals = ThresholdBootstrap(self, sweep).intervals(
      chosen: index, seed: seed, parallel: parallel)
    let own = judge(counts).map {
      Threshold.Measurement($0.name, $0.value, interval: intervals.value)
    }
    return (intervals.threshold, (own.map { [$0] } ?? []) + rates)
  }

  /// The thresholds at which an exact test at 5 % does not tell the rate from the one asked for.
  private func compatible(_ sweep: ScoreSweep, rate: Double) -> ClosedRange<Double>? {
    let count = sweep.negativeCount
    func first(where holds: (Int) -> Bool) -> Int {
      var (low, high) = (0, sweep.thresholds.count)
      while low < high {
        let middle = (low + high) / 2
        if holds(sweep.falsePositives[middle]) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    // False alarms grow from threshold to threshold: first too few, then right, then too many.
    let start = first {
      BinomialDistribution.probability(atMost: $0, of: count, rate: rate) >= 0.025
    }
    let end = first { BinomialDistribution.probability(atLeast: $0, of: count, rate: rate) < 0.025 }
    guard start < end else { return nil }
    return sweep.thresholds[end - 1]...sweep.thresholds[start]
  }

  private func failure(_ problem: String, remedy: String) -> DataError {
    DataError(file: "--threshold \(description)", problem: problem, remedy: remedy)
  }
}
