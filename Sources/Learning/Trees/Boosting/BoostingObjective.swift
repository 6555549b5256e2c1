/// The loss that boosting descends: gradients and Hessians with respect to the margins.
///
/// Margins and gradients are output-major: row r of output k is at `k * rowCount + r`.
protocol BoostingObjective: Sendable {
  /// Margins a row, and trees a round.
  var outputCount: Int { get }
  /// The margins that the class weights alone give, one an output.
  var baseScores: [Double] { get }
  /// Fills the gradients of a block of rows.
  func fillGradients(
    _ gradients: Buffer<GradientSum>, margins: Buffer<Double>, rows: Range<Int>,
    scale: GradientScale)
}

/// Two classes, one margin: that of the second class. Loss log(1 + e^-margin) for its rows and
/// log(1 + e^margin) for the others, times the weight.
struct LogisticObjective: BoostingObjective {
  let rows: ClassedRows
  let outputCount = 1

  var baseScores: [Double] {
    [naturalLogarithm(rows.share(of: 1)) - naturalLogarithm(rows.share(of: 0))]
  }

  func fillGradients(
    _ gradients: Buffer<GradientSum>, margins: Buffer<Double>, rows range: Range<Int>,
    scale: GradientScale
  ) {
    precondition(range.upperBound <= min(gradients.count, margins.count, rows.count))
    unsafe SomeRows.forEach(of: range, arrays: 0) { some, _ in
      let margins = unsafe UnsafePointer(margins.base + some.first)
      let codes = unsafe UnsafePointer(rows.codes.base + some.first)
      for index in 0..<some.count {
        // Both probabilities from one exponential of a negative number: neither is lost near 0.
        let margin = unsafe margins[index]
        let small = exponential(-abs(margin))
        let likely = 1 / (1 + small)
        let unlikely = small * likely
        let second = margin >= 0 ? likely : unlikely
        unsafe some.gradients[index] = second - Double(codes[index])
        unsafe some.hessians[index] = likely * unlikely
      }
      unsafe scale.store(
        some.gradients, some.hessians, weights: rows.weights.values.base + some.first,
        count: some.count, to: gradients.base + some.first)
    }
  }
}

/// More than two classes, one margin each. Loss: minus the logarithm of the class's share of the
/// exponentials, times the weight. Hessians are the diagonal, times classes / (classes - 1), as in
/// LightGBM.
struct SoftmaxObjective: BoostingObjective {
  let rows: ClassedRows
  let outputCount: Int

  var baseScores: [Double] { (0..<outputCount).map { naturalLogarithm(rows.share(of: $0)) } }

  func fillGradients(
    _ gradients: Buffer<GradientSum>, margins: Buffer<Double>, rows range: Range<Int>,
    scale: GradientScale
  ) {
    let count = rows.count
    precondition(range.upperBound <= count && margins.count == count * outputCount)
    precondition(gradients.count == margins.count)
    let factor = Double(outputCount) / Double(outputCount - 1)
    unsafe SomeRows.forEach(of: range, arrays: outputCount + 2) { some, arrays in
      let (largest, total) = unsafe (arrays, arrays + SomeRows.most)
      let shares = unsafe arrays + 2 * SomeRows.most
      unsafe largest.update(from: margins.base + some.first, count: some.count)
      for output in 1..<outputCount {
        let own = unsafe UnsafePointer(margins.base + output * count + some.first)
        for index in 0..<some.count {
          unsafe largest[index] = largest[index] < own[index] ? own[index] : largest[index]
        }
      }
      unsafe total.update(repeating: 0, count: some.count)
      for output in 0..<outputCount {
        let own = unsafe UnsafePointer(margins.base + output * count + some.first)
        let share = unsafe shares + output * SomeRows.most
        for index in 0..<some.count {
          unsafe share[index] = exponential(own[index] - largest[index])
          unsafe total[index] += share[index]
        }
      }
      let codes = unsafe UnsafePointer(rows.codes.base + some.first)
      for output in 0..<outputCount {
        let own = unsafe UnsafePointer(shares + output * SomeRows.most)
        for index in 0..<some.count {
          let share = unsafe own[index] / total[index]
          let isClass: Double = unsafe codes[index] == Int32(truncatingIfNeeded: output) ? 1 : 0
          unsafe some.gradients[index] = share - isClass
          unsafe some.hessians[index] = factor * share * (1 - share)
        }
        unsafe scale.store(
          some.gradients, some.hessians, weights: rows.weights.values.base + some.first,
          count: some.count, to: gradients.base + output * count + some.first)
      }
    }
  }
}

/// Neighbouring rows whose numbers stay in the nearest cache from one loop to the next. Each loop
/// does the same to every row, without a branch, and so becomes one over vectors.
@safe private struct SomeRows {
  static let most = 256

  let first: Int
  let count: Int
  let gradients: UnsafeMutablePointer<Double>
  let hessians: UnsafeMutablePointer<Double>

  /// - Parameter arrays: how many arrays of `most` numbers each `body` gets besides.
  @inline(__always)
  static func forEach(
    of range: Range<Int>, arrays: Int, _ body: (SomeRows, UnsafeMutablePointer<Double>) -> Void
  ) {
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: (2 + arrays) * most) { room in
      guard let room = room.baseAddress else { return }
      for first in stride(from: range.lowerBound, to: range.upperBound, by: most) {
        unsafe body(
          SomeRows(
            first: first, count: min(most, range.upperBound - first), gradients: room,
            hessians: room + most),
          room + 2 * most)
      }
    }
  }
}
