import Foundation

/// Every score of an evaluation for rows that count several times or not at all, each in one pass:
/// what can be sorted and looked up is, once for all resamples.
package struct WeightedScores: Sendable {
  /// One a metric in the order of `Metric.allCases`, then F1 of each class.
  package typealias Values = [Double?]

  private let classCount: Int
  /// For each row (truth · classes + predicted) · 2, and 1 more with an alarm.
  private let cells: [Int32]
  private let isMalicious: [Bool]
  private let logLosses: [Double]
  private let squaredErrors: [Double]
  /// One a class that is ranked.
  private let rankings: [Ranking]

  /// - Complexity: O(classes x rows x log rows).
  package init(_ predictions: Predictions) {
    let count = predictions.classes.count
    classCount = count
    isMalicious = predictions.isMalicious
    cells = predictions.truth.indices.map { row in
      (predictions.truth[row] * Int32(count) + predictions.predicted[row]) * 2
        + (predictions.alarms[row] ? 1 : 0)
    }
    logLosses = predictions.truth.indices.map { ProbabilityScores.logLoss(predictions, row: $0) }
    squaredErrors = predictions.truth.indices.map {
      ProbabilityScores.squaredError(predictions, row: $0)
    }
    let ranked = count == 2 ? [1] : Array(0..<count)
    rankings = ranked.map { Ranking(predictions, positive: $0) }
  }

  /// How many rankings a call of `values` goes through.
  package var rankingCount: Int { rankings.count }

  /// - Parameter weights: how often each row counts.
  package func values(_ weights: [UInt16]) -> Values {
    var counts = [Int](repeating: 0, count: 2 * classCount * classCount)
    var (rows, logLoss, squaredError) = (0, 0.0, 0.0)
    for (row, weight) in weights.enumerated() where weight > 0 {
      counts[Int(cells[row])] += Int(weight)
      rows += Int(weight)
      logLoss += Double(weight) * logLosses[row]
      squaredError += Double(weight) * squaredErrors[row]
    }
    let matrix = ConfusionMatrix(
      classCount: classCount,
      counts: (0..<classCount * classCount).map { counts[2 * $0] + counts[2 * $0 + 1] })
    let areas = rankings.map { $0.areas(weights) }
    let alarms = alarmCounts(counts)
    let byMetric = Metric.allCases.map { metric -> Double? in
      switch metric {
      case .accuracy: matrix.accuracy
      case .balancedAccuracy: matrix.balancedAccuracy
      case .macroF1: matrix.macroF1
      case .weightedF1: matrix.weightedF1
      case .rocAUC: mean(areas.map(\.roc))
      case .averagePrecision: mean(areas.map(\.precision))
      case .logLoss: rows > 0 ? logLoss / Double(rows) : nil
      case .brierScore: rows > 0 ? squaredError / Double(rows) : nil
      case .matthewsCorrelation: matrix.matthewsCorrelation
      case .recall: rows > 0 ? alarms.recall : nil
      case .precision: rows > 0 ? alarms.precision : nil
      case .f1: rows > 0 ? alarms.f1 : nil
      case .falsePositiveRate: alarms.falsePositiveRate
      case .dataReduction: alarms.dataReduction
      case .maliciousShareOfPassed: alarms.positiveShareOfPassed
      }
    }
    return byMetric + matrix.binaryCounts.map(\.f1)
  }

  private func alarmCounts(_ counts: [Int]) -> BinaryCounts {
    var sides = [0, 0, 0, 0]
    for (place, count) in counts.enumerated() {
      let isHit = isMalicious[place / 2 / classCount]
      sides[(isHit ? 2 : 0) + place % 2] += count
    }
    return BinaryCounts(
      truePositives: sides[3], falsePositives: sides[1], falseNegatives: sides[2],
      trueNegatives: sides[0])
  }

  private func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

/// The rows by the probability of one class, the highest first.
private struct Ranking: Sendable {
  /// A row · 4, 2 more where it is of the class, 1 more where the next row scores less.
  private let entries: [Int]

  init(_ predictions: Predictions, positive: Int) {
    let count = predictions.classes.count
    func score(_ row: Int) -> Double { predictions.probabilities[row * count + positive] }
    let scores = predictions.truth.indices.map(score)
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    entries = order.indices.map { place in
      let row = order[place]
      let isLast = place + 1 == order.count || scores[order[place + 1]] < scores[row]
      return 4 * row + (Int(predictions.truth[row]) == positive ? 2 : 0) + (isLast ? 1 : 0)
    }
  }

  /// As `ScoreSweep.rocAUC` and `ScoreSweep.averagePrecision`.
  func areas(_ weights: [UInt16]) -> (roc: Double?, precision: Double?) {
    var (hits, falseAlarms, lastHits, lastFalseAlarms) = (0, 0, 0, 0)
    var (area, precision) = (0.0, 0.0)
    for entry in entries {
      let weight = Int(weights[entry >> 2])
      if entry & 2 != 0 { hits += weight } else { falseAlarms += weight }
      guard entry & 1 != 0, hits + falseAlarms > lastHits + lastFalseAlarms else { continue }
      area += Double(falseAlarms - lastFalseAlarms) * Double(hits + lastHits)
      precision += Double(hits - lastHits) * Double(hits) / Double(hits + falseAlarms)
      (lastHits, lastFalseAlarms) = (hits, falseAlarms)
    }
    guard hits > 0, falseAlarms > 0 else { return (nil, nil) }
    return (area / 2 / Double(hits) / Double(falseAlarms), precision / Double(hits))
  }
}
