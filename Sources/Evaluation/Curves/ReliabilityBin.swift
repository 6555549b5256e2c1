/// Rows whose predicted probability lies in one of ten equal parts of 0 to 1: are they as often of
/// the class as they are said to be?
public struct ReliabilityBin: Sendable, Equatable, Codable {
  /// Rows in the part; never 0, as parts without rows are left out.
  public let rows: Int
  /// The mean of the predicted probabilities.
  public let predicted: Double
  /// The share of the rows that are of the class.
  public let observed: Double
}

extension ReliabilityBin {
  private static let partCount = 10

  /// The parts that have rows, from low to high, as `sklearn.calibration.calibration_curve` with
  /// `n_bins=10`: a score on a border belongs to the lower part.
  /// - Parameters:
  ///   - scores: predicted probabilities, from 0 to 1 but for rounding.
  ///   - isPositive: whether each row is of the class.
  package static func bins(scores: [Double], isPositive: [Bool]) -> [ReliabilityBin] {
    // As numpy's linspace makes them.
    let borders = (1..<partCount).map { Double($0) * (1 / Double(partCount)) }
    var rows = Array(repeating: 0, count: partCount)
    var hits = rows
    var sums = Array(repeating: 0.0, count: partCount)
    for (score, isHit) in zip(scores, isPositive) {
      var part = min(max(Int(score * Double(partCount)), 0), partCount - 1)
      while part < partCount - 1, score > borders[part] { part += 1 }
      while part > 0, score <= borders[part - 1] { part -= 1 }
      rows[part] += 1
      sums[part] += score
      if isHit { hits[part] += 1 }
    }
    return (0..<partCount).filter { rows[$0] > 0 }.map { part in
      ReliabilityBin(
        rows: rows[part], predicted: sums[part] / Double(rows[part]),
        observed: Double(hits[part]) / Double(rows[part]))
    }
  }
}

extension [ReliabilityBin] {
  /// The mean distance of what is observed from what is predicted, weighted by rows: the expected
  /// calibration error of Naeini and others (2015). Nil without rows.
  public var calibrationError: Double? {
    let rows = reduce(0) { $0 + $1.rows }
    guard rows > 0 else { return nil }
    return reduce(0) { $0 + Double($1.rows) * abs($1.observed - $1.predicted) } / Double(rows)
  }
}
