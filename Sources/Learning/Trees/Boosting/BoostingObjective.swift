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
    for row in range {
      let margin = unsafe margins.base[row]
      // Both probabilities from one exponential of a negative number: neither is lost near 0.
      let small = exponential(-abs(margin))
      let (unlikely, likely) = (small / (1 + small), 1 / (1 + small))
      let (second, first) = margin >= 0 ? (likely, unlikely) : (unlikely, likely)
      let weight = unsafe rows.weights.values.base[row]
      let slope = unsafe rows.codes.base[row] == 1 ? -first : second
      unsafe gradients.base[row] = scale.row(
        gradient: slope, hessian: first * second, weight: weight)
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
    var shares = [Double](repeating: 0, count: outputCount)
    for row in range {
      var largest = -Double.infinity
      for output in 0..<outputCount {
        largest = max(largest, unsafe margins.base[output * count + row])
      }
      var total = 0.0
      for output in 0..<outputCount {
        shares[output] = exponential(unsafe margins.base[output * count + row] - largest)
        total += shares[output]
      }
      let (code, weight) = unsafe (Int(rows.codes.base[row]), rows.weights.values.base[row])
      for output in 0..<outputCount {
        let share = shares[output] / total
        let slope = output == code ? share - 1 : share
        unsafe gradients.base[output * count + row] = scale.row(
          gradient: slope, hessian: factor * share * (1 - share), weight: weight)
      }
    }
  }
}
