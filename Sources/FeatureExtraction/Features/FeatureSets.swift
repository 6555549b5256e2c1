import FeatureTables

/// The feature sets by name.
public enum FeatureSets {
  package static let all: [any FlowFeatureSet.Type] = [
    FlowMeterFeatures.self, FlowMeter2Features.self, CICFeatures.self, CICExtendedFeatures.self,
    CIC2017Features.self, CIC2022Features.self,
  ]

  /// The names that `named` and the command line take.
  public static var names: [String] { all.map { $0.identifier } }

  /// The features of a set in order, with their units.
  /// - Throws: `DataError` of kind `usage` that lists the known sets.
  public static func schema(named name: String) throws(DataError) -> FeatureSchema {
    try named(name).schema
  }

  /// Bytes that a flow takes in memory while it is open, its place in the index included.
  /// - Throws: as `schema(named:)`.
  public static func stateBytes(of name: String) throws(DataError) -> Int {
    func bytes<FeatureSet: FlowFeatureSet>(_ set: FeatureSet.Type) -> Int {
      FlowTable<FeatureSet.Assembly, FeatureSet.Accumulators>.bytesPerFlow
    }
    return bytes(try named(name))
  }

  /// The column names that the original tool gave to the features of a set, in order.
  /// - Throws: as `schema(named:)`.
  public static func publishedNames(of name: String) throws(DataError) -> [String] {
    func names<FeatureSet: FlowFeatureSet>(_ set: FeatureSet.Type) -> [String] {
      set.definitions.map(\.publishedName)
    }
    return names(try named(name))
  }

  /// - Throws: as `schema(named:)`.
  package static func named(_ name: String) throws(DataError) -> any FlowFeatureSet.Type {
    if let set = all.first(where: { $0.identifier == name }) { return set }
    throw DataError(
      .usage, file: "feature set '\(name)'", problem: "is not known",
      remedy: "the known sets are: \(names.joined(separator: ", "))")
  }
}
