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

  /// Under seeds that are no secret: the same on every machine.
  init() {
    // The first digits of the fraction of pi.
    seeds = (
      0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0,
      0x082E_FA98_EC4E_6C89, 0x4528_21E6_38D0_1377
    )
  }

  @inline(__always)
  func callAsFunction(_ key: borrowing FlowKey) -> UInt32 {
    let mixed = word(key)
    return UInt32(truncatingIfNeeded: mixed ^ (mixed >> 32))
  }

  /// All 64 bits.
  @inline(__always)
  func word(_ key: borrowing FlowKey) -> UInt64 {
    let lower = FlowHash.fold(key.lowerHigh ^ seeds.0, key.lowerLow ^ seeds.1)
    let upper = FlowHash.fold(key.upperHigh ^ seeds.2, key.upperLow ^ seeds.3)
    return FlowHash.fold(lower ^ key.rest, upper ^ seeds.4)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
