import FeatureTables
import Models

/// How well the malicious score tells malicious rows from benign ones, and what follows from where
/// the alarm begins.
public struct AlarmCurves: Sendable, Equatable, Codable {
  /// The rows of one side of the truth.
  public struct Side: Sendable, Equatable, Codable {
    /// All rows of the side.
    public let rows: Int
    /// Those that raise an alarm.
    public let alarms: Int

    /// The exact 95 % interval (Clopper and Pearson 1934) for the share that raises an alarm; nil
    /// without rows.
    public var interval: ClosedRange<Double>? {
      rows == 0 ? nil : BinomialDistribution.interval(alarms, of: rows)
    }
  }

  /// Malicious scores of one class in equal parts of 0 to 1.
  public struct ScoreHistogram: Sendable, Equatable, Codable {
    /// The true class.
    public let name: String
    /// Whether it is a benign class.
    public let isBenign: Bool
    /// Rows in each part, which holds its lower border, the last its upper one too.
    public let counts: [Int]

    private enum CodingKeys: String, CodingKey {
      case name = "class"
      case isBenign = "benign"
      case counts
    }
  }

  /// Malicious rows, and how many of them raise an alarm.
  public let malicious: Side
  /// Benign rows, and how many of them raise an alarm.
  public let benign: Side
  /// Any malicious class against the benign ones.
  public let curves: ClassCurves
  /// From the highest score, which raises the fewest alarms, to the lowest.
  public let sweep: [AlarmPoint]
  /// What the model does as it is.
  public let operatingPoint: AlarmPoint
  /// One a class that has rows.
  public let histograms: [ScoreHistogram]

  private enum CodingKeys: String, CodingKey {
    case malicious, benign, curves, sweep, histograms
    case operatingPoint = "operating_point"
  }
}

extension AlarmCurves {
  private static let partCount = 40

  /// - Parameters:
  ///   - threshold: from which score on the model raises an alarm; nil where the likeliest class
  ///     decides.
  ///   - resolution: nil for every point.
  init(
    _ predictions: Predictions, volumes: TrafficVolumes, threshold: Double?, resolution: Int?
  ) {
    let scores = Threshold.maliciousScores(
      probabilities: predictions.probabilities, classes: predictions.classes,
      benign: predictions.benign)
    let isMalicious = predictions.isMalicious
    let isPositive = predictions.truth.map { isMalicious[Int($0)] }
    let score = ScoreSweep(scores: scores, isPositive: isPositive)
    curves = ClassCurves(
      name: "malicious", score, scores: scores, isPositive: isPositive, resolution: resolution)
    let packets = volumes.packets.map { PassedShare($0, scores: scores) }
    let bytes = volumes.bytes.map { PassedShare($0, scores: scores) }
    let points = score.thresholds.indices.map { index in
      let point = score.operatingPoint(at: index)
      return AlarmPoint(
        threshold: point.threshold, point.counts, packetsPassed: packets?.shares[index],
        bytesPassed: bytes?.shares[index])
    }
    sweep = CurveThinning.thinned(points, resolution: resolution) { point in
      [
        point.threshold ?? 0, point.recall, point.precision, point.f1,
        point.falsePositiveRate ?? 0, point.flowsDropped, point.packetsDropped ?? 0,
        point.bytesDropped ?? 0,
      ]
    }
    let counts = BinaryCounts(alarms: predictions)
    malicious = Side(rows: counts.positives, alarms: counts.truePositives)
    benign = Side(rows: counts.negatives, alarms: counts.falsePositives)
    operatingPoint = AlarmPoint(
      threshold: threshold, counts,
      packetsPassed: volumes.packets.flatMap { PassedShare.share($0, of: predictions.alarms) },
      bytesPassed: volumes.bytes.flatMap { PassedShare.share($0, of: predictions.alarms) })
    histograms = AlarmCurves.histograms(predictions, scores: scores)
  }

  private static func histograms(
    _ predictions: Predictions, scores: [Double]
  ) -> [ScoreHistogram] {
    // As numpy's linspace makes them.
    let borders = (0...partCount).map { Double($0) * (1 / Double(partCount)) }
    var counts = Array(
      repeating: Array(repeating: 0, count: partCount), count: predictions.classes.count)
    for (score, code) in zip(scores, predictions.truth) {
      var part = min(max(Int(score * Double(partCount)), 0), partCount - 1)
      while part < partCount - 1, score >= borders[part + 1] { part += 1 }
      while part > 0, score < borders[part] { part -= 1 }
      counts[Int(code)][part] += 1
    }
    return predictions.classes.indices.filter { counts[$0].contains { $0 > 0 } }.map { code in
      ScoreHistogram(
        name: predictions.classes[code],
        isBenign: predictions.benign.contains(predictions.classes[code]), counts: counts[code])
    }
  }
}

/// Which share of a volume is in rows that score at least each threshold.
private struct PassedShare {
  /// One a distinct score, from the highest to the lowest.
  let shares: [Double]

  init(_ volume: [Double], scores: [Double]) {
    let order = scores.indices.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
    let total = order.reduce(0) { $0 + volume[$1] }
    var shares: [Double] = []
    var passed = 0.0
    for (place, row) in order.enumerated() {
      passed += volume[row]
      let isLastOfScore = place + 1 == order.count || scores[order[place + 1]] != scores[row]
      if isLastOfScore { shares.append(total > 0 ? passed / total : 0) }
    }
    self.shares = shares
  }

  /// The share of a volume in rows with an alarm; nil where there is no volume.
  static func share(_ volume: [Double], of alarms: [Bool]) -> Double? {
    let total = volume.reduce(0, +)
    guard total > 0 else { return nil }
    return zip(volume, alarms).reduce(0) { $0 + ($1.1 ? $1.0 : 0) } / total
  }
}
