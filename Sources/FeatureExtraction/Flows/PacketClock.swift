/// The time before which no packet is expected any more.
///
/// It is the earliest time stamp among the last 4,096 to 8,191 packets, so that neither packets
/// in disorder nor a single wrong time stamp end flows that go on. It can run back.
struct PacketClock: Sendable {
  private static let packetsPerEpoch = 4_096
  private(set) var horizon = Int64.min
  private var previousMinimum = Int64.min
  private var minimum = Int64.max
  private var count = 0

  /// Takes in the time of a packet; true if the horizon was set anew.
  @inline(__always)
  mutating func observe(_ time: Int64) -> Bool {
    minimum = min(minimum, time)
    count &+= 1
    guard count == PacketClock.packetsPerEpoch else { return false }
    horizon = min(previousMinimum, minimum)
    (previousMinimum, minimum, count) = (minimum, .max, 0)
    return true
  }
}
