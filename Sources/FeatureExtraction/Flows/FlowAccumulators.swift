/// What one flow sums up about its packets, in constant space. What the flow itself keeps (times of
/// the first and the latest packet, how many there were) need not be kept again.
package protocol FlowAccumulators: Sendable, BitwiseCopyable {
  /// The sums of a flow that begins with `packet`.
  /// - Parameter direction: 0 for forward, 1 for backward.
  init(first packet: borrowing PacketHeader, direction: Int)

  /// Takes in a packet that is not the first.
  /// - Parameters:
  ///   - clock: the time of the flow, this packet's included: see `FlowAssembly.time`.
  ///   - previous: the time of the flow before it.
  ///   - direction: 0 for forward, 1 for backward.
  mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int)
}
