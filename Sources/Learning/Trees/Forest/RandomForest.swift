import FeatureTables
import Models
import Synchronization

/// A forest of trees, each grown on a bootstrap sample of the rows with columns drawn at each node
/// (Breiman, "Random Forests", Machine Learning 45, 2001); its answer is the mean of the class
/// frequencies in the leaves. Words and defaults are scikit-learn's.
///
/// Each tree draws from a stream of its own, so the same seed gives the same model, bit for bit,
/// for any number of threads.
public struct RandomForest: Learner, Equatable {
  /// How many columns are tried at a node, drawn anew for each.
  public enum FeaturesPerSplit: Sendable, Equatable {
    /// The root of their number, rounded down.
    case squareRoot
    /// The logarithm of their number to base 2, rounded down, at least 1.
    case logarithm
    /// Every one of them.
    case all
    /// A share of the columns, above 0 and up to 1.
    case fraction(Double)

    /// How many of `columnCount` columns, at least one, rounded down.
    func count(of columnCount: Int) -> Int {
      let wanted =
        switch self {
        case .squareRoot: Double(columnCount).squareRoot()
        case .logarithm: Double(max(0, Int.bitWidth - 1 - columnCount.leadingZeroBitCount))
        case .all: Double(columnCount)
        case .fraction(let share): share * Double(columnCount)
        }
      return max(1, Int(wanted))
    }
  }

  /// How many trees there are.
  public var trees = 100
  /// Tests above a leaf, at most; nil for any number.
  public var depth: Int?
  /// Columns that are tried at a node.
  public var featuresPerSplit = FeaturesPerSplit.squareRoot
  /// Rows of a leaf, at least; a row counts once however often it was drawn.
  public var minSamplesLeaf = 1
  /// Whether each tree draws its rows, with replacement; if not, it has them all.
  public var bootstrap = true
  /// Whether a column is tried at one random threshold instead of all: extremely randomized trees,
  /// which by default have all rows (`extremelyRandomized`).
  public var extraRandomized = false
  /// How much a row of each class counts; multiplied with the weights of the rows.
  public var classWeight = ClassWeight.none
  /// What the draws of rows, columns and thresholds start from.
  public var seed: UInt64

  /// The defaults of the command line.
  public init(seed: UInt64 = 0) { self.seed = seed }

  /// Grows the trees; each gets random numbers of its own.
  /// - Throws: `FitError`.
  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    try fit(
      matrix, labels: labels, weights: weights, course: TreeFitCourse(), parallel: parallel)
  }

  /// The same, with what goes along with a long fit.
  /// - Throws: `FitError`.
  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, course: TreeFitCourse,
    parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    try checkHyperparameters()
    return try grow(
      TrainingRows(matrix, labels: labels, weights: weights, classWeight: classWeight),
      classCount: labels.classes.count, course: course, parallel: parallel)
  }

  /// The same with defaults of extremely randomized trees: random thresholds, and all rows in each
  /// tree.
  public static func extremelyRandomized(seed: UInt64 = 0) -> RandomForest {
    var forest = RandomForest(seed: seed)
    (forest.extraRandomized, forest.bootstrap) = (true, false)
    return forest
  }

  func grow(
    _ rows: TrainingRows, classCount: Int, course: TreeFitCourse, parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    let startCount = try course.startCount(
      outputs: 1, of: trees, featureCount: rows.matrix.columnCount, classCount: classCount)
    let table = try BinnedMatrix<UInt16>(rows.matrix, limit: Int(UInt16.max), parallel: parallel)
    let workspaces = ForestWorkspacePool(
      rowCount: rows.codes.count, classCount: classCount,
      hasMissing: table.columns.contains { $0.hasMissing })
    let given = ClassedRows(codes: rows.codes, weights: rows.weights, classCount: classCount)
    let order = workspaces.with { ForestRowOrder(table, given, seed: seed, workspace: $0) }
    parallel.forEach(table.columns.count) { order.reorder(table.columns[$0].codes) }
    let classed = ClassedRows(
      codes: order.reordered(rows.codes), weights: order.reordered(rows.weights),
      classCount: classCount)
    let ensemble = { (trees: [DecisionTree]) in
      TreeEnsemble(
        featureCount: rows.matrix.columnCount, classCount: classCount, combination: .mean,
        baseScores: [], trees: trees)
    }
    var grown = course.start?.trees ?? []
    let done = Atomic<Int>(startCount)
    while true {
      let first = grown.count
      // Trees of one part are kept together; without anybody who keeps them there is one part.
      let count = min(trees - first, course.keep == nil ? trees : course.interval)
      grown += parallel.map(count) { number in
        let tree = workspaces.with { workspace in
          ForestTreeGrower(
            learner: self, table: table, rows: classed, order: order,
            generator: generator(tree: first + number), workspace: workspace
          ).grow()
        }
        course.report?(done.wrappingAdd(1, ordering: .relaxed).newValue, trees)
        return tree
      }
      guard grown.count < trees else { return ensemble(grown) }
      try course.keep?(ensemble(grown))
    }
  }

  func generator(tree: Int) -> RandomGenerator {
    RandomGenerator(seed: seed, stream: UInt64(tree))
  }
}
