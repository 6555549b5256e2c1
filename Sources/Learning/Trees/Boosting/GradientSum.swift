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

  /// - Parameter largestWeight: no gradient exceeds it in size, and no Hessian exceeds half of it.
  package init(rowCount: Int, largestWeight: Double) {
    countBits = UInt64(Int.bitWidth - rowCount.leadingZeroBitCount)
    countMask = (1 &<< countBits) - 1
    let bound = Double(rowCount) * largestWeight
    // One bit is the sign of gradients, one makes room for rounding.
    gradientFactor = FixedPoint.factor(for: bound, bits: 62)
    hessianFactor = FixedPoint.factor(for: bound, bits: 64 - Int(countBits))
    gradientUnit = 1 / gradientFactor
    hessianUnit = 1 / hessianFactor
  }

  /// One row.
  @inline(__always)
  package func row(gradient: Double, hessian: Double) -> GradientSum {
    GradientSum(
      UInt64(bitPattern: FixedPoint.round(gradient * gradientFactor)),
      UInt64(bitPattern: FixedPoint.round(hessian * hessianFactor)) &<< countBits | 1)
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
