import FeatureTables

/// Gradient-based one-side sampling: a round grows on the rows with the largest gradients and on a
/// random sample of the others, which count for all of them (Ke et al., 2017, algorithm 2).
///
/// Gradients are compared as integers, and of equal ones the first rows are taken, so that the
/// sample does not depend on threads.
struct GradientSampling: Sendable {
  let seed: UInt64
  /// The share of all rows that are taken for their gradients.
  let topRate: Double
  /// The share of all rows that are drawn from the others.
  let otherRate: Double

  private static let rowsPerBlock = 32_768

  /// The rows of a round.
  struct Drawn: Sendable {
    let rows: BoostingSampling.Rows
    /// Rows that were drawn for the others, ascending.
    let others: [Int32]
    /// For how many rows each of those counts: (1 - a) / b, as counted.
    let factor: Double
  }

  /// - Parameter gradients: output-major, `outputs` by `rowCount`.
  func draw(
    round: Int, gradients: Buffer<GradientSum>, rowCount: Int, outputs: Int, parallel: Parallel
  ) -> Drawn {
    let topCount = min(rowCount, Int((topRate * Double(rowCount)).rounded()))
    let restCount = rowCount - topCount
    let otherCount = min(restCount, max(1, Int((otherRate * Double(rowCount)).rounded())))
    var top = GradientSampling.greatest(
      topCount, of: sizes(gradients, rowCount: rowCount, outputs: outputs, parallel: parallel))
    // A simple random sample without replacement (Knuth, TAOCP 2, algorithm S).
    var generator = RandomGenerator(seed: seed, stream: UInt64(round) << 1)
    var (wanted, left) = (otherCount, restCount)
    var (used, unused, others) = ([Int32](), [Int32](), [Int32]())
    for row in 0..<Int32(rowCount) {
      if top.takes(Int(row)) {
        used.append(row)
        continue
      }
      let isDrawn = generator.below(left) < wanted
      left -= 1
      if isDrawn {
        wanted -= 1
        used.append(row)
        others.append(row)
      } else {
        unused.append(row)
      }
    }
    return Drawn(
      rows: BoostingSampling.Rows(used: used, unused: unused), others: others,
      factor: otherCount > 0 ? Double(restCount) / Double(otherCount) : 1)
  }

  /// The size of each row's gradient, weight included, summed over the outputs. Sizes of a row add
  /// up to at most twice the weight, which leaves room in 64 bits.
  private func sizes(
    _ gradients: Buffer<GradientSum>, rowCount: Int, outputs: Int, parallel: Parallel
  ) -> Buffer<UInt64> {
    precondition(gradients.count == rowCount * outputs)
    let sizes = Buffer<UInt64>(count: rowCount, repeating: 0)
    let blocks = (rowCount + GradientSampling.rowsPerBlock - 1) / GradientSampling.rowsPerBlock
    parallel.forEach(blocks) { block in
      let start = block * GradientSampling.rowsPerBlock
      let end = min(start + GradientSampling.rowsPerBlock, rowCount)
      // Safe: rows are below their number, and there is a gradient for each row and output.
      for output in 0..<outputs {
        for row in start..<end {
          let gradient = unsafe Int64(bitPattern: gradients.base[output * rowCount + row].x)
          unsafe sizes.base[row] &+= gradient.magnitude
        }
      }
    }
    return sizes
  }

  /// The rows of the greatest values.
  private struct Greatest {
    let values: Buffer<UInt64>
    /// The least value that is taken; nil where none is.
    let least: UInt64?
    /// How many rows of that very value are still to be taken.
    var leastCount: Int

    /// To be asked about every row in order.
    mutating func takes(_ row: Int) -> Bool {
      guard let least else { return false }
      let value = values[row]
      if value == least, leastCount > 0 {
        leastCount -= 1
        return true
      }
      return value > least
    }
  }

  /// The first `count` rows by descending value, found digit by digit without sorting.
  /// - Complexity: O(values).
  private static func greatest(_ count: Int, of values: Buffer<UInt64>) -> Greatest {
    guard count > 0 else { return Greatest(values: values, least: nil, leastCount: 0) }
    var (prefix, mask, left) = (UInt64(0), UInt64(0), count)
    for shift in stride(from: UInt64(48), through: 0, by: -16) {
      var counts = [Int](repeating: 0, count: 65_536)
      for row in 0..<values.count {
        let value = unsafe values.base[row]
        if value & mask == prefix { counts[Int((value &>> shift) & 0xFFFF)] &+= 1 }
      }
      var digit = 65_535
      while counts[digit] < left {
        left -= counts[digit]
        digit -= 1
      }
      prefix |= UInt64(digit) &<< shift
      mask |= 0xFFFF &<< shift
    }
    return Greatest(values: values, least: prefix, leastCount: left)
  }
}

extension GradientSampling.Drawn {
  /// Lets the gradients of the others count for the rows that were not drawn. The sum over all rows
  /// used is then no larger than one over all rows could be.
  func amplify(
    _ gradients: Buffer<GradientSum>, rowCount: Int, outputs: Int, scale: GradientScale
  ) {
    for output in 0..<outputs {
      for row in others {
        let place = output * rowCount + Int(row)
        gradients[place] = scale.amplified(gradients[place], by: factor)
      }
    }
  }

  /// The weights with which the rows that are used stand for all.
  func weights(_ weights: RowWeights) -> RowWeights {
    var values = weights.values.elements(in: 0..<weights.count)
    for row in others { values[Int(row)] *= factor }
    return RowWeights(values)
  }
}

extension GradientScale {
  /// The gradient and the Hessian of a row times a factor, to the nearest unit; its count stays.
  fileprivate func amplified(_ sum: GradientSum, by factor: Double) -> GradientSum {
    let slope = Double(Int64(bitPattern: sum.x)) * factor
    let curvature = Double(Int64(bitPattern: sum.y &>> countBits)) * factor
    return GradientSum(
      UInt64(bitPattern: FixedPoint.round(slope)),
      UInt64(bitPattern: FixedPoint.round(curvature)) &<< countBits | sum.y & countMask)
  }
}
