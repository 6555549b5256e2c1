import Foundation
import LinearAlgebra

/// The log loss of rows given their margins, with its derivatives.
///
/// With K > 2 classes each has a margin and the loss of a row of class y is
/// -log(exp(z_y) / sum_k exp(z_k)). With two classes the first has margin 0 and only the second
/// one of its own: the logistic loss. A block's margins are a matrix, rows by `outputCount`.
package struct SoftmaxLoss: Sendable {
  /// The class of each row, from 0.
  let codes: [Int]
  /// The weight of each row, the strength of the loss included.
  let weights: [Double]
  let classCount: Int

  package init(codes: [Int], weights: [Double], classCount: Int) {
    self.codes = codes
    self.weights = weights
    self.classCount = classCount
  }

  /// Margins that are free: one for two classes, else one a class.
  var outputCount: Int { classCount == 2 ? 1 : classCount }

  /// Pairs of classes k < l. The curvature of the loss is a sum over them of weight p_k p_l times
  /// the square of the difference of the two margins.
  var pairs: [(Int, Int)] {
    (0..<classCount).flatMap { first in (first + 1..<classCount).map { (first, $0) } }
  }

  /// The weighted sum of the losses of a block.
  func sum(of margins: Matrix, rows: Range<Int>) -> Double {
    if classCount == 2 { return sumOfTwoClasses(margins.values, rows: rows) }
    var sum = 0.0
    for row in 0..<rows.count {
      let code = codes[rows.lowerBound + row]
      let (leading, others) = leader(of: margins, row)
      // Both terms are exact where the leader is the row's class: nothing cancels.
      let loss = margin(leading, of: margins, row) - margin(code, of: margins, row) + log1p(others)
      sum += weights[rows.lowerBound + row] * loss
    }
    return sum
  }

  /// Whether each row of positive weight has its largest margin, clearly, at its class.
  func separates(_ margins: Matrix, rows: Range<Int>) -> Bool {
    (0..<rows.count).allSatisfy { row in
      guard weights[rows.lowerBound + row] > 0 else { return true }
      let code = codes[rows.lowerBound + row]
      let own = margin(code, of: margins, row)
      return (0..<classCount).allSatisfy {
        $0 == code || margin($0, of: margins, row) < own - 1e-6
      }
    }
  }

  /// The loss of a block with its first derivatives.
  struct Derivatives {
    /// The weighted sum of the losses.
    var sum: Double
    /// Rows by classes; empty for two classes.
    var probabilities: Matrix
    /// The derivative of `sum` by each margin, rows by outputs.
    var residuals: Matrix
    /// For two classes the weight of each row in the curvature, as `curvatures(of:...)`.
    var curvatures: [Double]?
  }

  func derivatives(of margins: Matrix, rows: Range<Int>) -> Derivatives {
    if classCount == 2 { return derivativesOfTwoClasses(margins.values, rows: rows) }
    var sum = 0.0
    var probabilities = Matrix(rowCount: rows.count, columnCount: classCount)
    var residuals = Matrix(rowCount: rows.count, columnCount: outputCount)
    let firstOutput = classCount - outputCount
    for row in 0..<rows.count {
      let (leading, others) = leader(of: margins, row)
      let largest = margin(leading, of: margins, row)
      let code = codes[rows.lowerBound + row]
      let weight = weights[rows.lowerBound + row]
      sum += weight * (largest - margin(code, of: margins, row) + log1p(others))
      var wrong = 0.0
      for index in 0..<classCount {
        let share = index == leading ? 1 : exp(margin(index, of: margins, row) - largest)
        probabilities[row, index] = share / (1 + others)
        if index != code { wrong += probabilities[row, index] }
      }
      for index in firstOutput..<classCount {
        // Not p - 1: that would lose what is left of a p near 1.
        let residual = index == code ? -wrong : probabilities[row, index]
        residuals[row, index - firstOutput] = weight * residual
      }
    }
    return Derivatives(sum: sum, probabilities: probabilities, residuals: residuals)
  }

  /// Less than this part of a row's weight is as good as no curvature.
  static let leastCurvature = 1e-12

  /// The weight of each row in the curvature of a pair of classes, 0 where it is as good as none:
  /// then the row costs nothing.
  func curvatures(
    of pair: (Int, Int), probabilities: Matrix, rows: Range<Int>
  ) -> [Double] {
    (0..<rows.count).map { row in
      let product = probabilities[row, pair.0] * probabilities[row, pair.1]
      return product < Self.leastCurvature ? 0 : product * weights[rows.lowerBound + row]
    }
  }

  private func margin(_ index: Int, of margins: Matrix, _ row: Int) -> Double {
    if classCount == 2 { return index == 0 ? 0 : margins[row, 0] }
    return margins[row, index]
  }

  /// The class of the largest margin, and the sum of exp(margin - largest) over the others.
  private func leader(of margins: Matrix, _ row: Int) -> (index: Int, others: Double) {
    var leading = 0
    for index in 1..<classCount
    where margin(index, of: margins, row) > margin(leading, of: margins, row) {
      leading = index
    }
    let largest = margin(leading, of: margins, row)
    var others = 0.0
    for index in 0..<classCount where index != leading {
      others += exp(margin(index, of: margins, row) - largest)
    }
    return (leading, others)
  }
}
