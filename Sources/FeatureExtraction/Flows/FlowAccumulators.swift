/// What one flow sums up about its packets, in constant space.
package protocol FlowAccumulators: Sendable, BitwiseCopyable {
  /// - Parameter timeBefore: see `FlowAssembly.timeBefore`.
  init(timeBefore: Int64)

  /// Takes in a packet.
  /// - Parameters:
  ///   - clock: the time of the flow, this packet's included: see `FlowAssembly.time`.
  ///   - direction: 0 for forward, 1 for backward.
  mutating func add(_ packet: borrowing PacketHeader, clock: Int64, direction: Int)
}
