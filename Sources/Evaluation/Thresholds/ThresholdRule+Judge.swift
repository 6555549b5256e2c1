/// What a rule thinks of a threshold, from the counts that it leads to.
extension ThresholdRule {
  /// The name of the number that the rule is about, and that number.
  func judge(_ counts: BinaryCounts) -> (name: String, value: Double)? {
    let falseRate = counts.falsePositiveRate ?? 0
    switch self {
    case .likeliest, .fixed: return nil
    case .falsePositiveRate: return ("false_positive_rate", falseRate)
    case .alertsPerDay(_, let flows, let prevalence):
      let share = prevalence * counts.recall + (1 - prevalence) * falseRate
      return ("alerts_per_day", flows * share)
    case .costRatio(let ratio, let prevalence):
      let share = prevalence ?? Double(counts.positives) / Double(counts.total)
      // In false alarms a flow.
      return ("cost_per_flow", (1 - share) * falseRate + share * ratio * (1 - counts.recall))
    case .bestF(let beta):
      let square = beta * beta
      let hits = (1 + square) * Double(counts.truePositives)
      let whole = hits + square * Double(counts.falseNegatives) + Double(counts.falsePositives)
      return ("f_score", whole > 0 ? hits / whole : 0)
    }
  }

  /// The index of the threshold that the rule chooses, the thresholds descending and so the counts
  /// growing; nil where none will do.
  func best(of indices: Range<Int>, _ counts: (Int) -> BinaryCounts) -> Int? {
    switch self {
    case .likeliest, .fixed: return nil
    case .falsePositiveRate(let bound), .alertsPerDay(let bound, _, _):
      // The number only grows from threshold to threshold.
      var (low, high) = (indices.lowerBound, indices.upperBound)
      while low < high {
        let middle = (low + high) / 2
        let value = judge(counts(middle))?.value ?? .infinity
        if value <= bound { low = middle + 1 } else { high = middle }
      }
      return low > indices.lowerBound ? low - 1 : nil
    case .costRatio, .bestF:
      var isLowBest = false
      if case .costRatio = self { isLowBest = true }
      var best: (index: Int, value: Double)?
      for index in indices {
        guard let value = judge(counts(index))?.value else { continue }
        let isBetter = best.map { isLowBest ? value < $0.value : value > $0.value } ?? true
        if isBetter { best = (index, value) }
      }
      return best?.index
    }
  }
}
