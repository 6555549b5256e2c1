/// How many rows of each true class were predicted as each class, and the scores that follow from
/// these counts alone. All are defined as in scikit-learn 1.9 with `zero_division=0`.
///
/// In files it is a list of rows; a row is a true class, a column a predicted one.
public struct ConfusionMatrix: Sendable, Equatable {
  /// How many classes there are: the matrix has as many rows and as many columns.
  public let classCount: Int
  /// Row-major: the count of truth t predicted as p is at `t * classCount + p`.
  public let counts: [Int]

  /// - Parameters:
  ///   - truth: codes from 0 to `classCount - 1`, one a row.
  ///   - predicted: likewise.
  public init(truth: [Int32], predicted: [Int32], classCount: Int) {
    precondition(truth.count == predicted.count)
    var counts = Array(repeating: 0, count: classCount * classCount)
    for (truth, predicted) in zip(truth, predicted) {
      counts[Int(truth) * classCount + Int(predicted)] += 1
    }
    self.classCount = classCount
    self.counts = counts
  }

  /// From counts, row-major; none is negative.
  init(classCount: Int, counts: [Int]) {
    precondition(counts.count == classCount * classCount)
    self.classCount = classCount
    self.counts = counts
  }

  /// Rows of true class `truth` that were predicted as `predicted`.
  public subscript(truth truth: Int, predicted predicted: Int) -> Int {
    counts[truth * classCount + predicted]
  }

  /// One list a true class.
  public var rows: [[Int]] {
    (0..<classCount).map { Array(counts[$0 * classCount..<($0 + 1) * classCount]) }
  }

  /// Rows of each true class.
  public var support: [Int] { rows.map { $0.reduce(0, +) } }

  /// Rows that were predicted as each class.
  public var predictedCounts: [Int] {
    (0..<classCount).map { column in
      (0..<classCount).reduce(0) { $0 + counts[$1 * classCount + column] }
    }
  }

  /// All rows that were counted.
  public var rowCount: Int { counts.reduce(0, +) }

  private var correctCount: Int {
    (0..<classCount).reduce(0) { $0 + self[truth: $1, predicted: $1] }
  }

  /// The share of rows on the diagonal; nil without rows.
  public var accuracy: Double? {
    rowCount == 0 ? nil : Double(correctCount) / Double(rowCount)
  }

  /// The mean recall over the classes that have rows; nil without rows.
  public var balancedAccuracy: Double? {
    let recalls = (0..<classCount).compactMap { code -> Double? in
      let rows = support[code]
      return rows == 0 ? nil : Double(self[truth: code, predicted: code]) / Double(rows)
    }
    return recalls.isEmpty ? nil : recalls.reduce(0, +) / Double(recalls.count)
  }

  /// The scores of each class against the rest.
  public var binaryCounts: [BinaryCounts] {
    let (support, predicted, total) = (support, predictedCounts, rowCount)
    return (0..<classCount).map { code in
      let hits = self[truth: code, predicted: code]
      return BinaryCounts(
        truePositives: hits, falsePositives: predicted[code] - hits,
        falseNegatives: support[code] - hits,
        trueNegatives: total - predicted[code] - support[code] + hits)
    }
  }

  /// The mean F1 over the classes that occur as truth or as prediction; nil without rows.
  public var macroF1: Double? {
    let occurring = binaryCounts.filter { $0.positives + $0.predictedPositives > 0 }
    guard !occurring.isEmpty else { return nil }
    return occurring.reduce(0) { $0 + $1.f1 } / Double(occurring.count)
  }

  /// The mean F1 weighted by the rows of the true class; nil without rows.
  public var weightedF1: Double? {
    guard rowCount > 0 else { return nil }
    return binaryCounts.reduce(0) { $0 + $1.f1 * Double($1.positives) } / Double(rowCount)
  }

  /// The correlation of truth and prediction: Matthews for two classes, R_K of Gorodkin (2004) for
  /// more. 0 where truth or prediction is constant; nil without rows.
  public var matthewsCorrelation: Double? {
    guard rowCount > 0 else { return nil }
    let total = Double(rowCount)
    let (truth, predicted) = (support.map(Double.init), predictedCounts.map(Double.init))
    func dot(_ left: [Double], _ right: [Double]) -> Double {
      zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let covariance = Double(correctCount) * total - dot(truth, predicted)
    let spread =
      (total * total - dot(predicted, predicted)) * (total * total - dot(truth, truth))
    return spread == 0 ? 0 : covariance / spread.squareRoot()
  }
}

extension ConfusionMatrix: Codable {
  /// Reads a list with one list of counts a true class.
  /// - Throws: `DecodingError` where the lists are not square or a count is negative.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let rows = try container.decode([[Int]].self)
    guard rows.allSatisfy({ $0.count == rows.count && $0.allSatisfy { $0 >= 0 } }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a confusion matrix is square and counts rows")
    }
    classCount = rows.count
    counts = rows.flatMap { $0 }
  }

  /// Writes a list with one list of counts a true class.
  /// - Throws: what the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rows)
  }
}
