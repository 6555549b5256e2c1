/// A test on one column that divides a node of a forest's tree.
struct ForestSplit: Sendable, Equatable {
  /// Index into the columns of the binned matrix.
  var column: Int
  /// The greatest code that goes left, and the threshold that says the same of floats.
  var code: Int
  var threshold: Float
  /// The purity of both sides, in units: what is maximized.
  var score: Double
  /// Nil where the node has no missing value to learn it from.
  var missingGoesLeft: Bool?
}
