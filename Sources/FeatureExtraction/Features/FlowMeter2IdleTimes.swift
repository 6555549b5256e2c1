import FeatureTables

/// Family idle times: what the Active and Idle columns of CICFlowMeter mean.
struct FlowMeter2IdleTimes: FlowMeter2Family {
  static let shortestIdle: UInt32 = 5_000_000

  private(set) var total: UInt64 = 0
  private(set) var count: UInt32 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.gap > Self.shortestIdle else { return }
    total &+= UInt64(place.gap)
    count &+= 1
  }
}

extension FlowMeter2Features {
  static let idleTimes: [Definition] = [
    define("idle_count", in: .count, "Gaps of more than 5 s between consecutive packets.") {
      Double($0.idleTimes.count)
    },
    define("idle_time_total", in: .microseconds, "Sum of these gaps, each 120 s at most.") {
      Double($0.idleTimes.total)
    },
    define("idle_share", in: .ratio, "Their share of the duration; 0 where that is 0.") {
      $0.base.duration == 0 ? 0 : Double($0.idleTimes.total) / $0.base.duration
    },
  ]
}
