/// Bounds on what a model document may ask for before it is believed.
public struct ModelLimits: Sendable {
  /// Bytes of the document after decompression.
  public var bytes = 2 << 30
  /// Input features, before categories get columns of their own.
  public var features = 65_536
  /// Categories of one feature that get a column of their own.
  public var categoriesPerFeature = 65_536
  /// Classes of the model.
  public var classes = 4_096
  /// Trees of a forest or of all rounds of boosting.
  public var trees = 100_000
  /// Nodes of one tree, leaves included.
  public var nodesPerTree = 20_000_000
  /// Steps from the root of a tree to its deepest leaf.
  public var treeDepth = 4_096

  /// The bounds that documents are read by where none are given.
  public init() {}
}
