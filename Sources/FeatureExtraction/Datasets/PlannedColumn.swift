import FeatureTables

/// A column of a file, with what it is used for.
struct PlannedColumn: Sendable {
  enum Role: Equatable, Sendable {
    case numeric
    case categorical
    /// Numbers or names: decided when the column has been read.
    case open
    /// Only derived features are made of it.
    case input
    case label
    case excluded(ExcludedColumn.Reason, String)
  }

  /// As in the file, blanks stripped.
  let header: String
  /// As in our tables.
  var name: String
  var role: Role
  var unit: Unit
  /// From the file's unit to ours.
  var scale: Double
  var comparability: Comparability?
  /// The column that this one must equal.
  var copyOf: Int?
  /// Whether its text is part of the rows' identity.
  var isIdentity = false
  /// Whether it was asked for although it is left out by default.
  var isIncluded = false

  /// The names of identity columns that are kept as text.
  static let identityNames: Set<String> = [
    "flow_id", "community_id", "source_address", "source_port", "destination_address",
    "destination_port", "protocol", "start_time", "end_time", "capture",
  ]
}
