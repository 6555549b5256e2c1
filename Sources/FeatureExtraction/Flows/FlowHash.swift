/// A hash of flow keys under a secret seed, so that nobody can craft packets that collide.
///
/// Folded multiplication of two words at a time, the mixing step of wyhash (Wang Yi, 2019).
struct FlowHash: Sendable {
  private let seeds: (UInt64, UInt64, UInt64, UInt64, UInt64)

  init(using generator: inout some RandomNumberGenerator) {
    seeds = (
      generator.next(), generator.next(), generator.next(), generator.next(),
      generator.next() | 1
    )
  }

  @inline(__always)
  func callAsFunction(_ key: borrowing FlowKey) -> UInt32 {
    let lower = FlowHash.fold(key.lowerHigh ^ seeds.0, key.lowerLow ^ seeds.1)
    let upper = FlowHash.fold(key.upperHigh ^ seeds.2, key.upperLow ^ seeds.3)
    let mixed = FlowHash.fold(lower ^ key.rest, upper ^ seeds.4)
    return UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32))
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
