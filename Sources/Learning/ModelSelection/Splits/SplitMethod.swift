/// How rows are divided into those that teach a model and those that test it.
public enum SplitMethod: String, Sendable, Codable, CaseIterable {
  /// Rows of one connection, and rows with equal features, stay on one side; classes keep their
  /// proportions as far as the groups allow. The default: nothing else keeps the parts of a flow
  /// from being asked about after they were learned.
  case grouped
  /// Every row for itself; classes keep their proportions.
  case stratified
  /// Training rows start before the first test row.
  case time
  /// Every row for itself, classes as they fall.
  case random
}
