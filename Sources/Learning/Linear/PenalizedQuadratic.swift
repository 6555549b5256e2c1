import LinearAlgebra

/// The quadratic model of a smooth function about a point, plus weighted absolute values of the
/// coefficients u: g'(u - o) + (u - o)'H(u - o)/2 + sum of l1 times |u|.
struct PenalizedQuadratic {
  let hessian: SymmetricMatrix
  let gradient: Vector
  let l1: Vector
  let origin: Vector

  /// The minimum, by coordinate descent that finds out which coefficients are 0, in turn with
  /// Newton steps on those that are not: coordinate descent alone takes thousands of rounds where
  /// columns are nearly collinear, the Newton step does not mind.
  ///
  /// It stops early where the model promises to gain much of the `objective` that it models: far
  /// from the optimum the model holds too little for its exact minimum to be worth the time.
  func minimizer(objective: Double) -> Vector {
    var state = QuadraticDescent(of: self)
    for _ in 0..<200 {
      state.sweep(over: Array(origin.indices))
      for _ in 0..<3 { state.sweep(over: state.support) }
      state.stepOnFace()
      let precision = min(1e-2, max(1e-10, 1e-2 * state.gain / objective))
      if state.remainingGain <= precision * state.gain { break }
    }
    return state.point
  }
}

/// The minimization of a `PenalizedQuadratic` under way.
private struct QuadraticDescent {
  private let quadratic: PenalizedQuadratic
  private let columns: Matrix
  private(set) var point: Vector
  /// The gradient of the smooth part at `point`.
  private var slopes: Vector
  /// By how much the value has fallen since the origin.
  private(set) var gain = 0.0

  init(of quadratic: PenalizedQuadratic) {
    self.quadratic = quadratic
    columns = quadratic.hessian.full()
    point = quadratic.origin
    slopes = quadratic.gradient
  }

  /// Coefficients that are free to move without crossing 0: those not at 0, and the unpenalized.
  var support: [Int] {
    point.indices.filter { point[$0] != 0 || quadratic.l1[$0] == 0 }
  }

  /// What single coordinates could still gain, added up.
  var remainingGain: Double {
    point.indices.reduce(0) { sum, index in
      let residual = optimalityResidual(
        slope: slopes[index], coefficient: point[index], l1: quadratic.l1[index])
      let curvature = columns[index, index]
      return curvature > 0 ? sum + residual * residual / (2 * curvature) : sum
    }
  }

  /// Minimizes over each of the coordinates once, in order.
  mutating func sweep(over coordinates: [Int]) {
    for index in coordinates {
      let curvature = columns[index, index]
      guard curvature > 0 else { continue }
      let l1 = quadratic.l1[index]
      let best = softThreshold(point[index] - slopes[index] / curvature, l1 / curvature)
      let change = best - point[index]
      guard change != 0 else { continue }
      gain -= change * (slopes[index] + change * curvature / 2)
      gain -= l1 * (abs(best) - abs(point[index]))
      slopes.add(change, timesColumn: index, of: columns)
      point[index] = best
    }
  }

  /// Steps to the minimum over the coefficients that are not 0, as if their signs were given.
  /// Those that would change sign end at 0, all of them if that gains, else the first only.
  mutating func stepOnFace() {
    let face = support
    guard !face.isEmpty else { return }
    let slope = face.map { slopes[$0] + quadratic.l1[$0] * sign(point[$0]) }
    let step = Cholesky(quadratic.hessian.principal(face)).solve(slope.map { -$0 })

    var (clipped, reach) = (point, 1.0)
    for (position, index) in face.enumerated() {
      let target = point[index] + step[position]
      let crosses = quadratic.l1[index] > 0 && target * point[index] < 0
      clipped[index] = crosses ? 0 : target
      if crosses { reach = min(reach, -point[index] / step[position]) }
    }
    if move(to: clipped) || reach == 1 { return }
    var halted = point
    for (position, index) in face.enumerated() {
      let target = point[index] + reach * step[position]
      let arrives = quadratic.l1[index] > 0 && target * point[index] <= 0
      halted[index] = arrives ? 0 : target
    }
    _ = move(to: halted)
  }

  /// Moves if the value falls.
  private mutating func move(to target: Vector) -> Bool {
    let change = zip(target, point).map { $0 - $1 }
    let curved = quadratic.hessian.times(change)
    var fall = -dot(slopes, change) - dot(change, curved) / 2
    for index in change.indices {
      fall -= quadratic.l1[index] * (abs(target[index]) - abs(point[index]))
    }
    guard fall > 0 else { return false }
    gain += fall
    slopes.add(1, times: curved)
    point = target
    return true
  }
}

/// The minimum of (u - value)^2 / 2 + threshold |u|.
private func softThreshold(_ value: Double, _ threshold: Double) -> Double {
  if value > threshold { return value - threshold }
  if value < -threshold { return value + threshold }
  return 0
}

private func sign(_ value: Double) -> Double { value > 0 ? 1 : value < 0 ? -1 : 0 }
