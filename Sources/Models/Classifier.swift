import FeatureTables

/// A fitted estimator over an encoded matrix: numbers only, no categories, in the columns of the
/// fit. A value: copy it, send it, compare it, score from many threads.
///
/// Names and schemas are not its affair: `Model` pairs it with the encoding that makes its input.
public protocol Classifier: Sendable, Equatable {
  /// Columns of the encoded matrix.
  var featureCount: Int { get }
  var classCount: Int { get }
  /// Row-major, rows by classes; each row sums to one. NaN is a missing value.
  func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double]
}

/// The class frequencies of the training rows: the bar for every other model.
public struct PriorClassifier: Classifier, Codable {
  public let featureCount: Int
  /// One frequency a class; sums to one.
  public let prior: [Double]

  public init(featureCount: Int, prior: [Double]) {
    self.featureCount = featureCount
    self.prior = prior
  }

  public var classCount: Int { prior.count }

  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    Array(repeatElement(prior, count: matrix.rowCount).joined())
  }
}
