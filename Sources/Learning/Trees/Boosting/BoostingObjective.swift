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
    for start in stride(from: range.lowerBound, to: range.upperBound, by: FourRows.count) {
      let four = FourRows(start, of: range)
      let margin = unsafe four.load(margins.base)
      // Both probabilities from one exponential of a negative number: neither is lost near 0.
      let isPositive = margin .>= 0
      let small = exponential(margin.replacing(with: -margin, where: isPositive))
      let likely = 1 / (1 + small)
      let unlikely = small * likely
      let second = unlikely.replacing(with: likely, where: isPositive)
      let isSecond = unsafe four.load(rows.codes.base)
      unsafe four.store(
        scale, gradient: second - isSecond, hessian: likely * unlikely,
        weight: four.load(rows.weights.values.base), to: gradients.base)
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
    unsafe withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: outputCount) { shares in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: FourRows.count) {
        let four = FourRows(start, of: range)
        var largest = unsafe four.load(margins.base)
        for output in 1..<outputCount {
          let margin = unsafe four.load(margins.base + output * count)
          largest.replace(with: margin, where: margin .> largest)
        }
        var total = SIMD4<Double>.zero
        for output in 0..<outputCount {
          unsafe shares[output] = exponential(four.load(margins.base + output * count) - largest)
          unsafe total += shares[output]
        }
        let code = unsafe four.load(rows.codes.base)
        let weight = unsafe four.load(rows.weights.values.base)
        for output in 0..<outputCount {
          let share = unsafe shares[output] / total
          let isClass = SIMD4<Double>.zero.replacing(with: 1, where: code .== Double(output))
          unsafe four.store(
            scale, gradient: share - isClass, hessian: factor * share * (1 - share),
            weight: weight, to: gradients.base + output * count)
        }
      }
    }
  }
}

/// Four neighbouring rows, or what is left of a range, one in each lane.
private struct FourRows {
  static let count = 4

  private let first: Int
  private let used: Int

  @inline(__always)
  init(_ first: Int, of range: Range<Int>) {
    self.first = first
    used = min(FourRows.count, range.upperBound &- first)
  }

  /// Safe: reads the rows of the range alone.
  @inline(__always)
  func load(_ values: UnsafeMutablePointer<Double>) -> SIMD4<Double> {
    if used == FourRows.count {
      return unsafe UnsafeRawPointer(values + first).loadUnaligned(as: SIMD4<Double>.self)
    }
    var four = SIMD4<Double>.zero
    for lane in 0..<used { four[lane] = unsafe values[first &+ lane] }
    return four
  }

  @inline(__always)
  func load(_ values: UnsafeMutablePointer<Int32>) -> SIMD4<Double> {
    var four = SIMD4<Double>.zero
    for lane in 0..<used { four[lane] = unsafe Double(values[first &+ lane]) }
    return four
  }

  @inline(__always)
  func store(
    _ scale: GradientScale, gradient: SIMD4<Double>, hessian: SIMD4<Double>,
    weight: SIMD4<Double>, to gradients: UnsafeMutablePointer<GradientSum>
  ) {
    for lane in 0..<used {
      unsafe gradients[first &+ lane] = scale.row(
        gradient: gradient[lane], hessian: hessian[lane], weight: weight[lane])
    }
  }
}
