import FeatureTables

extension TreeEnsemble {
  func write(to writer: inout JSONWriter, parallel: Parallel) {
    writer.member("base_scores", numbers: baseScores)
    writer.key("trees")
    writer.objects(trees, parallel: parallel) { writer, tree in tree.write(to: &writer) }
  }
}

extension DecisionTree {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.key("feature")
    writer.integers(features)
    writer.key("threshold")
    writer.numbers(thresholds)
    writer.key("left")
    writer.integers(lefts)
    writer.key("right")
    writer.integers(rights)
    writer.key("missing_left")
    writer.flags(missingGoesLeft)
    writer.key("gain")
    writer.numbers(gains)
    writer.key("cover")
    writer.numbers(covers)
    writer.key("value")
    writer.numbers(values)
  }
}

extension ModelReader {
  /// - Parameter combination: the one that goes with the type of the estimator.
  func ensemble(
    _ element: JSONElement, _ combination: TreeEnsemble.Combination, featureCount: Int,
    classCount: Int
  ) throws(DataError) -> TreeEnsemble {
    let margins = combination == .mean || classCount > 2 ? classCount : 1
    let baseScores = try element.member("base_scores")
      .doubles(count: combination == .mean ? 0 : margins)
    let treesElement = try element.member("trees")
    let elements = try treesElement.elements()
    guard elements.count <= limits.trees else {
      throw treesElement.failure("more than \(limits.trees) trees")
    }
    if combination == .mean, elements.isEmpty {
      throw treesElement.failure("a forest has at least one tree")
    }
    if combination == .sum, !elements.count.isMultiple(of: margins) {
      throw treesElement.failure("\(elements.count) trees cannot be shared by \(margins) classes")
    }
    let outputs = combination == .mean ? classCount : 1
    let results = parallel.map(elements.count) { index in
      Result { () throws(DataError) in
        try tree(elements[index], featureCount: featureCount, outputCount: outputs)
      }
    }
    var trees: [DecisionTree] = []
    for (result, element) in zip(results, elements) {
      let tree = try result.get()
      if combination == .mean { try checkFrequencies(of: tree, element) }
      trees.append(tree)
    }
    return TreeEnsemble(
      featureCount: featureCount, classCount: classCount, combination: combination,
      baseScores: baseScores, trees: trees)
  }

  private func tree(
    _ element: JSONElement, featureCount: Int, outputCount: Int
  ) throws(DataError) -> DecisionTree {
    let tree = DecisionTree(
      features: try element.member("feature").int32s(),
      thresholds: try element.member("threshold").floats(),
      lefts: try element.member("left").int32s(), rights: try element.member("right").int32s(),
      missingGoesLeft: try element.member("missing_left").flags(),
      gains: try element.member("gain").doubles(), covers: try element.member("cover").doubles(),
      values: try element.member("value").doubles(), outputCount: outputCount)
    try checkLengths(of: tree, element)
    try TreeShape(limits: limits, featureCount: featureCount).check(tree, element)
    return tree
  }

  private func checkLengths(of tree: DecisionTree, _ element: JSONElement) throws(DataError) {
    let nodes = tree.nodeCount
    guard 1...limits.nodesPerTree ~= nodes else {
      throw try element.member("feature")
        .failure("\(nodes) nodes, and 1 to \(limits.nodesPerTree) are possible")
    }
    let lengths = [
      ("threshold", tree.thresholds.count, nodes), ("left", tree.lefts.count, nodes),
      ("right", tree.rights.count, nodes), ("missing_left", tree.missingGoesLeft.count, nodes),
      ("gain", tree.gains.count, nodes), ("cover", tree.covers.count, nodes),
      ("value", tree.values.count, nodes * tree.outputCount),
    ]
    for (name, count, expected) in lengths where count != expected {
      throw try element.member(name)
        .failure("\(count) numbers, and there must be \(expected)")
    }
  }

  private func checkFrequencies(
    of tree: DecisionTree, _ element: JSONElement
  ) throws(DataError) {
    for node in 0..<tree.nodeCount where tree.features[node] < 0 {
      let start = node * tree.outputCount
      guard isDistribution(tree.values[start..<start + tree.outputCount]) else {
        throw try element.member("value").failure(
          "the numbers of a leaf are not from 0 to 1 with a sum of 1", at: start)
      }
    }
  }
}
