import Foundation
import LinearAlgebra

/// How low the objective of two classes can be at most, known from any one point.
///
/// The convex conjugate of the objective (Fenchel duality): where t is one number a row, X the rows
/// and g the penalty, no coefficients have an objective below
/// -(sum of the losses' conjugates at t) - g*(-X't).
/// With w the weight of a row and s = |t| / w, from 0 to 1, the loss's conjugate there is
/// w (s log s + (1 - s) log(1 - s)), the sign of t being against the row's class.
///
/// The best t is what the loss's derivatives by the margins are at the optimum. Those at another
/// point are made to fit: the intercept, which has no penalty, wants them to sum to 0, so those of
/// one class are made smaller; L1 wants no product with a column beyond its factor, so all are
/// (Kim, Koh, Lustig, Boyd, Gorinevsky, "An interior-point method for large-scale l1-regularized
/// least squares", IEEE J. Sel. Top. Signal Process. 1, 2007, do so for squares). How the point was
/// come by does not matter: damped steps and rough ones have bounds that are as true.
extension LogisticProblem {
  /// Whether there is a bound to be had: for two classes and L1, or an elastic net, on all columns.
  /// With more classes the intercepts want the derivatives to balance for each class at once, which
  /// no scaling does.
  var hasLowerBound: Bool {
    loss.outputCount == 1 && rows.width > 0
      && penalty.l1.prefix(rows.columns.count).allSatisfy { $0 > 0 }
  }

  /// A number that no coefficients' objective is below, but for rounding.
  /// - Parameter margins: of any coefficients; the nearer they are to the optimum, the better.
  package func lowerBound(at margins: [Matrix]) -> Double {
    lowerBound(at: margins, columnProducts(at: margins))
  }

  /// The bound, and the gradient of the smooth part, which takes the same pass over the rows.
  func lowerBoundAndGradient(
    at coefficients: Vector, margins: [Matrix]
  ) -> (bound: Double, gradient: Vector) {
    let products = columnProducts(at: margins)
    let gradient = coefficients.indices.map {
      products[$0, 0] + products[$0, 1] + penalty.l2[$0] * coefficients[$0]
    }
    return (lowerBound(at: margins, products), gradient)
  }

  private func lowerBound(at margins: [Matrix], _ sides: Matrix) -> Double {
    precondition(hasLowerBound)
    let factors = rows.hasIntercept ? balance(of: sides) : (first: 1, second: 1)
    let products = rows.columns.indices.map {
      factors.first * sides[$0, 0] + factors.second * sides[$0, 1]
    }
    var scale = 1.0
    for (product, index) in zip(products, penalty.l1.indices) where penalty.l2[index] == 0 {
      scale = min(scale, penalty.l1[index] / max(abs(product), .leastNormalMagnitude))
    }
    let squares = zip(products, products.indices).reduce(0.0) { sum, product in
      let (product, index) = product
      let excess = scale * abs(product) - penalty.l1[index]
      return excess > 0 && penalty.l2[index] > 0
        ? sum + excess * excess / (2 * penalty.l2[index]) : sum
    }
    return entropy(of: margins, (scale * factors.first, scale * factors.second)) - squares
  }

  /// What the derivatives of the two classes are multiplied by so that they sum to 0; their sums are
  /// the products of the intercept.
  private func balance(of sides: Matrix) -> (first: Double, second: Double) {
    let (first, second) = (sides[rows.width - 1, 0], -sides[rows.width - 1, 1])
    let least = min(first, second)
    return least > 0 ? (least / first, least / second) : (0, 0)
  }

  /// The products of all columns with the derivatives that are positive, those of the first class,
  /// and with the others: width by two.
  private func columnProducts(at margins: [Matrix]) -> Matrix {
    let groups = rows.groups()
    let partials = parallel.map(groups.count) { group in
      var sum = Matrix(rowCount: rows.width, columnCount: 2)
      rows.forEach(in: groups[group]) { index, block in
        let residuals = loss.derivatives(of: margins[index], rows: rows.rows(ofBlock: index))
          .residuals.values
        let sides = residuals.map { max($0, 0) } + residuals.map { min($0, 0) }
        sum.add(
          transposeOf: block,
          times: Matrix(rowCount: block.rowCount, columnCount: 2, values: sides))
      }
      return sum
    }
    var products = Matrix(rowCount: rows.width, columnCount: 2)
    for partial in partials { products.add(1, times: partial) }
    return products
  }

  /// Minus the sum of the losses' conjugates.
  private func entropy(
    of margins: [Matrix], _ factors: (first: Double, second: Double)
  ) -> Double {
    mapRuns { block, range in
      let residuals = loss.derivatives(of: margins[block], rows: range).residuals.values
      return zip(residuals, range).reduce(0.0) { sum, entry in
        let (residual, row) = entry
        let share = abs(residual) * (residual > 0 ? factors.first : factors.second)
        guard share > 0 else { return sum }
        let part = min(1, share / loss.weights[row])
        return sum - loss.weights[row] * (part * log(part) + rest(beside: part))
      }
    }.reduce(0, +)
  }

  /// (1 - s) log(1 - s).
  private func rest(beside part: Double) -> Double {
    part < 1 ? (1 - part) * log1p(-part) : 0
  }

  /// Results for each block and its rows, worked out group by group, in order.
  private func mapRuns<Result: Sendable>(
    _ body: @Sendable (Int, Range<Int>) -> Result
  ) -> [Result] {
    let groups = rows.groups()
    return parallel.map(groups.count) { group in
      groups[group].map { body($0, rows.rows(ofBlock: $0)) }
    }.flatMap { $0 }
  }
}
