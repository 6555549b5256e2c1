/// A part of what the set `flowmeter2` sums up, with the features that are made of it. Each family
/// is a file: `Notebooks-free-docs/flowmeter2.md` says what each gained.
protocol FlowMeter2Family: Sendable, BitwiseCopyable {
  init()

  /// Takes in a packet.
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place)
}

/// The place of a packet in its flow, in the units of the set.
///
/// Time is in whole microseconds, so that a capture in nanoseconds gives the values of one in
/// microseconds.
struct FlowMeter2Place {
  /// No gap is taken for longer: a flow that is idle for this long has ended by default.
  static let longestGap: Int64 = 120_000_000

  /// 0 for forward, 1 for backward.
  let direction: Int
  /// Bytes of the IP packet, at most 65,535.
  let length: UInt16
  /// Microseconds since the packet before in the same direction, at most `longestGap`; nil for
  /// the first of its direction.
  let gap: UInt32?

  /// Microseconds between two times, at most `longestGap`.
  @inline(__always)
  static func gap(from earlier: Int64, to later: Int64) -> UInt32 {
    UInt32(truncatingIfNeeded: min(later &- earlier, longestGap))
  }
}

extension PacketHeader {
  /// Whether it is TCP and says flags, sequence number and window.
  @inline(__always)
  var isTCPSegment: Bool { key.protocolNumber == IPProtocol.tcp && headerLength > 0 }
}
