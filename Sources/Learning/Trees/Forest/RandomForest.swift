import FeatureTables
import Models

/// A forest of trees, each grown on a bootstrap sample of the rows with columns drawn at each node
/// (Breiman, "Random Forests", Machine Learning 45, 2001); its answer is the mean of the class
/// frequencies in the leaves. Words and defaults are scikit-learn's.
///
/// Each tree draws from a stream of its own, so the same seed gives the same model, bit for bit,
/// for any number of threads.
public struct RandomForest: Learner, Equatable {
  public enum FeaturesPerSplit: Sendable, Equatable {
    case squareRoot
    case logarithm
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

  public var trees = 100
  /// Tests above a leaf, at most; nil for any number.
  public var depth: Int?
  /// Columns that are tried at a node.
  public var featuresPerSplit = FeaturesPerSplit.squareRoot
  /// Rows of a leaf, at least; a row counts once however often it was drawn.
  public var minSamplesLeaf = 1
  /// Whether each tree draws its rows, with replacement; if not, it has them all.
  public var bootstrap = true
  /// Whether a column is tried at one random threshold instead of all.
  public var extraRandomized = false
  public var classWeight = ClassWeight.none
  public var seed: UInt64

  public init(seed: UInt64 = 0) { self.seed = seed }

  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    try checkHyperparameters()
    return try grow(
      TrainingRows(matrix, labels: labels, weights: weights, classWeight: classWeight),
      classCount: labels.classes.count, parallel: parallel)
  }

  func grow(
    _ rows: TrainingRows, classCount: Int, parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    let table = try BinnedMatrix<UInt16>(rows.matrix, limit: Int(UInt16.max), parallel: parallel)
    let classed = ClassedRows(codes: rows.codes, weights: rows.weights, classCount: classCount)
    let grown = parallel.map(trees) { tree in
      ForestTreeGrower(
        learner: self, table: table, rows: classed, generator: generator(tree: tree)
      ).grow()
    }
    return TreeEnsemble(
      featureCount: rows.matrix.columnCount, classCount: classCount, combination: .mean,
      baseScores: [], trees: grown)
  }

  func generator(tree: Int) -> RandomGenerator {
    RandomGenerator(seed: seed, stream: UInt64(tree))
  }
}

extension RandomForest: NamedHyperparameters {
  public static let hyperparameters: [Hyperparameter<RandomForest>] = [
    .integer("trees", \.trees, 1...100_000),
    .optionalInteger("depth", none: "unlimited", \.depth, 1...1_000_000),
    Hyperparameter(
      name: "features_per_split", allowed: "sqrt, log2, all, or a fraction above 0, up to 1",
      text: { $0.featuresPerSplit.text }, isAllowed: { $0.featuresPerSplit.isValid },
      parse: { learner, text in
        guard let value = FeaturesPerSplit(text: text) else { return false }
        learner.featuresPerSplit = value
        return true
      }),
    .integer("min_samples_leaf", \.minSamplesLeaf, 1...Int(Int32.max)),
    .flag("bootstrap", \.bootstrap),
    .flag("extra_randomized", \.extraRandomized),
    .classWeight(\.classWeight),
  ]
}

extension RandomForest.FeaturesPerSplit {
  /// `sqrt`, `log2`, `all` or a number; nil for other text.
  init?(text: String) {
    switch text {
    case "sqrt": self = .squareRoot
    case "log2": self = .logarithm
    case "all": self = .all
    default:
      guard let share = Double(text) else { return nil }
      self = .fraction(share)
    }
  }

  var text: String {
    switch self {
    case .squareRoot: "sqrt"
    case .logarithm: "log2"
    case .all: "all"
    case .fraction(let share): "\(share)"
    }
  }

  var isValid: Bool {
    if case .fraction(let share) = self { return share > 0 && share <= 1 }
    return true
  }
}
