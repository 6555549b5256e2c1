/// What one flow sums up about its packets, in constant space.
package protocol FlowAccumulators: Sendable, BitwiseCopyable {
  init()

  /// Takes in a packet.
  /// - Parameters:
  ///   - clock: the time of the flow: the latest time stamp so far, this packet's included.
  ///   - direction: 0 for forward, 1 for backward.
  mutating func add(_ packet: borrowing PacketHeader, clock: Int64, direction: Int)
}
