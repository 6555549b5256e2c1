import FeatureTables
import Models

/// Labeled rows, and what models that had not learned from them say: what calibration and
/// thresholds are fitted to, so that the rows set aside for validation stay unseen.
public struct HeldOutRows: Sendable {
  /// The true classes, over the classes of the table.
  public let labels: Labels
  /// Row-major, rows by the classes of `labels`; each row sums to one.
  public let probabilities: [Double]
  /// How the rows were held out, in words: `1000 rows held out of the fit, grouped 5-fold`.
  public let description: String
  /// For each row the classes that the model asked about it had not learned.
  private let unknown: [Set<Int>]

  /// The rows of a cross-validation that were asked about, each once.
  /// - Parameter labels: of the whole table.
  public init(_ validation: CrossValidation, labels: Labels) {
    let width = labels.classes.count
    var (rows, unknown, probabilities) = ([Int](), [Set<Int>](), [Double]())
    for result in validation.results where result.fold.repetition == 0 {
      guard let prediction = result.prediction else { continue }
      let counts = labels.rows(result.fold.training).classCounts
      let absent = Set(counts.indices.filter { counts[$0] == 0 })
      for (position, row) in result.fold.test.enumerated() {
        let start = position * width
        guard !prediction.probabilities[start].isNaN else { continue }
        rows.append(row)
        unknown.append(absent)
        probabilities += prediction.probabilities[start..<start + width]
      }
    }
    self.labels = labels.rows(rows)
    self.probabilities = probabilities
    self.unknown = unknown
    description = "\(rows.count) rows held out of the fit, \(validation.split.name)"
  }

  /// How many rows there are.
  public var count: Int { labels.count }

  /// Whether the model that was asked about a row had learned a class, by its code in `labels`.
  func isKnown(_ code: Int, at row: Int) -> Bool { !unknown[row].contains(code) }

  /// The malicious score that a model would give each row, its calibration included, and whether
  /// the row is malicious.
  public func maliciousScores(by model: Model) -> (scores: [Double], isMalicious: [Bool]) {
    var probabilities = self.probabilities(over: model.classes)
    if case .calibrated(let classifier) = model.estimator {
      probabilities = classifier.calibrated(probabilities)
    }
    return (
      Threshold.maliciousScores(
        probabilities: probabilities, classes: model.classes, benign: model.benign),
      labels.codes.map { !labels.benign.contains(labels.classes[Int($0)]) }
    )
  }

  /// Row-major, rows by other classes in their order; 0 for one that no row has.
  func probabilities(over classes: [String]) -> [Double] {
    guard classes != labels.classes else { return probabilities }
    let codes = classes.map { labels.classes.firstIndex(of: $0) }
    return (0..<count).flatMap { row in
      codes.map { $0.map { probabilities[row * labels.classes.count + $0] } ?? 0 }
    }
  }
}
