import FeatureTables

/// A fitted estimator over an encoded matrix: numbers only, no categories, in the columns of the
/// fit. A value: copy it, send it, compare it, score from many threads.
///
/// Names and schemas are not its affair: `Model` pairs it with the encoding that makes its input.
public protocol Classifier: Sendable, Equatable {
  /// Columns of the encoded matrix.
  var featureCount: Int { get }
  /// Classes, each with a probability of its own.
  var classCount: Int { get }
  /// Row-major, rows by classes; each row sums to one. NaN is a missing value.
  func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double]
}

/// The class frequencies of the training rows: the bar for every other model.
public struct PriorClassifier: Classifier, Codable {
  /// Columns of the encoded matrix; their values make no difference.
  public let featureCount: Int
  /// One frequency a class; sums to one.
  public let prior: [Double]

  /// - Parameters:
  ///   - featureCount: columns of the encoded matrix.
  ///   - prior: one frequency a class, with a sum of one.
  public init(featureCount: Int, prior: [Double]) {
    self.featureCount = featureCount
    self.prior = prior
  }

  /// Classes: the entries of `prior`.
  public var classCount: Int { prior.count }

  /// `prior` again for each row; row-major, rows by classes.
  public func probabilities(for matrix: FeatureMatrix, parallel: Parallel) -> [Double] {
    Array(repeatElement(prior, count: matrix.rowCount).joined())
  }
}
