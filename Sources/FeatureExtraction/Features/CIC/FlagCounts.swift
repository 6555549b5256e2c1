/// How many packets have each of the eight TCP flags: one addition for all of them.
///
/// Vectors are compared by `.==`, which is one instruction; `.!=` would be a loop.
struct FlagCounts: Sendable, BitwiseCopyable {
  private var counts = SIMD8<UInt32>()

  private static var bits: SIMD8<UInt32> { SIMD8(1, 2, 4, 8, 16, 32, 64, 128) }

  @inline(__always)
  mutating func add(_ flags: TCPFlags) {
    let bits = FlagCounts.bits
    let isSet = (SIMD8(repeating: UInt32(flags.rawValue)) & bits) .== bits
    counts = counts.replacing(with: counts &+ SIMD8(repeating: 1), where: isSet)
  }

  /// Packets with a flag.
  subscript(flag: TCPFlags) -> UInt32 { counts[flag.rawValue.trailingZeroBitCount] }
}
