/// The numbers that a walk through a tree multiplies with, made once for many rows.
///
/// The Shapley value of column i at a leaf of value v is an integral over t from 0 to 1,
///
///     v (o_i - s_i) ∫ Π_{j≠i} (s_j (1 - t) + o_j t) dt,
///
/// over the columns j on the path to the leaf: o_j is 1 if the row goes that way at all tests of
/// column j and else 0, s_j the share of the training rows that do. This is the sum over subsets of
/// Lundberg et al. (2020, algorithm 1), since ∫ t^a (1-t)^b dt = a! b! / (a+b+1)!. The integrand is
/// a polynomial, so a few points of `GaussLegendre` give the integral exactly, and at a point the
/// product is carried along the path, factor by factor, and the sums over leaves back, as in Yu et
/// al. ("Linear TreeShap", 2022): time linear in the nodes, where algorithm 2 of Lundberg et al.
/// takes the square of the depth for each leaf. Every factor is positive, so nothing cancels.
struct TreePathFactors: Sendable {
  /// Points are taken four at a time; where their number is no multiple, those too many have
  /// weight 0.
  typealias Points = SIMD4<Double>

  /// Groups of points.
  let groups: Int
  /// For each edge, `groups` numbers each of: `openFactor`, `shutFactor`, `openGain`, `shutGain`.
  private(set) var values: [Points] = []

  /// - Parameter columnsPerPath: the most columns that one path tests.
  init(_ paths: TreePaths) {
    let rule = GaussLegendre(count: max(1, (paths.columnsPerPath + 1) / 2))
    groups = (rule.points.count + 3) / 4
    let padding = groups * 4 - rule.points.count
    let points = TreePathFactors.grouped(rule.points + Array(repeating: 0.5, count: padding))
    let weights = TreePathFactors.grouped(rule.weights + Array(repeating: 0, count: padding))
    values.reserveCapacity(paths.edges.count * 4 * groups)
    for edge in paths.edges {
      let before = paths.edges[Int(edge.previous)].columnShare
      let share = edge.columnShare
      // The factor of the column at each point, for a row that goes this way, and before this edge.
      let open = points.map { share * (1 - $0) + $0 }
      let openBefore = points.map { before * (1 - $0) + $0 }
      let gainBefore = openBefore.map { (1 - before) / $0 }
      // From the product above the edge to that below it, where the edges above are open.
      values += zip(open, openBefore).map { $0 / $1 }
      values += zip(points, openBefore).map { share * (1 - $0) / $1 }
      // From the product below the edge to the column's part, less what the edge above gave.
      for group in 0..<groups {
        values.append(weights[group] * ((1 - share) / open[group] - gainBefore[group]))
      }
      for group in 0..<groups {
        values.append(weights[group] * (-1 / (1 - points[group]) - gainBefore[group]))
      }
    }
  }

  private static func grouped(_ numbers: [Double]) -> [Points] {
    stride(from: 0, to: numbers.count, by: 4).map { start in
      Points(numbers[start], numbers[start + 1], numbers[start + 2], numbers[start + 3])
    }
  }
}
