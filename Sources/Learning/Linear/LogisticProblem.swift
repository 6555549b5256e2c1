import FeatureTables
import LinearAlgebra

/// The function that a logistic regression minimizes, over coefficients of standardized columns:
/// the weighted loss plus the penalty.
///
/// Coefficients are one vector, output after output, each with the columns' coefficients and then
/// the intercept. Margins are kept by block of rows.
package struct LogisticProblem: Sendable {
  let rows: StandardizedRows
  let loss: SoftmaxLoss
  package let penalty: PenaltyFactors
  let parallel: Parallel

  package init(
    rows: StandardizedRows, loss: SoftmaxLoss, penalty: PenaltyFactors, parallel: Parallel
  ) {
    self.rows = rows
    self.loss = loss
    self.penalty = penalty
    self.parallel = parallel
  }

  /// The margins of all rows: products of the rows with the coefficients.
  package func margins(of coefficients: Vector) -> [Matrix] {
    let table = Matrix(
      rowCount: rows.width, columnCount: loss.outputCount, values: coefficients)
    return mapGroups { rows.products(in: $0, with: table) }
  }

  /// The weighted loss.
  package func loss(at margins: [Matrix]) -> Double {
    mapGroups { blocks in
      blocks.map { loss.sum(of: margins[$0], rows: rows.rows(ofBlock: $0)) }
    }.reduce(0, +)
  }

  /// The weighted loss at `margins` plus `step` times `direction`, and its derivative by `step`.
  package func loss(
    at margins: [Matrix], step: Double, direction: [Matrix]
  ) -> (value: Double, slope: Double) {
    let parts = mapGroups { blocks in
      blocks.map { block in
        var moved = margins[block]
        moved.add(step, times: direction[block])
        let loss = loss.derivatives(of: moved, rows: rows.rows(ofBlock: block))
        return (value: loss.sum, slope: dot(loss.residuals.values, direction[block].values))
      }
    }
    return parts.reduce((0, 0)) { ($0.0 + $1.value, $0.1 + $1.slope) }
  }

  /// Whether the margins tell all rows' classes without error.
  func separates(_ margins: [Matrix]) -> Bool {
    margins.indices.allSatisfy {
      loss.separates(margins[$0], rows: rows.rows(ofBlock: $0))
    }
  }

  /// The gradient of the smooth part: the loss and the squares of the penalty.
  package func gradient(at coefficients: Vector, margins: [Matrix]) -> Vector {
    sums(over: margins, withCurvature: false).gradient(
      coefficients: coefficients, penalty: penalty)
  }

  /// The gradient and the Hessian of the smooth part.
  package func expansion(
    at coefficients: Vector, margins: [Matrix]
  ) -> (gradient: Vector, hessian: SymmetricMatrix) {
    let sums = sums(over: margins, withCurvature: true)
    return (
      sums.gradient(coefficients: coefficients, penalty: penalty),
      sums.hessian(loss: loss, width: rows.width, penalty: penalty)
    )
  }

  /// The product of the Hessian of the smooth part with a direction, for more than two classes. It
  /// costs a part of the Hessian itself that falls with classes and columns: the Hessian takes a
  /// Gram matrix for each pair of classes.
  package func curvature(along direction: Vector, margins: [Matrix]) -> Vector {
    let table = Matrix(rowCount: rows.width, columnCount: loss.outputCount, values: direction)
    let groups = rows.groups(partialSize: direction.count)
    let partials = parallel.map(groups.count) { group in
      var sum = Matrix(rowCount: rows.width, columnCount: loss.outputCount)
      rows.forEach(in: groups[group]) { index, block in
        let changes = loss.curvature(
          along: block.times(table), at: margins[index], rows: rows.rows(ofBlock: index))
        sum.add(transposeOf: block, times: changes)
      }
      return sum
    }
    var product = direction.indices.map { penalty.l2[$0] * direction[$0] }
    for partial in partials { product.add(1, times: partial.values) }
    return product
  }

  /// Sums over all rows, folded in the order of the groups.
  private func sums(over margins: [Matrix], withCurvature: Bool) -> DerivativeSums {
    let pairs = withCurvature ? loss.pairs : []
    let groups = rows.groups(partialSize: pairs.count * rows.width * rows.width)
    let empty = DerivativeSums(
      width: rows.width, outputCount: loss.outputCount, pairCount: pairs.count)
    let partials = parallel.map(groups.count) { group in
      var sums = empty
      var workspace = GramWorkspace()
      rows.forEach(in: groups[group]) { index, block in
        let range = rows.rows(ofBlock: index)
        let derivatives = loss.derivatives(of: margins[index], rows: range)
        sums.gradient.add(transposeOf: block, times: derivatives.residuals)
        if let curvatures = derivatives.curvatures {
          if withCurvature {
            sums.pairs[0].addGram(of: block, weights: curvatures, using: &workspace)
          }
          return
        }
        for (position, pair) in pairs.enumerated() {
          let weights = loss.curvatures(
            of: pair, probabilities: derivatives.probabilities, rows: range)
          sums.pairs[position].addGram(of: block, weights: weights, using: &workspace)
        }
      }
      return sums
    }
    return partials.reduce(into: empty) { $0.add($1) }
  }

  /// Results for each block of the rows, worked out group by group.
  private func mapGroups<Result: Sendable>(
    _ body: @Sendable (Range<Int>) -> [Result]
  ) -> [Result] {
    let groups = rows.groups()
    return parallel.map(groups.count) { body(groups[$0]) }.flatMap { $0 }
  }
}
