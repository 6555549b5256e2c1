/// Sums of gradients, Hessians and rows, as integers: the one element of histograms.
///
/// The first lane is the gradient, as two's complement; the second holds the Hessian above the
/// count of rows. One vector addition adds all three, and a subtraction takes them away again.
package typealias GradientSum = SIMD2<UInt64>

/// What the integers of a `GradientSum` stand for, chosen once a fit from the number of rows and
/// the largest weight, so that no sum over all rows can overflow.
package struct GradientScale: Sendable, Equatable {
  /// Bits of the second lane that count rows.
  let countBits: UInt64
  let countMask: UInt64
  let gradientFactor: Double
  let hessianFactor: Double
  let gradientUnit: Double
  let hessianUnit: Double
  /// Adding and taking this away rounds to the grid of a Hessian before it is weighted.
  private let hessianRounder: Double

  /// Likewise of gradients: multiples of 2^-32. A product with a whole weight is then exact, so
  /// that a row of weight 2 is the same as the row twice.
  private static let gradientRounder = 0x1.8p20

  /// - Parameter largestWeight: of a row.
  package init(rowCount: Int, largestWeight: Double) {
    countBits = UInt64(Int.bitWidth - rowCount.leadingZeroBitCount)
    countMask = (1 &<< countBits) - 1
    let bound = Double(rowCount) * largestWeight
    // No row is more than 2^50 units, so that it can be rounded by an addition.
    let mostOfRow = FixedPoint.factor(for: largestWeight, bits: 50)
    // One bit is the sign of gradients, one makes room for rounding.
    gradientFactor = min(FixedPoint.factor(for: bound, bits: 62), mostOfRow)
    hessianFactor = min(FixedPoint.factor(for: bound, bits: 64 - Int(countBits)), mostOfRow)
    gradientUnit = 1 / gradientFactor
    hessianUnit = 1 / hessianFactor
    hessianRounder = 0x1.8p52 * max(0x1p-32, hessianUnit)
  }

  /// One row: its gradient, at most 1 in size, its Hessian, from 0 to 1/2, and its weight.
  package func row(gradient: Double, hessian: Double, weight: Double) -> GradientSum {
    let (slope, curvature) = lanes(gradient: gradient, hessian: hessian, weight: weight)
    return GradientSum(slope, curvature)
  }

  /// Many rows.
  @inline(__always)
  func store(
    _ gradients: UnsafePointer<Double>, _ hessians: UnsafePointer<Double>,
    weights: UnsafePointer<Double>, count: Int, to sums: UnsafeMutablePointer<GradientSum>
  ) {
    // Safe: a sum is two words, and nothing else reads or writes it meanwhile. A loop over single
    // words becomes one over vectors, a loop over vectors does not.
    unsafe sums.withMemoryRebound(to: UInt64.self, capacity: 2 * count) { words in
      for row in 0..<count {
        let (slope, curvature) = unsafe lanes(
          gradient: gradients[row], hessian: hessians[row], weight: weights[row])
        unsafe words[2 &* row] = slope
        unsafe words[2 &* row &+ 1] = curvature
      }
    }
  }

  @inline(__always)
  private func lanes(gradient: Double, hessian: Double, weight: Double) -> (UInt64, UInt64) {
    let slope = (gradient + GradientScale.gradientRounder) - GradientScale.gradientRounder
    let curvature = (hessian + hessianRounder) - hessianRounder
    return (
      GradientScale.rounded(slope * weight * gradientFactor),
      GradientScale.rounded(curvature * weight * hessianFactor) &<< countBits | 1
    )
  }

  /// To the nearest integer, as two's complement: adding 1.5 x 2^52 leaves it in the last bits.
  @inline(__always)
  private static func rounded(_ value: Double) -> UInt64 {
    (value + 0x1.8p52).bitPattern &- (0x1.8p52).bitPattern
  }

  @inline(__always)
  package func gradient(_ sum: GradientSum) -> Double { wholeGradient(sum) * gradientUnit }

  @inline(__always)
  package func hessian(_ sum: GradientSum) -> Double { wholeHessian(sum) * hessianUnit }

  /// In units.
  @inline(__always)
  func wholeGradient(_ sum: GradientSum) -> Double { Double(Int64(bitPattern: sum.x)) }

  /// In units.
  @inline(__always)
  func wholeHessian(_ sum: GradientSum) -> Double { Double(Int64(bitPattern: sum.y &>> countBits)) }

  @inline(__always)
  package func count(_ sum: GradientSum) -> Int { Int(truncatingIfNeeded: sum.y & countMask) }
}
