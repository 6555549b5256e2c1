/// How well the rows of a fit determine each coefficient of a linear model, in the units of the
/// columns: beside `LinearClassifier.originalCoefficients` and `originalIntercepts`.
///
/// They are roots of the diagonal of the inverse of the Hessian of the loss plus the penalty over
/// `c`, all in units of the loss, at the optimum. Without a penalty that is the usual asymptotic
/// standard error of maximum likelihood. With L2 it is the deviation of the Gaussian approximation
/// of the posterior that has the penalty as its prior, about coefficients that the prior pulls
/// towards 0: the penalty makes it smaller, and it does not count what it pulls. Weights count as
/// numbers of rows, class weights too. With several classes coefficients are those that sum to 0
/// over the classes where nothing is penalized. A column that took no part has 0.
public struct StandardErrors: Codable, Equatable, Sendable {
  /// Rows and columns as those of `LinearClassifier.coefficients`.
  public let coefficients: [[Double]]
  /// One a row: of the margin where all columns are 0; 0 without an intercept.
  public let intercepts: [Double]

  /// - Parameters:
  ///   - coefficients: rows and columns as those of the model, none negative.
  ///   - intercepts: one a row, none negative.
  public init(coefficients: [[Double]], intercepts: [Double]) {
    self.coefficients = coefficients
    self.intercepts = intercepts
  }

  /// Whether there is a number of at least 0 for each coefficient of a model.
  func fit(rows: Int, columns: Int) -> Bool {
    coefficients.count == rows && intercepts.count == rows
      && coefficients.allSatisfy { $0.count == columns }
      && (coefficients + [intercepts]).joined().allSatisfy { $0 >= 0 && $0.isFinite }
  }
}
