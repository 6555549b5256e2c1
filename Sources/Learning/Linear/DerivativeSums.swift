import LinearAlgebra

/// First and second derivatives of the loss, summed over rows.
struct DerivativeSums: Sendable {
  /// Width by outputs.
  var gradient: Matrix
  /// For each pair of classes the Gram matrix of the rows, weighted by the pair's curvature.
  var pairs: [SymmetricMatrix]

  init(width: Int, outputCount: Int, pairCount: Int) {
    gradient = Matrix(rowCount: width, columnCount: outputCount)
    pairs = Array(repeating: SymmetricMatrix(order: width), count: pairCount)
  }

  mutating func add(_ other: DerivativeSums) {
    gradient.add(1, times: other.gradient)
    for index in pairs.indices { pairs[index].add(1, times: other.pairs[index]) }
  }

  /// The gradient of loss and squared penalty, laid out as coefficients are.
  func gradient(coefficients: Vector, penalty: PenaltyFactors) -> Vector {
    coefficients.indices.map { gradient.values[$0] + penalty.l2[$0] * coefficients[$0] }
  }

  /// The Hessian of loss and squared penalty.
  ///
  /// Block (k, l) of the softmax loss is minus the Gram matrix of the pair, and block (k, k) the
  /// sum of those of all pairs of k, for the rows of the Hessian of a softmax sum to zero.
  func hessian(loss: SoftmaxLoss, width: Int, penalty: PenaltyFactors) -> SymmetricMatrix {
    var hessian: SymmetricMatrix
    if loss.outputCount == 1 {
      hessian = pairs[0]
    } else {
      hessian = SymmetricMatrix(order: width * loss.outputCount)
      for (pair, gram) in zip(loss.pairs, pairs) {
        hessian.addDifference(of: pair, gram: gram)
      }
      hessian.fixGauge(outputCount: loss.outputCount, width: width, penalty: penalty)
    }
    for index in 0..<hessian.order { hessian[index, index] += penalty.l2[index] }
    return hessian
  }
}

extension SymmetricMatrix {
  /// Adds the curvature of the difference of two outputs' margins.
  fileprivate mutating func addDifference(of pair: (Int, Int), gram: SymmetricMatrix) {
    let (first, second) = (pair.0 * gram.order, pair.1 * gram.order)
    for column in 0..<gram.order {
      for row in 0..<gram.order {
        let value = gram[row, column]
        self[second + row, first + column] -= value
        guard row >= column else { continue }
        self[first + row, first + column] += value
        self[second + row, second + column] += value
      }
    }
  }

  /// Adds curvature along what neither loss nor penalty sees: adding one number to a column's
  /// coefficient in all outputs. Steps from coefficients that sum to zero then keep that sum, as
  /// the gradient has no part along it.
  fileprivate mutating func fixGauge(outputCount: Int, width: Int, penalty: PenaltyFactors) {
    for column in 0..<width where penalty.l1[column] == 0 && penalty.l2[column] == 0 {
      let indices = (0..<outputCount).map { $0 * width + column }
      let total = indices.reduce(0) { $0 + self[$1, $1] }
      let strength = total > 0 ? total / Double(outputCount) : 1
      for first in indices {
        for second in indices where second <= first { self[first, second] += strength }
      }
    }
  }
}
