/// How a flow table is written where there is a choice.
public struct TableStyle: Sendable, Equatable {
  /// What the columns of features are called.
  public enum Names: String, Sendable, CaseIterable {
    /// The names of the schema, in snake_case.
    case own
    /// Those of the tool that the feature set comes from.
    case published
  }

  /// What the columns of features are called.
  public var names = Names.own
  /// Whether `Infinity` and `NaN` are written as such, as CICFlowMeter does; else what is not
  /// finite is an empty cell (NaN in a matrix file).
  public var writesNonfinite = false

  /// Own names, and empty cells for what is not finite.
  public init() {}
}
