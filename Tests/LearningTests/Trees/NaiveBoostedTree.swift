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
    init(_ rows: [Int]) { self.rows = rows }
  }

  let matrix: FeatureMatrix
  let gradients: [Double]
  let hessians: [Double]
  let minSamplesLeaf: Int
  let l2: Double
  let root: Node
  private(set) var leaves: [Node]

  init(
    _ matrix: FeatureMatrix, gradients: [Double], hessians: [Double], leaves leafCount: Int,
    minSamplesLeaf: Int, l2: Double
  ) {
    self.matrix = matrix
    self.gradients = gradients
    self.hessians = hessians
    self.minSamplesLeaf = minSamplesLeaf
    self.l2 = l2
    root = Node(Array(0..<matrix.rowCount))
    leaves = [root]
    root.split = bestSplit(of: root.rows)
    while leaves.count < leafCount {
      let candidates = leaves.indices.filter { leaves[$0].split != nil }
      guard let next = candidates.max(by: { leaves[$0].split!.gain < leaves[$1].split!.gain })
      else { break }
      let node = leaves[next]
      let (left, right) = parts(of: node.rows, node.split!)
      let children = (Node(left), Node(right))
      children.0.split = bestSplit(of: left)
      children.1.split = bestSplit(of: right)
      node.children = children
      leaves[next] = children.0
      leaves.append(children.1)
    }
  }

  func score(_ rows: [Int]) -> Double {
    let gradient = rows.reduce(0) { $0 + gradients[$1] }
    return gradient * gradient / (rows.reduce(0) { $0 + hessians[$1] } + l2)
  }

  func value(_ node: Node) -> Double {
    -node.rows.reduce(0) { $0 + gradients[$1] }
      / (node.rows.reduce(0) { $0 + hessians[$1] } + l2)
  }

  func parts(of rows: [Int], _ split: Split) -> ([Int], [Int]) {
    let isLeft = { [matrix] (row: Int) -> Bool in
      let value = matrix.float(row, split.column)
      return value.isNaN ? split.missingGoesLeft : value <= split.threshold
    }
    return (rows.filter(isLeft), rows.filter { !isLeft($0) })
  }

  private func bestSplit(of rows: [Int]) -> Split? {
    var best: Split?
    for column in 0..<matrix.columnCount {
      let present = Set(rows.map { matrix.float($0, column) }.filter { !$0.isNaN }).sorted()
      let hasMissing = rows.contains { matrix.float($0, column).isNaN }
      for direction in hasMissing ? [false, true] : [false] {
        for threshold in present {
          let candidate = Split(
            gain: 0, column: column, threshold: threshold, missingGoesLeft: direction)
          let (left, right) = parts(of: rows, candidate)
          guard min(left.count, right.count) >= minSamplesLeaf else { continue }
          let gain = score(left) + score(right) - score(rows)
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
