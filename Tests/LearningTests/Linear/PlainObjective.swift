import FeatureTables
import Foundation
import Learning
import Models

/// The objective and its gradient by plain loops over rows, columns and classes.
struct PlainObjective {
  let matrix: FeatureMatrix
  let codes: [Int32]
  /// The weight of each row, class weight included, `c` not.
  let weights: [Double]
  let learner: LogisticRegression

  init(
    _ learner: LogisticRegression, _ matrix: FeatureMatrix, _ labels: Labels, _ weights: [Double]?
  ) {
    self.learner = learner
    self.matrix = matrix
    codes = labels.codes
    self.weights = learner.classWeight.rowWeights(for: labels, weights: weights)
  }

  private var l1: Double {
    switch learner.penalty {
    case .l1: 1
    case .elasticNet: learner.l1Ratio
    case .l2, .none: 0
    }
  }
  private var l2: Double {
    switch learner.penalty {
    case .l2: 1
    case .elasticNet: 1 - learner.l1Ratio
    case .l1, .none: 0
    }
  }

  func value(of model: LinearClassifier) -> Double {
    let coefficients = model.coefficients.joined()
    let penalty = coefficients.reduce(0) { $0 + l1 * abs($1) + l2 / 2 * $1 * $1 }
    return (0..<matrix.rowCount).reduce(penalty) { sum, row in
      let margins = margins(of: row, model)
      let largest = margins.max() ?? 0
      let loss = log(margins.reduce(0) { $0 + exp($1 - largest) }) + largest
      return sum + learner.c * weights[row] * (loss - margins[Int(codes[row])])
    }
  }

  /// The smallest subgradient by coefficient and by intercept, a row for each of the model's.
  func residuals(of model: LinearClassifier) -> [[Double]] {
    let first = model.coefficients.count == 1 ? 1 : 0
    var slopes = model.coefficients.map { row in row.map { l2 * $0 } + [0] }
    for row in 0..<matrix.rowCount {
      let margins = margins(of: row, model)
      let total = margins.reduce(0) { $0 + exp($1) }
      let values = transformed(row, model) + [learner.intercept ? 1 : 0]
      for output in slopes.indices {
        let target = Int(codes[row]) == output + first ? 1.0 : 0
        let residual = exp(margins[output + first]) / total - target
        for (column, value) in values.enumerated() {
          slopes[output][column] += learner.c * weights[row] * residual * value
        }
      }
    }
    return zip(slopes, model.coefficients).map { slopes, coefficients in
      zip(slopes, coefficients + [0]).enumerated().map { column, pair in
        let bound = column < coefficients.count ? l1 : 0
        if pair.1 == 0 { return max(0, abs(pair.0) - bound) }
        return abs(pair.0 + (pair.1 > 0 ? bound : -bound))
      }
    }
  }

  private func transformed(_ row: Int, _ model: LinearClassifier) -> [Double] {
    matrix.row(row).enumerated().map { column, value in
      value.isNaN ? 0 : (value - model.means[column]) / model.scales[column]
    }
  }

  private func margins(of row: Int, _ model: LinearClassifier) -> [Double] {
    let values = transformed(row, model)
    let margins = zip(model.coefficients, model.intercepts).map { coefficients, intercept in
      zip(coefficients, values).reduce(intercept) { $0 + $1.0 * $1.1 }
    }
    return margins.count == 1 ? [0] + margins : margins
  }
}
