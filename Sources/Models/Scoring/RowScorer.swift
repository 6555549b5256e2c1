/// An estimator made ready for one row after the other: what it needs while it scores is set aside
/// once, and no row allocates.
///
/// Each thread takes a copy of its own. A row gives the same bits as in a batch.
public struct RowScorer: Sendable {
  private let estimator: Estimator
  /// Columns of the encoded matrix.
  public let featureCount: Int
  /// Classes, each with a probability of its own.
  public let classCount: Int
  /// The row as trees compare it.
  private var keys: [Int32]
  /// What is said before calibration.
  private var uncalibrated: [Double]

  init(_ estimator: Estimator) {
    self.estimator = estimator
    featureCount = estimator.featureCount
    classCount = estimator.classCount
    keys = Array(repeating: 0, count: featureCount)
    uncalibrated = Array(repeating: 0, count: classCount)
  }

  /// Writes the probabilities of one row.
  /// - Parameters:
  ///   - row: a number a column of the encoded matrix; NaN is a missing value.
  ///   - probabilities: one a class, overwritten; sums to one afterwards.
  public mutating func probabilities(of row: [Double], into probabilities: inout [Double]) {
    precondition(row.count == featureCount, "the row is not one of the fit's columns")
    precondition(probabilities.count == classCount, "there is no room for one number a class")
    guard case .calibrated(let classifier) = estimator else {
      return RowScorer.score(row, by: estimator, &keys, &probabilities)
    }
    RowScorer.score(row, by: classifier.base, &keys, &uncalibrated)
    classifier.calibrate(uncalibrated, row: 0, to: &probabilities)
  }

  private static func score(
    _ row: [Double], by estimator: Estimator, _ keys: inout [Int32],
    _ probabilities: inout [Double]
  ) {
    switch estimator {
    case .randomForest(let ensemble), .gradientBoosting(let ensemble):
      ensemble.writeProbabilities(ofRow: row, keys: &keys, to: &probabilities)
    case .logisticRegression(let linear):
      linear.writeProbabilities(ofRow: row, to: &probabilities)
    case .prior(let classifier):
      for code in probabilities.indices { probabilities[code] = classifier.prior[code] }
    case .calibrated: preconditionFailure("no calibrated estimator is calibrated again")
    }
  }
}

extension Estimator {
  /// What scores rows one at a time, without allocating.
  public func scorer() -> RowScorer { RowScorer(self) }
}
