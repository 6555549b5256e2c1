import LinearAlgebra

/// A start near the optimum, from a fit to a part of the rows.
///
/// Far from the optimum the Hessian of all rows buys little. But columns of traffic have heavy
/// tails, and a fit that has not seen the longest rows is wrong about them by hundreds in the
/// margin, which is worse than no start: on a stratified eighth of CIC-IDS2017 the full fit took 15
/// steps in place of 12. So rows are drawn with probabilities in proportion to their lengths, and
/// count for one over the probability.
extension LogisticProblem {
  /// The part of the rows that is drawn: a fifth, of large tables less, for then it says enough.
  private static func share(of rowCount: Int) -> Double {
    min(0.2, max(0.05, 20_000 / Double(rowCount)))
  }
  /// Rows for each coefficient of an output, below which a sample tells too little.
  private static let rowsPerColumn = 40
  /// Classes of up to so many rows are taken whole.
  private static let rareClass = 200

  /// The sampled problem; nil where there are too few rows.
  func sampled() -> LogisticProblem? {
    let target = Self.share(of: rows.rowCount) * Double(rows.rowCount)
    guard target > Double(Self.rowsPerColumn * rows.width) else { return nil }
    let chances = chances(drawing: target)
    let drawn = Self.draw(by: chances)
    return LogisticProblem(
      rows: rows.rows(at: drawn),
      loss: SoftmaxLoss(
        codes: drawn.map { loss.codes[$0] }, weights: drawn.map { loss.weights[$0] / chances[$0] },
        classCount: loss.classCount),
      penalty: penalty, parallel: parallel)
  }

  /// The probability of each row, which add up to about `target`.
  private func chances(drawing target: Double) -> [Double] {
    let lengths = rows.lengths(parallel: parallel)
    var counts = [Int](repeating: 0, count: loss.classCount)
    for (code, weight) in zip(loss.codes, loss.weights) where weight > 0 { counts[code] += 1 }
    var factor = target / max(lengths.reduce(0, +), .leastNormalMagnitude)
    // Those whose probability is cut to 1 leave more for the rest.
    for _ in 0..<8 {
      let total = lengths.reduce(0) { $0 + min(1, factor * $1) }
      if total > 0 { factor *= target / total }
    }
    return lengths.indices.map { row in
      if loss.weights[row] == 0 { return 0 }
      return counts[loss.codes[row]] <= Self.rareClass ? 1 : min(1, factor * lengths[row])
    }
  }

  /// The rows at which the sum of the probabilities reaches another whole number.
  private static func draw(by chances: [Double]) -> [Int] {
    var (drawn, sum) = ([Int](), 0.0)
    for (row, chance) in chances.enumerated() {
      let next = sum + chance
      if next.rounded(.down) > sum.rounded(.down) || chance == 1 { drawn.append(row) }
      sum = next
    }
    return drawn
  }
}

extension NewtonSolver {
  /// How near the optimum of the sample is worth to get to.
  private static let sampleTolerance = 1e-2

  /// The optimum of a sample of the rows, roughly; nil where there is none.
  func sampledStart(from start: Vector) -> Vector? {
    guard let sample = problem.sampled() else { return nil }
    let solver = NewtonSolver(
      problem: sample, tolerance: Self.sampleTolerance, maximumIterations: 30)
    return try? solver.minimize(fromSampleOr: start).coefficients
  }

  /// Begins at the optimum of a sample where there is one and it is better than `start`.
  func minimize(fromSampleOr start: Vector) throws(FitError) -> Optimum {
    if let sampled = sampledStart(from: start) {
      try minimize(from: [sampled, start])
    } else {
      try minimize(from: [start])
    }
  }
}
