import Foundation
import LinearAlgebra

/// Two classes need one exponential a row: with m the margin towards the row's own class and
/// e = exp(-|m|), the loss is max(0, -m) + log(1 + e).
extension SoftmaxLoss {
  func sumOfTwoClasses(_ margins: [Double], rows: Range<Int>) -> Double {
    var sum = 0.0
    let (margins, codes, weights) = (margins.span, self.codes.span, self.weights.span)
    for row in 0..<rows.count {
      let index = rows.lowerBound + row
      let margin = codes[index] == 1 ? margins[row] : -margins[row]
      sum += weights[index] * (max(0, -margin) + log1p(exp(-abs(margin))))
    }
    return sum
  }

  func derivativesOfTwoClasses(_ margins: [Double], rows: Range<Int>) -> Derivatives {
    var sum = 0.0
    var residuals = [Double](repeating: 0, count: rows.count)
    var curvatures = residuals
    let (margins, codes, weights) = (margins.span, self.codes.span, self.weights.span)
    for row in 0..<rows.count {
      let index = rows.lowerBound + row
      let isSecond = codes[index] == 1
      let margin = isSecond ? margins[row] : -margins[row]
      let weight = weights[index]
      let small = exp(-abs(margin))
      let large = 1 / (1 + small)
      sum += weight * (max(0, -margin) + log1p(small))
      // The probability of the other class, exact however small it is.
      let wrong = margin >= 0 ? small * large : large
      residuals[row] = isSecond ? -weight * wrong : weight * wrong
      let product = small * large * large
      curvatures[row] = product < Self.leastCurvature ? 0 : weight * product
    }
    return Derivatives(
      sum: sum, probabilities: Matrix(rowCount: 0, columnCount: 0),
      residuals: Matrix(rowCount: rows.count, columnCount: 1, values: residuals),
      curvatures: curvatures)
  }
}
