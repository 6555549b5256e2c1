import FeatureTables
import Models

/// Gradient boosting of trees on binned histograms with integer sums: binary logistic loss for two
/// classes, softmax with a tree a class and round for more.
///
/// The same seed gives the same model, bit for bit, for any number of threads and, without row
/// sampling, any order of the rows. Words and defaults are LightGBM's (Ke et al., "LightGBM: A
/// Highly Efficient Gradient Boosting Decision Tree", NIPS 2017).
public struct GradientBoosting: Learner, Equatable {
  /// Which leaf of a growing tree is split next. The raw value is the word after `growth=`.
  public enum Growth: String, Sendable, CaseIterable {
    /// Splits the leaf that gains most.
    case leafwise
    /// Splits all leaves of a level before those of the next.
    case depthwise
  }

  /// How the rows that a round grows on are chosen. The raw value is the word after `sampling=`.
  public enum Sampling: String, Sendable, CaseIterable {
    /// All rows, or a share of them (`subsample`), each with the same chance.
    case uniform
    /// Those with the largest gradients, and a sample of the others that counts for all of them:
    /// gradient-based one-side sampling (Ke et al., algorithm 2).
    case goss
  }

  /// Rounds at most; a round is one tree for two classes, else one a class.
  public var trees = 100
  /// Factor of every leaf.
  public var learningRate = 0.1
  /// Leaves of a tree, at most.
  public var leaves = 31
  /// Tests above a leaf, at most; nil for any number.
  public var depth: Int?
  /// Rows of a leaf, at least.
  public var minSamplesLeaf = 20
  /// Sum of Hessians of a leaf, at least.
  public var minChildWeight = 1e-3
  /// What the gain of a split has to exceed.
  public var minGain = 0.0
  /// Added to the Hessians of a leaf.
  public var l2 = 0.0
  /// The farthest that a leaf may move a margin, before `learningRate`. Where a rare class is
  /// nearly certain the Hessian of its one wrong row all but vanishes, the Newton step explodes,
  /// and with it the model; a bounded step gets there in a few rounds instead. LightGBM and
  /// XGBoost have no bound by default.
  public var maxStep = 10.0
  /// Share of the rows, drawn anew for each round, that its trees grow on.
  public var subsample = 1.0
  /// How the rows of a round are chosen.
  public var sampling = Sampling.uniform
  /// With `goss` the share of the rows that a round takes for their large gradients.
  public var topRate = 0.2
  /// With `goss` the share of the rows that a round draws from the others, whose gradients are
  /// then multiplied by (1 - `topRate`) / `otherRate`.
  public var otherRate = 0.1
  /// Share of the columns, drawn anew for each tree, that may split.
  public var featureFraction = 1.0
  /// Bins a column at most, without that of missing values.
  public var bins = 255
  /// Which leaf is split next.
  public var growth = Growth.leafwise
  /// Rounds without a better log loss of the validation rows after which to stop; nil for never.
  public var earlyStoppingRounds: Int?
  /// Columns along which the margin never falls, or never rises; for two classes. Leaves keep to
  /// the middle of the steps of the split above them (LightGBM's `basic` method).
  public var monotoneConstraints = MonotoneConstraints()
  /// How much a row of each class counts; multiplied with the weights of the rows.
  public var classWeight = ClassWeight.none
  /// What sampling of rows and columns starts from.
  public var seed: UInt64

  /// The defaults of the command line.
  public init(seed: UInt64 = 0) { self.seed = seed }

  /// - Throws: `FitError`; also where `earlyStoppingRounds` is set, as there is nothing to stop by.
  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> TreeEnsemble {
    try fit(matrix, labels: labels, weights: weights, validation: nil, parallel: parallel).model
  }

  /// A model and how its loss came down.
  public struct Fit: Sendable {
    /// The rounds that were kept, up to the best by the validation rows.
    public let model: TreeEnsemble
    /// Mean log loss of the validation rows after each round that was tried; empty without them.
    public let validationLosses: [Double]
    /// Rounds that the model kept.
    public let rounds: Int
  }

  /// Fits, and stops early where the validation rows say so.
  /// - Parameters:
  ///   - labels: one code a row, none unlabeled.
  ///   - weights: one a row, none negative; nil for 1 each. Multiplied with class weights.
  ///   - validation: rows to judge by, which are not trained on, with the classes of `labels`.
  ///   - course: what the fit begins with, tells and keeps.
  /// - Throws: `FitError`.
  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, validation: ValidationRows?,
    course: TreeFitCourse = TreeFitCourse(), parallel: Parallel
  ) throws(FitError) -> Fit {
    try checkHyperparameters()
    try checkSampling()
    try checkValidation(validation, matrix: matrix, labels: labels)
    let classCount = labels.classes.count
    _ = try course.startCount(
      outputs: classCount == 2 ? 1 : classCount, of: trees, featureCount: matrix.columnCount,
      classCount: classCount)
    let rows = try TrainingRows(
      matrix, labels: labels, weights: weights, classWeight: classWeight)
    let table = try BinnedMatrix<UInt8>(rows.matrix, limit: bins, parallel: parallel)
    var boosting = try BoostingRun(
      learner: self, table: table,
      rows: ClassedRows(codes: rows.codes, weights: rows.weights, classCount: classCount),
      directions: directions(of: table, schema: matrix.schema, classCount: classCount),
      start: course.start.map { BoostingStart(trees: $0, matrix: rows.matrix) },
      parallel: parallel)
    var stopping = validation.map {
      EarlyStopping(
        $0, baseScores: boosting.baseScores, patience: earlyStoppingRounds, parallel: parallel)
    }
    for round in 0..<boosting.rounds where stopping?.hasEnded == false {
      stopping?.add(boosting.trees(ofRound: round), parallel: parallel)
    }
    while boosting.rounds < trees, stopping?.hasEnded != true {
      let grown = boosting.addRound()
      stopping?.add(grown, parallel: parallel)
      course.report?(boosting.rounds, trees)
      if boosting.rounds < trees, boosting.rounds.isMultiple(of: course.interval) {
        try course.keep?(
          boosting.model(rounds: boosting.rounds, featureCount: matrix.columnCount))
      }
    }
    let kept = stopping?.bestRounds ?? boosting.rounds
    return Fit(
      model: boosting.model(rounds: kept, featureCount: matrix.columnCount),
      validationLosses: stopping?.losses ?? [], rounds: kept)
  }

  private func checkSampling() throws(FitError) {
    guard sampling == .goss else { return }
    if subsample < 1 {
      throw FitError.hyperparameter(
        name: "subsample", value: "\(subsample)", allowed: "1 with sampling=goss")
    }
    if topRate + otherRate > 1 {
      throw FitError.hyperparameter(
        name: "top_rate", value: "\(topRate)", allowed: "at most 1 together with other_rate")
    }
  }

  private func checkValidation(
    _ validation: ValidationRows?, matrix: FeatureMatrix, labels: Labels
  ) throws(FitError) {
    if let rounds = earlyStoppingRounds, validation == nil {
      throw FitError.hyperparameter(
        name: "early_stopping_rounds", value: "\(rounds)",
        allowed: "none where no validation rows are given")
    }
    if let validation {
      precondition(validation.labels.classes == labels.classes, "other classes to judge by")
      precondition(validation.matrix.columnCount == matrix.columnCount, "other columns")
    }
  }
}
