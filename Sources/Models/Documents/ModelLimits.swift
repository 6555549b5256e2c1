/// Bounds on what a model document may ask for before it is believed.
public struct ModelLimits: Sendable {
  /// Bytes of the document after decompression.
  public var bytes = 2 << 30
  public var features = 65_536
  public var categoriesPerFeature = 65_536
  public var classes = 4_096
  public var trees = 100_000
  public var nodesPerTree = 20_000_000
  /// Steps from the root of a tree to its deepest leaf.
  public var treeDepth = 4_096

  public init() {}
}
