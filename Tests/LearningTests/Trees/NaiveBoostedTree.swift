import FeatureTables
import Foundation

/// A round of boosting for two classes, written to be read: gradients as numbers, every threshold
/// between two neighbouring values tried, no bins, no histograms, nothing remembered.
final class NaiveBoostedTree {
  struct Split {
    var gain: Double
    var column: Int
    var threshold: Float
    var missingGoesLeft: Bool
  }

  final class Node {
    let rows: [Int]
    var split: Split?
    var children: (Node, Node)?
    /// Between what its value has to stay.
    var bounds: (low: Double, high: Double)
    init(_ rows: [Int], _ bounds: (Double, Double) = (-.infinity, .infinity)) {
      self.rows = rows
      self.bounds = bounds
    }
  }

  let matrix: FeatureMatrix
  let gradients: [Double]
  let hessians: [Double]
  let minSamplesLeaf: Int
  let l2: Double
  /// 1 or -1 for a column along which values may only rise or only fall.
  let directions: [Int: Double]
  let root: Node
  private(set) var leaves: [Node]

  init(
    _ matrix: FeatureMatrix, gradients: [Double], hessians: [Double], leaves leafCount: Int,
    minSamplesLeaf: Int, l2: Double, directions: [Int: Double] = [:]
  ) {
    self.matrix = matrix
    self.gradients = gradients
    self.hessians = hessians
    self.minSamplesLeaf = minSamplesLeaf
    self.l2 = l2
    self.directions = directions
    root = Node(Array(0..<matrix.rowCount))
    leaves = [root]
    root.split = bestSplit(of: root)
    while leaves.count < leafCount {
      let candidates = leaves.indices.filter { leaves[$0].split != nil }
      guard let next = candidates.max(by: { leaves[$0].split!.gain < leaves[$1].split!.gain })
      else { break }
      let node = leaves[next]
      let (left, right) = parts(of: node.rows, node.split!)
      let bounds = childBounds(of: node, node.split!, left, right)
      let children = (Node(left, bounds.0), Node(right, bounds.1))
      children.0.split = bestSplit(of: children.0)
      children.1.split = bestSplit(of: children.1)
      node.children = children
      leaves[next] = children.0
      leaves.append(children.1)
    }
  }

  /// Twice the drop of the loss, to second order, at the best value within the bounds.
  func score(_ rows: [Int], _ bounds: (low: Double, high: Double)) -> Double {
    let (gradient, hessian) = sums(rows)
    let value = value(rows, bounds)
    return -2 * gradient * value - (hessian + l2) * value * value
  }

  func value(_ node: Node) -> Double { value(node.rows, node.bounds) }

  private func value(_ rows: [Int], _ bounds: (low: Double, high: Double)) -> Double {
    let (gradient, hessian) = sums(rows)
    return min(bounds.high, max(bounds.low, -gradient / (hessian + l2)))
  }

  private func sums(_ rows: [Int]) -> (Double, Double) {
    (rows.reduce(0) { $0 + gradients[$1] }, rows.reduce(0) { $0 + hessians[$1] })
  }

  /// The direction of a split; 0 for none, also where it only asks whether there is a value.
  private func direction(of split: Split) -> Double {
    let values = (0..<matrix.rowCount).map { matrix.float($0, split.column) }
    return values.contains { $0 > split.threshold } ? directions[split.column] ?? 0 : 0
  }

  private func childBounds(
    of node: Node, _ split: Split, _ left: [Int], _ right: [Int]
  ) -> ((Double, Double), (Double, Double)) {
    let middle = (value(left, node.bounds) + value(right, node.bounds)) / 2
    let (lower, upper) = ((node.bounds.low, middle), (middle, node.bounds.high))
    switch direction(of: split) {
    case 1: return (lower, upper)
    case -1: return (upper, lower)
    default: return (node.bounds, node.bounds)
    }
  }

  func parts(of rows: [Int], _ split: Split) -> ([Int], [Int]) {
    let isLeft = { [matrix] (row: Int) -> Bool in
      let value = matrix.float(row, split.column)
      return value.isNaN ? split.missingGoesLeft : value <= split.threshold
    }
    return (rows.filter(isLeft), rows.filter { !isLeft($0) })
  }

  private func bestSplit(of node: Node) -> Split? {
    let (rows, bounds) = (node.rows, node.bounds)
    var best: Split?
    for column in 0..<matrix.columnCount {
      let present = Set(rows.map { matrix.float($0, column) }.filter { !$0.isNaN }).sorted()
      let hasMissing = rows.contains { matrix.float($0, column).isNaN }
      for missingGoesLeft in hasMissing ? [false, true] : [false] {
        for threshold in present {
          let candidate = Split(
            gain: 0, column: column, threshold: threshold, missingGoesLeft: missingGoesLeft)
          let (left, right) = parts(of: rows, candidate)
          guard min(left.count, right.count) >= minSamplesLeaf else { continue }
          let rise = value(right, bounds) - value(left, bounds)
          if direction(of: candidate) * rise < 0 { continue }
          let gain = score(left, bounds) + score(right, bounds) - score(rows, bounds)
          // Sums of floats differ in the last bits; what counts as better must be more than that.
          if gain > (best?.gain ?? 0) + 1e-9 {
            best = candidate
            best?.gain = gain
          }
        }
      }
    }
    return best
  }
}
