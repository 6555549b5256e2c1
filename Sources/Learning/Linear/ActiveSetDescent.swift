import LinearAlgebra

/// The minimization of a `PenalizedQuadratic` under way.
///
/// The face is the set of coefficients that are free to move, each on its side of 0; its part of
/// the Hessian is regular. On a face the value is a parabola, whose minimum a Newton step finds; a
/// coefficient that gets to 0 on the way leaves the face.
struct ActiveSetDescent {
  private let quadratic: PenalizedQuadratic
  private let columns: Matrix
  private(set) var point: Vector
  /// By how much the value has fallen since the origin.
  private(set) var gain = 0.0
  /// The gradient of the smooth part at `point`.
  private var slopes: Vector
  private var face: [Int] = []
  /// The Hessian's part at `face`, factored, in the order of `face`.
  private var factor: UpdatableCholesky
  /// The side of 0 to which a coefficient on the face is confined; 0 if it is not penalized.
  private var sides: Vector
  /// Coefficients that depend on the face's and gain nothing along the dependence.
  private var dependents: [Int] = []
  /// On the face or among the dependents.
  private var isSettled: [Bool]

  init(of quadratic: PenalizedQuadratic) {
    self.quadratic = quadratic
    columns = quadratic.hessian.full()
    point = quadratic.origin
    slopes = quadratic.gradient
    factor = UpdatableCholesky(capacity: point.count)
    sides = Vector(repeating: 0, count: point.count)
    isSettled = point.map { _ in false }
    // Those without penalty first: they can never leave.
    for index in point.indices where quadratic.l1[index] == 0 { admit(index) }
    for index in point.indices where point[index] != 0 { admit(index) }
  }

  /// The coefficient outside the face that would gain most for its curvature.
  /// - Parameter precision: part of its `l1` by which a slope may be off.
  func strongestCandidate(above precision: Double) -> Int? {
    var (strongest, strength) = (Int?.none, 0.0)
    for index in point.indices where !isSettled[index] {
      let residual = optimalityResidual(
        slope: slopes[index], coefficient: point[index], l1: quadratic.l1[index])
      guard residual > precision * quadratic.l1[index] else { continue }
      let gain = residual * residual / columns[index, index]
      if gain > strength { (strongest, strength) = (index, gain) }
    }
    return strongest
  }

  /// Takes a coefficient into the face.
  ///
  /// One that depends on the face's is moved along the dependence instead: there the value has no
  /// curvature, so it falls until a coefficient gets to 0, which ends the dependence or makes the
  /// coefficient itself 0.
  mutating func admit(_ index: Int) {
    guard !isSettled[index] else { return }
    isSettled[index] = true
    if quadratic.l1[index] > 0 {
      sides[index] = sign(point[index] != 0 ? point[index] : -slopes[index])
    }
    while !factor.append(row: couplings(of: index), diagonal: columns[index, index]) {
      let answer = factor.solve(couplings(of: index)).map { -$0 }
      let isReached = fall(along: answer + [1], of: face + [index])
      guard isReached else {
        dependents.append(index)
        return
      }
      guard point[index] != 0 else { return }
    }
    face.append(index)
  }

  /// Goes to the minimum over the face, which shrinks on the way.
  ///
  /// A part t of a Newton step leaves the part 1 - t of the face's slopes, so that the Hessian is
  /// needed only in the end, for those of the others.
  mutating func minimizeOverFace() {
    let (start, moving) = (point, face)
    var slope = face.map { self.slope(of: $0) }
    while !face.isEmpty {
      let step = factor.solve(slope.map { -$0 })
      let reach = reach(along: step, of: face, atMost: 1)
      gain -= reach * (1 - reach / 2) * dot(slope, step)
      let arrived = advance(reach, along: step, of: face)
      if arrived.isEmpty { break }
      slope = zip(face, slope).filter { !arrived.contains($0.0) }.map { (1 - reach) * $0.1 }
      for index in arrived { leave(index) }
    }
    slopes.add(1, times: product(with: moving.map { point[$0] - start[$0] }, of: moving))
  }

  // MARK: - Moves

  /// Moves in the direction or its opposite, whichever the value falls in, to its minimum there or
  /// to where the first coefficient gets to 0.
  /// - Returns: whether one did.
  private mutating func fall(along direction: Vector, of indices: [Int]) -> Bool {
    var slope = zip(direction, indices).reduce(0) { $0 + $1.0 * self.slope(of: $1.1) }
    guard slope != 0 else { return false }
    let downhill = slope < 0 ? direction : direction.map { -$0 }
    slope = -abs(slope)
    let curved = product(with: downhill, of: indices)
    let curvature = zip(downhill, indices).reduce(0) { $0 + $1.0 * curved[$1.1] }
    let length = curvature > 0 ? -slope / curvature : .infinity
    let reach = reach(along: downhill, of: indices, atMost: length)
    guard reach.isFinite else { return false }
    gain -= reach * (slope + reach * curvature / 2)
    slopes.add(reach, times: curved)
    let arrived = advance(reach, along: downhill, of: indices)
    for index in arrived { leave(index) }
    return !arrived.isEmpty
  }

  /// How far it is to where the first coefficient gets to 0.
  private func reach(
    along direction: Vector, of indices: [Int], atMost length: Double
  ) -> Double {
    var reach = length
    for (change, index) in zip(direction, indices) where change * sides[index] < 0 {
      reach = min(reach, -point[index] / change)
    }
    return reach
  }

  /// Moves the point.
  /// - Returns: the coefficients that got to 0.
  private mutating func advance(
    _ reach: Double, along direction: Vector, of indices: [Int]
  ) -> [Int] {
    var arrived: [Int] = []
    for (change, index) in zip(direction, indices) {
      if change * sides[index] < 0 && -point[index] / change <= reach {
        arrived.append(index)
        point[index] = 0
      } else {
        point[index] += reach * change
      }
    }
    return arrived
  }

  private mutating func leave(_ index: Int) {
    isSettled[index] = false
    for dependent in dependents { isSettled[dependent] = false }
    dependents.removeAll()
    guard let position = face.firstIndex(of: index) else { return }
    face.remove(at: position)
    factor.remove(position)
  }

  // MARK: - Parts

  /// The derivative of the value, on its side, by a coefficient on the face.
  private func slope(of index: Int) -> Double {
    slopes[index] + quadratic.l1[index] * sides[index]
  }

  private func couplings(of index: Int) -> Vector {
    face.map { columns[$0, index] }
  }

  /// The Hessian's product with a vector that is 0 but at some indices.
  private func product(with values: Vector, of indices: [Int]) -> Vector {
    var product = Vector(repeating: 0, count: point.count)
    for (value, index) in zip(values, indices) {
      product.add(value, timesColumn: index, of: columns)
    }
    return product
  }
}

private func sign(_ value: Double) -> Double { value > 0 ? 1 : value < 0 ? -1 : 0 }
