import LinearAlgebra

/// The quadratic model of a smooth function about a point, plus weighted absolute values of the
/// coefficients u: g'(u - o) + (u - o)'H(u - o)/2 + sum of l1 times |u|.
package struct PenalizedQuadratic: Sendable {
  package let hessian: SymmetricMatrix
  package let gradient: Vector
  package let l1: Vector
  package let origin: Vector

  package init(hessian: SymmetricMatrix, gradient: Vector, l1: Vector, origin: Vector) {
    self.hessian = hessian
    self.gradient = gradient
    self.l1 = l1
    self.origin = origin
  }

  /// The minimum, by the active-set method of Lee, Battle, Raina and Ng ("Efficient sparse coding
  /// algorithms", NIPS 2006): coefficients enter one by one, the rest of those that are not 0
  /// always being at their best.
  ///
  /// Steps along single coefficients will not do: columns of flows are often nearly or exactly
  /// dependent (counts that add up), and then take thousands of rounds.
  ///
  /// It ends where no slope exceeds its `l1` by more than a part that is small beside the share of
  /// the `objective` that the model promises to gain: far from the optimum the model holds too
  /// little for its exact minimum to be worth the time. What the minimum is below the result is
  /// at most that part of the penalty of both.
  package func minimizer(objective: Double) -> Vector {
    var descent = ActiveSetDescent(of: self)
    // Each entrance lowers the value, so that the number of faces is the only other bound.
    for _ in 0..<10 * origin.count {
      descent.minimizeOverFace()
      let precision = max(1e-11, 1e-2 * descent.gain / objective)
      guard let next = descent.strongestCandidate(above: precision) else { break }
      descent.admit(next)
    }
    return descent.point
  }
}
