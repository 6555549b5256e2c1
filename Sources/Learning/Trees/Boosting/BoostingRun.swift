import FeatureTables
import Models

/// A fit under way: margins, and the trees so far.
struct BoostingRun {
  private let table: BinnedMatrix<UInt8>
  private let rows: ClassedRows
  private let objective: any BoostingObjective
  private let sampling: BoostingSampling
  /// Chooses the rows in place of `sampling`.
  private let gradientSampling: GradientSampling?
  private let limits: GrowthLimits
  private let division: NodeDivision
  private let parallel: Parallel
  private let margins: Buffer<Double>
  private let gradients: Buffer<GradientSum>
  private var trees: [DecisionTree] = []
  let baseScores: [Double]
  private(set) var rounds = 0

  private static let rowsPerBlock = 8_192
  /// Rows of a leaf that one thread moves at a time.
  private static let placesPerPiece = 1 << 16

  init(
    learner: GradientBoosting, table: BinnedMatrix<UInt8>, rows: ClassedRows,
    directions: [MonotoneConstraints.Direction?], start: BoostingStart?, parallel: Parallel
  ) {
    self.table = table
    self.rows = rows
    self.parallel = parallel
    objective =
      rows.classCount == 2
      ? LogisticObjective(rows: rows) : SoftmaxObjective(rows: rows, outputCount: rows.classCount)
    sampling = BoostingSampling(
      seed: learner.seed, rowCount: rows.count, rowShare: learner.subsample,
      columnCount: table.columns.count, columnShare: learner.featureFraction)
    gradientSampling =
      learner.sampling == .goss
      ? GradientSampling(
        seed: learner.seed, topRate: learner.topRate, otherRate: learner.otherRate) : nil
    limits = GrowthLimits(
      leaves: learner.leaves, depth: learner.depth ?? Int.max,
      minSamplesLeaf: learner.minSamplesLeaf, minChildWeight: learner.minChildWeight,
      minGain: learner.minGain, l2: learner.l2, maxStep: learner.maxStep,
      learningRate: learner.learningRate,
      growth: learner.growth,
      scale: GradientScale(rowCount: rows.count, largestWeight: rows.weights.largest),
      directions: directions)
    division = NodeDivision(
      table: table, rows: JointRows(table, parallel: parallel), limits: limits, parallel: parallel)
    baseScores = start?.trees.baseScores ?? objective.baseScores
    trees = start?.trees.trees ?? []
    rounds = trees.count / objective.outputCount
    let (count, outputs) = (rows.count, objective.outputCount)
    margins = Buffer(count: count * outputs, repeating: 0)
    gradients = Buffer(count: count * outputs, repeating: .zero)
    for output in 0..<outputs {
      for row in 0..<count { unsafe margins.base[output * count + row] = baseScores[output] }
    }
    start?.fill(margins, parallel: parallel)
  }

  /// The trees of a round, in the order of outputs.
  func trees(ofRound round: Int) -> [DecisionTree] {
    Array(trees[round * objective.outputCount..<(round + 1) * objective.outputCount])
  }

  /// Adds one tree for each output.
  /// - Returns: the trees, in the order of outputs.
  mutating func addRound() -> [DecisionTree] {
    fillGradients()
    let outputs = objective.outputCount
    let (drawn, weights) = drawRows()
    // With an output for each thread, whole trees are the better parts.
    let treesAtOnce = outputs >= parallel.threads
    let inside = treesAtOnce ? division.onOneThread : division
    let grow = { @Sendable [self] (output: Int) -> DecisionTree in
      addTree(output, drawn: drawn, weights: weights, division: inside)
    }
    let grown = treesAtOnce ? parallel.map(outputs, grow) : (0..<outputs).map(grow)
    trees += grown
    rounds += 1
    return grown
  }

  func model(rounds: Int, featureCount: Int) -> TreeEnsemble {
    TreeEnsemble(
      featureCount: featureCount, classCount: rows.classCount, combination: .sum,
      baseScores: baseScores, trees: Array(trees.prefix(rounds * objective.outputCount)))
  }

  private func fillGradients() {
    let blocks = (rows.count + BoostingRun.rowsPerBlock - 1) / BoostingRun.rowsPerBlock
    parallel.forEach(blocks) { block in
      let start = block * BoostingRun.rowsPerBlock
      objective.fillGradients(
        gradients, margins: margins,
        rows: start..<min(start + BoostingRun.rowsPerBlock, rows.count), scale: limits.scale)
    }
  }

  /// The rows of the round and their weights; changes the gradients of rows that stand for others.
  private func drawRows() -> (BoostingSampling.Rows, RowWeights) {
    guard let gradientSampling else { return (sampling.rows(round: rounds), rows.weights) }
    let outputs = objective.outputCount
    let drawn = gradientSampling.draw(
      round: rounds, gradients: gradients, rowCount: rows.count, outputs: outputs,
      parallel: parallel)
    drawn.amplify(gradients, rowCount: rows.count, outputs: outputs, scale: limits.scale)
    return (drawn.rows, drawn.weights(rows.weights))
  }

  private func addTree(
    _ output: Int, drawn: BoostingSampling.Rows, weights: RowWeights, division: NodeDivision
  ) -> DecisionTree {
    let grower = BoostedTreeGrower(division: division, weights: weights)
    let partition = RowPartition(drawn.used)
    let grown = grower.grow(
      gradients, at: output * rows.count, partition: partition,
      columns: sampling.columns(tree: rounds * objective.outputCount + output))
    addMargins(
      of: grown, partition: partition, unused: drawn.unused, output: output,
      parallel: division.parallel)
    return grown.tree.tree
  }

  /// Rows that the tree grew on lie together by leaf; the others are walked down.
  private func addMargins(
    of grown: BoostedTree, partition: RowPartition, unused: [Int32], output: Int, parallel: Parallel
  ) {
    let pieces = grown.leaves.flatMap { leaf in
      stride(from: leaf.range.lowerBound, to: leaf.range.upperBound, by: Self.placesPerPiece)
        .map { ($0..<min($0 + Self.placesPerPiece, leaf.range.upperBound), leaf.value) }
    }
    let isLong = partition.rows.count > Self.placesPerPiece
    (isLong ? parallel : Parallel(threads: 1)).forEach(pieces.count) { number in
      // Safe: every row index is below the number of rows, every output below that of outputs, and
      // no row is in two leaves.
      let target = unsafe margins.base + output * rows.count
      let (places, value) = pieces[number]
      for place in places {
        unsafe target[Int(truncatingIfNeeded: partition.rows.base[place])] += value
      }
    }
    for row in unused {
      unsafe margins.base[output * rows.count + Int(row)] += grown.tree.value(
        of: Int(row), in: table)
    }
  }
}
