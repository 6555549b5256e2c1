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
    // One bit is the sign of gradients, one makes room for rounding.
    gradientFactor = FixedPoint.factor(for: bound, bits: 62)
    hessianFactor = FixedPoint.factor(for: bound, bits: 64 - Int(countBits))
    gradientUnit = 1 / gradientFactor
    hessianUnit = 1 / hessianFactor
    hessianRounder = 0x1.8p52 * max(0x1p-32, hessianUnit)
  }

  /// One row: its gradient, at most 1 in size, its Hessian, from 0 to 1/2, and its weight.
  @inline(__always)
  package func row(gradient: Double, hessian: Double, weight: Double) -> GradientSum {
    let slope = (gradient + GradientScale.gradientRounder) - GradientScale.gradientRounder
    let curvature = (hessian + hessianRounder) - hessianRounder
    return GradientSum(
      UInt64(bitPattern: FixedPoint.round(slope * weight * gradientFactor)),
      UInt64(bitPattern: FixedPoint.round(curvature * weight * hessianFactor)) &<< countBits | 1)
  }

  @inline(__always)
  package func gradient(_ sum: GradientSum) -> Double {
    Double(Int64(bitPattern: sum.x)) * gradientUnit
  }

  @inline(__always)
  package func hessian(_ sum: GradientSum) -> Double {
    Double(Int64(bitPattern: sum.y &>> countBits)) * hessianUnit
  }

  @inline(__always)
  package func count(_ sum: GradientSum) -> Int { Int(truncatingIfNeeded: sum.y & countMask) }
}
