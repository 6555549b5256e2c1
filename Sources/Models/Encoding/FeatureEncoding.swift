import FeatureTables

/// How the columns of a table become the numbers that an estimator takes. Part of the model, so
/// that a value is treated at prediction as it was at training.
///
/// A numeric feature passes through, but for values that are not finite, which the policy decides.
/// A categorical feature becomes one column of 0 and 1 for each kept category, called
/// `proto=tcp`; every other category, and a missing one, is 0 in all of them.
public struct FeatureEncoding: Sendable, Equatable {
  /// At most so many categories of a feature get a column of their own.
  public static let categoryLimit = 128

  /// The features that go in, in the order of the fit.
  public let input: FeatureSchema
  /// One list an input feature: the kept categories in the order of their columns; empty for
  /// numeric features.
  public let categories: [[String]]
  /// What becomes of values of numeric features that are not finite.
  public let nonfinite: NonfinitePolicy

  /// - Parameters:
  ///   - input: the features that go in, in order.
  ///   - categories: one list a feature, empty for numeric ones.
  ///   - nonfinite: what becomes of values that are not finite.
  public init(input: FeatureSchema, categories: [[String]], nonfinite: NonfinitePolicy) {
    precondition(categories.count == input.features.count)
    precondition(
      zip(input.features, categories).allSatisfy { $0.kind == .categorical || $1.isEmpty })
    self.input = input
    self.categories = categories
    self.nonfinite = nonfinite
  }

  /// Columns that come out.
  public var encodedCount: Int { widths.reduce(0, +) }

  /// The columns that come out: numbers only, categories as `feature=category` without a unit.
  public var encodedSchema: FeatureSchema {
    var features: [Feature] = []
    for (feature, categories) in zip(input.features, categories) {
      switch feature.kind {
      case .numeric: features.append(feature)
      case .categorical:
        features += categories.map { Feature("\(feature.name)=\($0)", in: .none) }
      }
    }
    return FeatureSchema(
      identifier: input.identifier, version: input.version, features: features)
  }

  /// The input feature behind each encoded column.
  public var sourceFeatures: [Int] {
    widths.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
  }

  /// Encoded columns of each input feature.
  private var widths: [Int] {
    zip(input.features, categories).map { $0.kind == .numeric ? 1 : $1.count }
  }
}
