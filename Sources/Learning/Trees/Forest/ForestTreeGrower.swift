import FeatureTables
import Models

/// Grows one tree of a forest, depth first, with columns drawn anew at each node.
struct ForestTreeGrower {
  private let table: BinnedMatrix<UInt16>
  private let learner: RandomForest
  private let columnsPerSplit: Int
  private let partition: ForestPartition
  private let search: ForestSplitSearch
  /// How often each row counts.
  private let counts: [Int32]
  private let rows: ClassedRows
  private let classCount: Int
  /// What a unit of weight is.
  private let unit: Double
  private var generator: RandomGenerator
  /// All columns of the feature matrix; drawing moves them about.
  private var drawable: [Int]
  private var builder: TreeBuilder

  /// - Parameters:
  ///   - rows: in the order of the table.
  ///   - order: that rows were brought into; they are drawn by their former places.
  ///   - generator: of this tree.
  ///   - workspace: for as many rows as the table has.
  init(
    learner: RandomForest, table: BinnedMatrix<UInt16>, rows: ClassedRows,
    order: ForestRowOrder, generator: RandomGenerator, workspace: ForestWorkspace
  ) {
    var generator = generator
    let bootstrap = Bootstrap(
      rowCount: rows.count, isDrawn: learner.bootstrap, generator: &generator)
    let counts = order.reordered(bootstrap.counts)
    let total = rows.weights.sum(times: counts)
    // Squares of sums have to fit in 63 bits.
    let factor = FixedPoint.factor(for: total, bits: 30)
    partition = ForestPartition(workspace, counts: counts) { row in
      let weight = Double(counts[row]) * rows.weights.values[row]
      // A row that counts is at least one unit.
      let units = UInt32(max(1, FixedPoint.round(weight * factor)))
      return ForestRow(classCode: Int(rows.codes[row]), units: units)
    }
    self.learner = learner
    self.table = table
    self.rows = rows
    self.counts = counts
    self.generator = generator
    unit = 1 / factor
    classCount = rows.classCount
    columnsPerSplit = learner.featuresPerSplit.count(of: table.representatives.count)
    search = ForestSplitSearch(workspace, minSamplesLeaf: learner.minSamplesLeaf)
    drawable = Array(table.representatives.indices)
    builder = TreeBuilder(outputCount: rows.classCount)
  }

  consuming func grow() -> DecisionTree {
    let all = 0..<partition.count
    var waiting = [
      ForestNode(
        node: builder.addLeaf(), depth: 0, range: all,
        totals: partition.totals(of: all, classCount: classCount),
        constants: ColumnSet(columnCount: table.columns.count))
    ]
    while var node = waiting.popLast() {
      if let split = split(of: &node) {
        let children = divide(node, by: split)
        waiting.append(children.right)
        waiting.append(children.left)
      } else {
        finish(node)
      }
    }
    return builder.finish()
  }

  /// The best test among drawn columns; the drawing goes on until one of them can divide the node.
  private mutating func split(of node: inout ForestNode) -> ForestSplit? {
    guard !node.isPure, node.range.count >= 2 * learner.minSamplesLeaf,
      node.depth < learner.depth ?? Int.max
    else { return nil }
    search.begin(node)
    var best: ForestSplit?
    var canDivide = false
    for drawn in drawable.indices {
      if drawn >= columnsPerSplit && canDivide { break }
      drawable.swapAt(drawn, drawn + generator.below(drawable.count - drawn))
      guard let column = table.representatives[drawable[drawn]], !node.constants.contains(column)
      else { continue }
      switch outcome(of: column, in: node, beating: best?.score ?? -.infinity) {
      case .constant: node.constants.insert(column)
      case .none: canDivide = true
      case .split(let split):
        canDivide = true
        best = split
      }
    }
    return best
  }

  private mutating func outcome(
    of index: Int, in node: ForestNode, beating score: Double
  ) -> ForestSplitSearch.Outcome {
    let column = table.columns[index]
    return learner.extraRandomized
      ? search.searchRandomly(
        index, column: column, partition: partition, range: node.range, beating: score,
        generator: &generator)
      : search.search(
        index, column: column, partition: partition, range: node.range, beating: score)
  }

  private mutating func divide(
    _ node: ForestNode, by split: ForestSplit
  ) -> (left: ForestNode, right: ForestNode) {
    let column = table.columns[split.column]
    let middle = partition.divide(
      node.range,
      by: CodeTest(column, bin: split.code, missingGoesLeft: split.missingGoesLeft ?? false))
    let (left, right) = (node.range.lowerBound..<middle, middle..<node.range.upperBound)
    let isLeftSmaller = left.count <= right.count
    let smaller = partition.totals(of: isLeftSmaller ? left : right, classCount: classCount)
    let larger = zip(node.totals, smaller).map { $0 - $1 }
    let (leftTotals, rightTotals) = isLeftSmaller ? (smaller, larger) : (larger, smaller)
    // Nothing missing to learn from: missing values go with most of the weight.
    let isLeftHeavier = leftTotals.reduce(0, +) >= rightTotals.reduce(0, +)
    let child = builder.split(
      node.node, feature: column.source, threshold: split.threshold,
      missingGoesLeft: split.missingGoesLeft ?? isLeftHeavier,
      gain: max(0, split.score - GiniScan.score(of: node.totals)) * unit)
    return (
      ForestNode(
        node: child, depth: node.depth + 1, range: left,
        totals: leftTotals, constants: node.constants),
      ForestNode(
        node: child + 1, depth: node.depth + 1, range: right,
        totals: rightTotals, constants: node.constants)
    )
  }

  /// The share of each class in the weights of the leaf's rows, added in their order.
  private mutating func finish(_ leaf: ForestNode) {
    var values = [Double](repeating: 0, count: classCount)
    for place in leaf.range {
      let row = Int(partition.indices[place])
      let weight = Double(counts[row]) * rows.weights.values[row]
      values[partition.rows[place].classCode] += weight
    }
    let total = values.reduce(0, +)
    builder.setLeaf(leaf.node, values: values.map { $0 / total }, cover: total)
  }
}
