/// Gaps between packets in whole microseconds, which may be negative. Their count is that of the
/// packets less one, their sum the time between the first and the last packet: neither is kept.
///
/// Exact for gaps of up to 2^50 µs (35 years) and 2^28 of them; beyond that no more than finite.
struct GapSums: Sendable, BitwiseCopyable {
  private var squares: UInt128 = 0
  private var lowest = Int64.max
  private var highest = Int64.min

  @inline(__always)
  mutating func add(_ gap: Int64) {
    squares &+= UInt128(square: gap.magnitude)
    lowest = min(lowest, gap)
    highest = max(highest, gap)
  }

  /// - Parameters:
  ///   - packets: how many there are; at least 1 where there is a gap.
  ///   - time: nanoseconds from the first to the last.
  func sample(packets: UInt32, over time: Int64) -> Sample {
    Sample(
      count: UInt64(max(packets, 1) - 1), sum: microseconds(time), squares: squares,
      lowest: lowest, highest: highest)
  }
}

/// Periods in whole microseconds, of which there are few in a flow.
struct PeriodSums: Sendable, BitwiseCopyable {
  private var squares: UInt128 = 0
  private var sum: Int64 = 0
  private var lowest = Int64.max
  private var highest = Int64.min
  private var count: UInt64 = 0

  mutating func add(_ period: Int64) {
    squares &+= UInt128(square: period.magnitude)
    sum &+= period
    lowest = min(lowest, period)
    highest = max(highest, period)
    count &+= 1
  }

  var sample: Sample {
    Sample(count: count, sum: sum, squares: squares, lowest: lowest, highest: highest)
  }
}

/// Times of the CIC sets are floored to whole microseconds, so that the division is exact.
@inline(__always)
func microseconds(_ nanoseconds: Int64) -> Int64 { nanoseconds / 1_000 }
