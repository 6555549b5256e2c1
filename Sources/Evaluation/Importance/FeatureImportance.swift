/// How much one feature matters to a model, in three ways that answer different questions.
public struct FeatureImportance: Sendable, Equatable, Codable {
  /// The feature, by its name in the model's input.
  public let feature: String
  /// Of the improvement that all splits of the trees brought at training, the share of those on the
  /// feature; nil for a model without trees. It favours features of many values.
  public let gain: Double?
  /// By how much the log loss rises, in nats, where the values of the feature are shuffled over the
  /// rows; about 0 for a feature that others can stand in for. Nil where there is no log loss.
  public let permutation: Double?
  /// The mean size of the feature's contribution, in the order of `FeatureImportances.targets`.
  public let contributions: [Double]
}

/// How much the features of a model matter, on labeled rows.
public struct FeatureImportances: Sendable, Equatable, Codable {
  /// Rows that `permutation` and `contributions` were measured on: all, or a random choice.
  public let rows: Int
  /// What contributions add up to: `margin` or `probability`.
  public let space: String
  /// The classes that contributions speak for: the second of two, of more or for probabilities each.
  public let targets: [String]
  /// In the order of the model's input.
  public let features: [FeatureImportance]

  /// From the feature that contributes most over all targets to the one that does least.
  public var ranked: [FeatureImportance] {
    features.enumerated().sorted {
      let (first, second) = ($0.element.total, $1.element.total)
      return first == second ? $0.offset < $1.offset : first > second
    }.map(\.element)
  }
}

extension FeatureImportance {
  fileprivate var total: Double { contributions.reduce(0, +) }
}
