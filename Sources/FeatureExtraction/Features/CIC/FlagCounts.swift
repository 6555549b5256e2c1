/// How many packets have each of the eight TCP flags: one addition for all of them.
struct FlagCounts: Sendable, BitwiseCopyable {
  private var counts = SIMD8<UInt32>()

  private static let bits = SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)

  @inline(__always)
  mutating func add(_ flags: TCPFlags) {
    let isSet = (SIMD8(repeating: UInt32(flags.rawValue)) & FlagCounts.bits) .!= SIMD8()
    counts.replace(with: counts &+ 1, where: isSet)
  }

  /// Packets with a flag.
  subscript(flag: TCPFlags) -> UInt32 { counts[flag.rawValue.trailingZeroBitCount] }
}
