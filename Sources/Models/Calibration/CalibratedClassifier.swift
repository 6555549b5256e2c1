import FeatureTables
import Foundation

/// An estimator whose probabilities were brought into line with how often they come true.
///
/// Two classes: the probability of the second is that of its calibrator, and the first has the
/// rest. More classes: each against the rest, then divided by their sum; all alike where the sum
/// is 0. So scikit-learn's `CalibratedClassifierCV` does it.
public struct CalibratedClassifier: Classifier {
  /// What a calibrator takes.
  public enum Score: String, Sendable, CaseIterable {
    /// ln p − ln q, of the probability p of the class and the sum q of the others', each logarithm
    /// at least −745. Of two classes this is the margin of linear models and boosting.
    case logOdds = "log-odds"
    /// The probability of the class.
    case probability
  }

  /// What says the probabilities that are put right; not calibrated itself.
  public let base: Estimator
  /// What the calibrators take.
  public let score: Score
  /// Of two classes that of the second, of more one a class.
  public let calibrators: [Calibrator]
  /// What the calibrators were fitted to, in words; may be empty.
  public let fittedOn: String

  /// - Precondition: `base` is not calibrated, and there are calibrators as stated above.
  public init(base: Estimator, score: Score, calibrators: [Calibrator], fittedOn: String = "") {
    if case .calibrated = base { preconditionFailure("the estimator is calibrated already") }
    precondition(
      calibrators.count == CalibratedClassifier.calibratorCount(classCount: base.classCount))
    self.base = base
    self.score = score
    self.calibrators = calibrators
    self.fittedOn = fittedOn
  }

  /// How many calibrators go with so many classes.
  public static func calibratorCount(classCount: Int) -> Int { classCount == 2 ? 1 : classCount }

  /// Columns of the encoded matrix.
  public var featureCount: Int { base.featureCount }
  /// Classes, each with a probability of its own.
  public var classCount: Int { base.classCount }

  /// Row-major, rows by classes; each row sums to one.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    calibrated(base.probabilities(for: matrix, parallel: parallel))
  }

  /// What becomes of probabilities of `base`; row-major, rows by classes.
  public func calibrated(_ probabilities: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: probabilities.count)
    for row in 0..<probabilities.count / classCount {
      calibrate(probabilities, row: row, to: &result)
    }
    return result
  }

  /// Writes what becomes of one row of probabilities of `base`; both row-major, rows by classes.
  func calibrate(_ probabilities: [Double], row: Int, to result: inout [Double]) {
    let start = row * classCount
    let own = probabilities[start..<start + classCount]
    if classCount == 2 {
      let second = calibrators[0].probability(of: score.value(of: 1, in: own))
      (result[start], result[start + 1]) = (1 - second, second)
      return
    }
    var total = 0.0
    for code in 0..<classCount {
      let probability = calibrators[code].probability(of: score.value(of: code, in: own))
      result[start + code] = probability
      total += probability
    }
    for code in 0..<classCount {
      result[start + code] = total > 0 ? result[start + code] / total : 1 / Double(classCount)
    }
  }
}

extension CalibratedClassifier.Score {
  /// What goes with an estimator: the log-odds, but for forests and priors, which say 0 and 1 of
  /// many rows.
  public init(for estimator: Estimator) {
    switch estimator {
    case .logisticRegression, .gradientBoosting: self = .logOdds
    case .randomForest, .prior: self = .probability
    case .calibrated(let classifier): self = classifier.score
    }
  }

  /// The score of one class.
  /// - Parameter row: a probability a class.
  public func value(of code: Int, in row: ArraySlice<Double>) -> Double {
    let own = row[row.startIndex + code]
    switch self {
    case .probability: return own
    case .logOdds:
      var others = 0.0
      for index in row.indices where index != row.startIndex + code { others += row[index] }
      return max(log(own), -745) - max(log(others), -745)
    }
  }
}
