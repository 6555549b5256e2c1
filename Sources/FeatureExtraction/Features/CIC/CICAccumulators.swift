/// What the sets `cic` and `cic2022-compat` sum up, laid out so that a packet touches five lines of
/// the cache: what every packet needs stands first, then the directions, then what few need.
package struct CICAccumulators: CICSums {
  /// 128 bytes: two lines.
  struct Direction: Sendable, BitwiseCopyable {
    fileprivate(set) var sums = CICDirection()
    fileprivate(set) var flags = FlagCounts()
  }

  private var gapSums = GapSums()
  /// Nanoseconds at which the present active period began.
  private var activityStart: Int64
  /// Gaps of more than a second.
  private(set) var breakCount: UInt32 = 0
  /// Window fields: of the first packet if it goes forward, of the first backward packet where it
  /// is not 0, of the last backward packet.
  private(set) var forwardWindow: UInt16 = 0
  private(set) var backwardWindow: UInt16 = 0
  private(set) var lastBackwardWindow: UInt16 = 0
  private let firstFlags: TCPFlags
  private let firstTraits: FirstTraits
  private var firstTimes: InlineArray<2, Int64>
  private var bulkClocks = InlineArray<2, Bulk.Clock>(repeating: Bulk.Clock())
  private var directions = InlineArray<2, Direction>(repeating: Direction())
  private var bulks = InlineArray<2, Bulk>(repeating: Bulk())
  private(set) var activity = ActivityPeriods()

  /// What else is to be known of the first packet.
  private struct FirstTraits: OptionSet, Sendable, BitwiseCopyable {
    let rawValue: UInt8
    static let isBackward = FirstTraits(rawValue: 1)
    static let hasPayload = FirstTraits(rawValue: 2)
  }

  @inline(__always)
  package init(first packet: borrowing PacketHeader, direction: Int) {
    activityStart = packet.time
    firstTimes = InlineArray(repeating: packet.time)
    firstFlags = packet.flags
    var traits: FirstTraits = direction == 1 ? .isBackward : []
    if packet.payloadLength > 0 { traits.insert(.hasPayload) }
    firstTraits = traits
    forwardWindow = direction == 0 ? packet.window : 0
    count(packet, direction: direction)
  }

  @inline(__always)
  package mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int
  ) {
    let gap = microseconds(packet.time &- previous)
    gapSums.add(gap)
    if gap > CICAccumulators.longestUnbroken {
      breakCount &+= 1
      if gap > ActivityPeriods.timeout {
        activity.close(&activityStart, previous: previous, time: packet.time)
      }
    }
    count(packet, direction: direction)
  }

  /// Microseconds; longer gaps break a flow into sub-flows.
  private static var longestUnbroken: Int64 { 1_000_000 }

  @inline(__always)
  private mutating func count(_ packet: borrowing PacketHeader, direction: Int) {
    if direction == 1 {
      lastBackwardWindow = packet.window
      if backwardWindow == 0 { backwardWindow = packet.window }
    }
    let other = bulkClocks[1 &- direction]
    bulkClocks[direction].interrupt(by: other)
    if packet.payloadLength > 0 { bulks[direction].add(packet, &bulkClocks[direction]) }
    directions[direction].sums.add(packet, first: &firstTimes[direction])
    directions[direction].flags.add(packet.flags)
  }
}

extension CICAccumulators {
  var forward: CICDirection { directions[0].sums }
  var backward: CICDirection { directions[1].sums }
  var forwardGaps: Sample { directions[0].sums.gaps(since: firstTimes[0]) }
  var backwardGaps: Sample { directions[1].sums.gaps(since: firstTimes[1]) }
  var forwardBulk: Bulk { bulks[0] }
  var backwardBulk: Bulk { bulks[1] }

  func gaps(packets: UInt32, over time: Int64) -> Sample {
    gapSums.sample(packets: packets, over: time)
  }

  /// Packets with a flag, of one direction.
  func count(of flag: TCPFlags, _ side: Side) -> UInt32 { directions[side.index].flags[flag] }

  /// Packets with a flag, of both.
  func count(of flag: TCPFlags) -> UInt32 {
    directions[0].flags[flag] &+ directions[1].flags[flag]
  }

  /// 1 where the first packet goes to this side and has the flag.
  func first(has flag: TCPFlags, _ side: Side) -> UInt32 {
    isFirst(side) && firstFlags.contains(flag) ? 1 : 0
  }

  /// 1 where the first packet goes to this side and has payload.
  func firstHasPayload(_ side: Side) -> UInt32 {
    isFirst(side) && firstTraits.contains(.hasPayload) ? 1 : 0
  }

  private func isFirst(_ side: Side) -> Bool {
    firstTraits.contains(.isBackward) == (side == .backward)
  }
}
