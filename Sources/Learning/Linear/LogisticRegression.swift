import FeatureTables
import Models

/// Logistic regression: binary with one row of coefficients, multinomial (softmax) with one row a
/// class.
///
/// Minimizes the objective of scikit-learn's `LogisticRegression`,
/// `c` * sum over rows of weight * log loss + penalty, without penalty on the intercept, by
/// Newton's method. Columns are standardized inside, with the weighted mean and population
/// deviation of the rows; a missing value counts as the mean; a constant column gets coefficient 0.
///
/// Where the objective leaves coefficients open they are chosen so: with several classes, whatever
/// is not penalized sums to zero over the classes; of collinear columns without penalty, some
/// carry the whole effect and the others get 0. Of columns that are the same, value by value, the
/// first carries it where squares are not penalized; otherwise they share it alike.
public struct LogisticRegression: Learner, Equatable {
  /// What is added to the loss to keep coefficients small.
  public var penalty: Penalty
  /// The inverse strength of the penalty, above 0.
  public var c: Double
  /// The part of L1 in an elastic net, from 0 to 1; other penalties ignore it.
  public var l1Ratio: Double
  /// Whether margins have a constant term.
  public var intercept: Bool
  /// Whether the penalty is on the coefficients of standardized columns.
  public var standardize: Bool
  /// The fit ends when a Newton step can gain no more than this part of the objective.
  public var tolerance: Double
  /// Newton steps. A fit that needs more ends with `LogisticRegressionFit.isConverged` false, or
  /// fails where its last step still promised to gain more than 1e-4 of the objective.
  public var maximumIterations: Int
  /// How much a row of each class counts; multiplied with the weights of the rows.
  public var classWeight: ClassWeight

  /// The defaults are those of the command line. Bounds are checked by the fit, not here.
  public init(
    penalty: Penalty = .l2, c: Double = 1, l1Ratio: Double = 0.5, intercept: Bool = true,
    standardize: Bool = true, tolerance: Double = 1e-10, maximumIterations: Int = 100,
    classWeight: ClassWeight = .none
  ) {
    self.penalty = penalty
    self.c = c
    self.l1Ratio = l1Ratio
    self.intercept = intercept
    self.standardize = standardize
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.classWeight = classWeight
  }

  /// Fits from coefficients of 0 on, without an account of the solver.
  /// - Throws: as `fitWithReport`.
  public func fit(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]?, parallel: Parallel
  ) throws(FitError) -> LinearClassifier {
    try fitWithReport(matrix, labels: labels, weights: weights, parallel: parallel).model
  }

  /// Fits and says how well.
  /// - Parameters:
  ///   - labels: one code a row, none unlabeled.
  ///   - weights: one a row, none negative; nil for 1 each. Multiplied with class weights. They
  ///     count in means and deviations too, so that a row of weight 2 is the same as two rows.
  ///   - start: coefficients to start from, such as those of a neighbouring `c`; nil for
  ///     coefficients of 0 and the intercepts that are best with them. A model that lacks one of
  ///     the classes is as good as nil.
  ///   - standardErrors: whether the model has them, where they are defined; they cost one more
  ///     Hessian.
  /// - Throws: `FitError`; `separableClasses` without penalty where the columns tell all rows'
  ///   classes apart. Where they do so for some rows only, the optimum lies at infinity too: the
  ///   fit ends at large coefficients whose objective is within `tolerance` of the lowest.
  public func fitWithReport(
    _ matrix: FeatureMatrix, labels: Labels, weights: [Double]? = nil,
    parallel: Parallel = Parallel(), startingFrom start: LinearClassifier? = nil,
    standardErrors: Bool = false
  ) throws(FitError) -> LogisticRegressionFit {
    let rows = try LinearRows(matrix, weights: weights, parallel: parallel)
    return try fit(
      rows, labels: labels, startingFrom: start.map { [$0] } ?? [],
      standardErrors: standardErrors, parallel: parallel)
  }

  /// Fits to rows that other fits may use too.
  /// - Parameter starts: the fit begins at the one with the lowest objective, or at coefficients of
  ///   0 where that is lower yet; without one that knows all classes, as `fitWithReport` does.
  /// - Throws: as `fitWithReport`.
  package func fit(
    _ rows: LinearRows, labels: Labels, startingFrom starts: [LinearClassifier] = [],
    standardErrors: Bool = false, parallel: Parallel
  ) throws(FitError) -> LogisticRegressionFit {
    try checkHyperparameters()
    precondition(labels.count == rows.matrix.rowCount)
    let rowWeights = classWeight.rowWeights(for: labels, weights: rows.weights)
    let classes = try TrainedClasses(labels: labels, weights: rowWeights)
    let units = SolverUnits(
      of: rows, standardize: standardize, intercept: intercept, outputCount: classes.outputCount,
      penalty: penalty.shares(l1Ratio: l1Ratio))
    let problem = LogisticProblem(
      rows: units.rows(of: rows.matrix),
      loss: SoftmaxLoss(
        codes: classes.codes, weights: rowWeights.map { $0 * c }, classCount: classes.count),
      penalty: units.factors, parallel: parallel)
    let solver = NewtonSolver(
      problem: problem, tolerance: tolerance, maximumIterations: maximumIterations)
    let known = starts.compactMap { units.coefficients(of: $0, classes: classes) }
    let optimum =
      try known.isEmpty
      ? solver.minimize(fromSampleOr: units.start(shares: classes.shares))
      : solver.minimize(from: known + [units.start(shares: classes.shares)])
    var model = units.model(of: optimum.coefficients, classes: classes)
    if standardErrors {
      model.standardErrors = units.standardErrors(
        at: optimum.coefficients, of: problem, c: c, classes: classes)
    }
    return LogisticRegressionFit(model: model, optimum: optimum)
  }
}
