/// One binary tree as parallel arrays over its nodes; node 0 is the root and a child always has a
/// greater index than its parent.
///
/// A row goes left where its value, rounded to Float, is at most the threshold; a missing value
/// goes where `missingGoesLeft` says.
public struct DecisionTree: Sendable, Equatable {
  /// The column tested at each node; -1 marks a leaf.
  public var features: [Int32]
  /// What the value at each node is compared with; means nothing at leaves.
  public var thresholds: [Float]
  /// Children; 0 at leaves.
  public var lefts: [Int32]
  /// The other children; 0 at leaves.
  public var rights: [Int32]
  /// Where a row without a value goes at each node; means nothing at leaves.
  public var missingGoesLeft: [Bool]
  /// How much the split improved the objective; 0 at leaves.
  public var gains: [Double]
  /// The weight of the training rows that reached the node.
  public var covers: [Double]
  /// What a leaf says: `outputCount` numbers a node, node-major; 0 at inner nodes.
  public var values: [Double]
  /// Numbers that a leaf says: one for boosting, one a class for a forest.
  public let outputCount: Int

  /// Nothing is checked here. To predict, each array needs one entry a node and `values` needs
  /// `outputCount` of them, with nodes in the order stated above.
  public init(
    features: [Int32], thresholds: [Float], lefts: [Int32], rights: [Int32],
    missingGoesLeft: [Bool], gains: [Double], covers: [Double], values: [Double], outputCount: Int
  ) {
    self.features = features
    self.thresholds = thresholds
    self.lefts = lefts
    self.rights = rights
    self.missingGoesLeft = missingGoesLeft
    self.gains = gains
    self.covers = covers
    self.values = values
    self.outputCount = outputCount
  }

  /// Nodes, leaves included.
  public var nodeCount: Int { features.count }
  /// Nodes that test nothing.
  public var leafCount: Int { features.count { $0 < 0 } }

  /// For each leaf how many leaves come before it; 0 at inner nodes.
  func leafRanks() -> [Int32] {
    var count: Int32 = 0
    return features.map { feature in
      guard feature < 0 else { return 0 }
      count += 1
      return count - 1
    }
  }

  /// What the leaves say, in the order of `leafRanks`.
  func leafValues() -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(leafCount * outputCount)
    for node in features.indices where features[node] < 0 {
      for output in 0..<outputCount { result.append(values[node * outputCount + output]) }
    }
    return result
  }
}
