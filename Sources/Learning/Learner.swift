import FeatureTables
import Models

/// Hyperparameters and nothing else: `fit` leaves the learner as it was, knows no files, and
/// gives the same model for any number of threads.
public protocol Learner: Sendable {
  /// What a fit gives.
  associatedtype Model: Classifier
  /// Fits to an encoded matrix: numbers only, NaN for missing, no categories.
  /// - Parameters:
  ///   - labels: one code a row, none unlabeled.
  ///   - weights: one a row, none negative; nil for 1 each. Multiplied with class weights.
  /// - Throws: `FitError`.
  func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> Model
}

/// Why there is no model.
public enum FitError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no row to learn from.
  case noRows
  /// All rows are of the class named here.
  case oneClass(String)
  /// A hyperparameter outside its bounds: what it may be and what it was.
  case hyperparameter(name: String, value: String, allowed: String)
  /// The optimizer did not reach its tolerance.
  case notConverged(iterations: Int, gradientNorm: Double)
  /// Without a penalty the best coefficients are infinite: the columns tell the classes apart
  /// without error.
  case separableClasses
  /// A value that a learner cannot take: an infinite number, or for trees one that is infinite in
  /// 32 bits.
  case infiniteValue(column: String, row: Int)
  /// A checkpoint could not be written.
  case checkpoint(DataError)

  /// For a person: what is wrong, and for some what to do about it.
  public var description: String {
    switch self {
    case .noRows: "there are no rows to learn from"
    case .oneClass(let name): "all rows have the one class '\(name)'; two are needed"
    case .hyperparameter(let name, let value, let allowed):
      "\(name)=\(value) is out of bounds: \(allowed)"
    case .notConverged(let iterations, let norm):
      "not converged after \(iterations) iterations (gradient norm \(norm)); raise max_iterations, "
        + "or strengthen the penalty: penalty=l2, a smaller c"
    case .separableClasses:
      "the columns tell the classes apart without error, so that no coefficients are best without "
        + "a penalty; set penalty=l2 or penalty=l1"
    case .infiniteValue(let column, let row):
      "column '\(column)' holds a value in row \(row) that is infinite, or too large for the learner"
    case .checkpoint(let error): error.description
    }
  }
}

/// How much each class counts.
public enum ClassWeight: Sendable, Equatable {
  /// Every row counts the same.
  case none
  /// rows / (classes x rows of the class), as scikit-learn's `balanced`.
  case balanced
  /// By class name; 1 for a class that is not named.
  case named([String: Double])

  /// One factor a class.
  public func factors(for labels: Labels) -> [Double] {
    switch self {
    case .none: return labels.classes.map { _ in 1 }
    case .named(let weights): return labels.classes.map { weights[$0] ?? 1 }
    case .balanced:
      let counts = labels.classCounts
      let present = counts.count { $0 > 0 }
      let total = counts.reduce(0, +)
      return counts.map { $0 == 0 ? 0 : Double(total) / Double(present * $0) }
    }
  }

  /// One weight a row: `weights`, or 1, times the factor of the row's class.
  public func rowWeights(for labels: Labels, weights: [Double]?) -> [Double] {
    let factors = factors(for: labels)
    return labels.codes.indices.map { (weights?[$0] ?? 1) * factors[Int(labels.codes[$0])] }
  }
}
