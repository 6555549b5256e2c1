import FeatureTables
import Foundation
import LinearAlgebra
import Models

/// Between the user's columns and the solver's.
///
/// The solver always works on scaled columns, which keeps its matrices well conditioned; where the
/// user did not ask for standardization, the penalty factors undo what scaling does to the
/// penalty. Columns are always centered if there is an intercept, which takes up the difference.
///
/// Of columns that are the same the solver has the first. All k of them together carry its
/// coefficient, of which each has a k-th where squares are penalized: their sum of squares, which is
/// then the least, is the k-th part of the square of the whole. L1 is the same however they share,
/// so the first has all; so too without penalty.
struct SolverUnits: Sendable {
  let standardize: Bool
  let intercept: Bool
  let outputCount: Int
  let centers: [Double]
  let scales: [Double]
  /// Columns that are not all 0 once centered, the first of each that are the same.
  let active: [Int]
  /// For each of `active` all columns that are the same, itself included.
  let members: [[Int]]
  /// Whether columns that are the same have the same coefficient.
  let isShared: Bool
  let penalty: (l1: Double, l2: Double)

  /// - Parameter penalty: the parts of L1 and L2.
  init(
    of rows: LinearRows, standardize: Bool, intercept: Bool, outputCount: Int,
    penalty: (l1: Double, l2: Double)
  ) {
    let (scaling, copies) = (rows.scaling, rows.copies)
    self.standardize = standardize
    self.intercept = intercept
    self.outputCount = outputCount
    self.penalty = penalty
    isShared = penalty.l2 > 0
    let isCentered = standardize || intercept
    centers = isCentered ? scaling.means : scaling.means.map { _ in 0 }
    scales = isCentered ? scaling.deviations : scaling.magnitudes
    active = scaling.means.indices.filter { column in
      copies.firsts[column] == column
        && (isCentered ? !scaling.isConstant[column] : !scaling.isZero[column])
    }
    members = active.map(copies.columns)
  }

  var width: Int { active.count + (intercept ? 1 : 0) }

  func rows(of matrix: FeatureMatrix) -> StandardizedRows {
    StandardizedRows(
      matrix, columns: active, centers: centers, scales: scales, hasIntercept: intercept)
  }

  var factors: PenaltyFactors {
    let none = intercept ? [0.0] : []
    let units = active.map { standardize ? 1 : scales[$0] }
    let l2 = zip(units, members).map { penalty.l2 / ($0 * $0 * Double($1.count)) }
    return PenaltyFactors(
      l1: repeated(units.map { penalty.l1 / $0 } + none), l2: repeated(l2 + none))
  }

  /// Coefficients of 0 and the intercepts that are best with them.
  /// - Parameter shares: the weight of each class, as a part of the whole.
  func start(shares: [Double]) -> Vector {
    var coefficients = Vector(repeating: 0, count: width * outputCount)
    guard intercept else { return coefficients }
    let logarithms = shares.map { log($0) }
    if outputCount == 1 {
      coefficients[width - 1] = logarithms[1] - logarithms[0]
      return coefficients
    }
    for output in 0..<outputCount { coefficients[(output + 1) * width - 1] = logarithms[output] }
    center(&coefficients, column: width - 1)
    return coefficients
  }

  /// The coefficients of a model in the solver's units, for the classes that are fitted; nil where
  /// the model knows nothing of one of them.
  func coefficients(of model: LinearClassifier, classes: TrainedClasses) -> Vector? {
    precondition(model.featureCount == scales.count && model.classCount == classes.allCount)
    let (slopes, constants) = (model.classCoefficients, model.classIntercepts)
    guard classes.indices.allSatisfy({ constants[$0] > LinearClassifier.untrainedIntercept / 2 })
    else { return nil }
    let sources = outputCount == 1 ? [classes.indices[1]] : classes.indices
    let base = outputCount == 1 ? classes.indices[0] : nil
    var coefficients: Vector = []
    for source in sources {
      var constant = constants[source] - (base.map { constants[$0] } ?? 0)
      func slope(_ column: Int) -> Double {
        slopes[source][column] - (base.map { slopes[$0][column] } ?? 0)
      }
      for column in scales.indices { constant += slope(column) * centers[column] }
      for (column, members) in zip(active, members) {
        coefficients.append(members.reduce(0) { $0 + slope($1) } * scales[column])
      }
      if intercept { coefficients.append(constant) }
    }
    if intercept && outputCount > 1 { center(&coefficients, column: width - 1) }
    return coefficients
  }

  /// The model of coefficients in the solver's units.
  func model(of coefficients: Vector, classes: TrainedClasses) -> LinearClassifier {
    var rows: [[Double]] = []
    var intercepts: [Double] = []
    for output in 0..<outputCount {
      var row = [Double](repeating: 0, count: scales.count)
      for (position, members) in members.enumerated() {
        let share = coefficients[output * width + position] / (isShared ? Double(members.count) : 1)
        for column in isShared ? members : [members[0]] {
          row[column] = standardize ? share : share / scales[column]
        }
      }
      rows.append(row)
      intercepts.append(intercept ? coefficients[(output + 1) * width - 1] : 0)
    }
    let all = classes.expanded(rows: rows, intercepts: intercepts)
    return LinearClassifier(
      means: centers, scales: standardize ? scales : scales.map { _ in 1 },
      coefficients: all.rows, intercepts: all.intercepts)
  }

  private func repeated(_ factors: [Double]) -> [Double] {
    Array(repeatElement(factors, count: outputCount).joined())
  }

  /// Makes the coefficients of a column sum to zero over the outputs.
  private func center(_ coefficients: inout Vector, column: Int) {
    let indices = (0..<outputCount).map { $0 * width + column }
    let mean = indices.reduce(0) { $0 + coefficients[$1] } / Double(outputCount)
    for index in indices { coefficients[index] -= mean }
  }
}
