import Models

/// Shapley values of one tree by their definition: over all subsets of the columns, the output of
/// the tree where only the columns in the subset are known. What is not known is averaged by covers.
struct ReferenceShapley {
  let tree: DecisionTree
  let row: [Double]
  let output: Int

  /// One a column. Takes 2^columns walks.
  var values: [Double] {
    let count = row.count
    let factorials = (0...count).reduce(into: [1.0]) { $0.append($0[$1] * Double($1 + 1)) }
    return row.indices.map { column in
      var sum = 0.0
      for subset in 0..<1 << count where subset >> column & 1 == 0 {
        let size = subset.nonzeroBitCount
        let weight = factorials[size] * factorials[count - size - 1] / factorials[count]
        sum += weight * (expectation(knowing: subset | 1 << column) - expectation(knowing: subset))
      }
      return sum
    }
  }

  /// - Parameter subset: a bit a column.
  func expectation(knowing subset: Int, from node: Int = 0) -> Double {
    guard tree.features[node] >= 0 else { return tree.values[node * tree.outputCount + output] }
    let (left, right) = (Int(tree.lefts[node]), Int(tree.rights[node]))
    if subset >> Int(tree.features[node]) & 1 == 1 {
      return expectation(knowing: subset, from: goesLeft(at: node) ? left : right)
    }
    let (leftCover, rightCover) = (tree.covers[left], tree.covers[right])
    return
      (leftCover * expectation(knowing: subset, from: left)
      + rightCover * expectation(knowing: subset, from: right)) / (leftCover + rightCover)
  }

  private func goesLeft(at node: Int) -> Bool {
    let value = Float(row[Int(tree.features[node])])
    return value.isNaN ? tree.missingGoesLeft[node] : value <= tree.thresholds[node]
  }

  // MARK: - Algorithm 2

  /// The same by algorithm 2 of Lundberg et al. (2020), for trees over more columns than subsets
  /// can be counted of.
  var valuesByPaths: [Double] {
    var sums = [Double](repeating: 0, count: row.count)
    recurse(0, [], zero: 1, one: 1, column: -1, &sums)
    return sums
  }

  private struct Element {
    let column: Int
    let zero: Double
    let one: Double
    var weight: Double
  }

  private func recurse(
    _ node: Int, _ path: [Element], zero: Double, one: Double, column: Int, _ sums: inout [Double]
  ) {
    var path = extended(path, zero: zero, one: one, column: column)
    guard tree.features[node] >= 0 else {
      for index in path.indices.dropFirst() {
        let total = unwound(path, index).reduce(0) { $0 + $1.weight }
        sums[path[index].column] +=
          total * (path[index].one - path[index].zero)
          * tree.values[node * tree.outputCount + output]
      }
      return
    }
    let (left, right) = (Int(tree.lefts[node]), Int(tree.rights[node]))
    let (hot, cold) = goesLeft(at: node) ? (left, right) : (right, left)
    let total = tree.covers[left] + tree.covers[right]
    let tested = Int(tree.features[node])
    var (incomingZero, incomingOne) = (1.0, 1.0)
    if let index = path.firstIndex(where: { $0.column == tested }) {
      (incomingZero, incomingOne) = (path[index].zero, path[index].one)
      path = unwound(path, index)
    }
    recurse(
      hot, path, zero: incomingZero * tree.covers[hot] / total, one: incomingOne, column: tested,
      &sums)
    recurse(
      cold, path, zero: incomingZero * tree.covers[cold] / total, one: 0, column: tested, &sums)
  }

  private func extended(
    _ path: [Element], zero: Double, one: Double, column: Int
  ) -> [Element] {
    let length = path.count
    var path =
      path + [Element(column: column, zero: zero, one: one, weight: length == 0 ? 1 : 0)]
    for index in stride(from: length - 1, through: 0, by: -1) {
      path[index + 1].weight += one * path[index].weight * Double(index + 1) / Double(length + 1)
      path[index].weight *= zero * Double(length - index) / Double(length + 1)
    }
    return path
  }

  private func unwound(_ path: [Element], _ removed: Int) -> [Element] {
    let length = path.count - 1
    let (zero, one) = (path[removed].zero, path[removed].one)
    var weights = path.map(\.weight)
    var next = weights[length]
    for index in stride(from: length - 1, through: 0, by: -1) {
      if one != 0 {
        let old = weights[index]
        weights[index] = next * Double(length + 1) / (Double(index + 1) * one)
        next = old - weights[index] * zero * Double(length - index) / Double(length + 1)
      } else {
        weights[index] = weights[index] * Double(length + 1) / (zero * Double(length - index))
      }
    }
    var shortened = path
    shortened.remove(at: removed)
    for index in shortened.indices { shortened[index].weight = weights[index] }
    return shortened
  }
}

extension DecisionTree {
  /// The same tree with covers: those of leaves from `cover`, of others the sum of their children's.
  func covered(by cover: () -> Double) -> DecisionTree {
    var tree = self
    for node in stride(from: nodeCount - 1, through: 0, by: -1) {
      tree.covers[node] =
        features[node] < 0
        ? cover() : tree.covers[Int(lefts[node])] + tree.covers[Int(rights[node])]
    }
    return tree
  }
}
