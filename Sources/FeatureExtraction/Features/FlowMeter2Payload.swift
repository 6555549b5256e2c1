import FeatureTables

/// Family payload: what TCP and UDP carry, without headers.
struct FlowMeter2Payload: FlowMeter2Family {
  struct Direction: Sendable, BitwiseCopyable {
    fileprivate(set) var bytes: UInt64 = 0
    /// Packets with payload.
    fileprivate(set) var packets: UInt32 = 0
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    directions[place.direction].bytes &+= UInt64(packet.payloadLength)
    directions[place.direction].packets &+= packet.payloadLength > 0 ? 1 : 0
  }
}

extension FlowMeter2Features {
  static let payload: [Definition] = joined(
    eachWay("payload_packet_share", in: .ratio, "Share of the {way} packets with payload.") {
      share($0.payload.directions[$1].packets, of: $0.base.directions[$1].packets)
    },
    eachWay("payload_byte_total", in: .bytes, "Bytes of {way} TCP and UDP payload.") {
      Double($0.payload.directions[$1].bytes)
    })
}
