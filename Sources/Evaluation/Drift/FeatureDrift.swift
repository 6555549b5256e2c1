/// How far the values of one feature have moved from those of the training rows.
///
/// Both sides are counted in the bins of the training profile that the model carries; rows without
/// a value are a bin of their own.
public struct FeatureDrift: Sendable, Equatable, Codable {
  /// A stability index from here on is commonly read as a change that calls for action (Siddiqi,
  /// "Credit Risk Scorecards", 2006).
  public static let largeIndex = 0.25

  /// The feature, by its name in the model's input.
  public let feature: String
  /// The population stability index over all bins: Σ (q - p) ln (q / p) over the shares p at
  /// training and q now, in nats; 0 for no change. Half a row is added to every bin that either
  /// side uses, so that an empty one counts by the size of the tables and not without bound.
  public let stabilityIndex: Double
  /// The same against training rows weighted to have the classes in the shares of these rows: what
  /// is left when the mix of classes does not count. Nil where a class has no training rows.
  public let stabilityIndexAtSameClasses: Double?
  /// The largest distance of the cumulative shares of the rows that have a value, at the edges of
  /// the bins: the Kolmogorov-Smirnov distance of the binned values, and never more than that of
  /// the values themselves. Nil for a category, and where a side has no value.
  public let kolmogorovSmirnov: Double?
  /// The share of the training rows without a value.
  public let missingAtTraining: Double
  /// The share of the rows without a value.
  public let missing: Double
  /// What rows drawn from the training rows themselves exceed in one table of a thousand.
  public let chanceIndex: Double

  /// Whether the index is large, and larger than tables of this size show by chance.
  public var isDrifted: Bool {
    stabilityIndex >= FeatureDrift.largeIndex && stabilityIndex > chanceIndex
  }

  /// Whether the feature has moved within the classes, too, and not by their mix alone.
  public var isDriftedWithinClasses: Bool {
    guard let index = stabilityIndexAtSameClasses else { return isDrifted }
    return isDrifted && index >= FeatureDrift.largeIndex && index > chanceIndex
  }

  private enum CodingKeys: String, CodingKey {
    case feature, missing
    case stabilityIndex = "psi"
    case stabilityIndexAtSameClasses = "psi_at_same_classes"
    case kolmogorovSmirnov = "ks"
    case missingAtTraining = "missing_at_training"
    case chanceIndex = "psi_by_chance"
  }
}
