/// What the set `cic2017-compat` sums up: no bulks, no breaks, and flags of the first packet only.
package struct CIC2017Accumulators: CICSums {
  private var gapSums = GapSums()
  /// Nanoseconds at which the present active period began.
  private var activityStart: Int64
  private(set) var activity = ActivityPeriods()
  private var firstTimes: InlineArray<2, Int64>
  private var directions = InlineArray<2, CICDirection>(repeating: CICDirection())
  /// Bytes of payload of the first packet.
  let firstLength: UInt32
  let firstFlags: TCPFlags
  /// Window fields of the first packet and of the last backward one.
  let firstWindow: UInt16
  private(set) var lastBackwardWindow: UInt16 = 0

  @inline(__always)
  package init(first packet: borrowing PacketHeader, direction: Int) {
    activityStart = packet.time
    firstTimes = InlineArray(repeating: packet.time)
    firstLength = packet.payloadLength
    firstFlags = packet.flags
    firstWindow = packet.window
    directions[direction].add(packet, first: &firstTimes[direction])
  }

  /// A FIN, which ends the flow, does not move the clock of activity.
  @inline(__always)
  package mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int
  ) {
    let gap = microseconds(packet.time &- previous)
    gapSums.add(gap)
    if gap > ActivityPeriods.timeout, !packet.flags.contains(.fin) {
      activity.close(&activityStart, previous: previous, time: packet.time)
    }
    lastBackwardWindow = direction == 1 ? packet.window : lastBackwardWindow
    directions[direction].add(packet, first: &firstTimes[direction])
  }

  var forward: CICDirection { directions[0] }
  var backward: CICDirection { directions[1] }
  var forwardGaps: Sample { directions[0].gaps(since: firstTimes[0]) }
  var backwardGaps: Sample { directions[1].gaps(since: firstTimes[1]) }

  func gaps(packets: UInt32, over time: Int64) -> Sample {
    gapSums.sample(packets: packets, over: time)
  }
}
