/// When a flow was active and when it was idle: a gap of more than 5 seconds ends an active period
/// and is an idle one. The last active period is not among them, as in the original: a flow without
/// such a gap has none.
struct ActivityPeriods: Sendable, BitwiseCopyable {
  /// Microseconds; longer gaps are idle periods.
  static var timeout: Int64 { 5_000_000 }

  private(set) var active = PeriodSums()
  private(set) var idle = PeriodSums()

  /// Takes in a gap that is longer than the time-out.
  /// - Parameters:
  ///   - start: nanoseconds at which the active period before it began; set to where it ends.
  ///   - previous: the time of the packet before the gap.
  ///   - time: that of the packet behind it.
  @inline(never)
  mutating func close(_ start: inout Int64, previous: Int64, time: Int64) {
    let length = microseconds(previous &- start)
    if length > 0 { active.add(length) }
    idle.add(microseconds(time &- previous))
    start = time
  }
}
