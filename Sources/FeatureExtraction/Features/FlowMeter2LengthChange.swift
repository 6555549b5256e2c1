import FeatureTables

/// Family length change: how much the length changes from packet to packet.
struct FlowMeter2LengthChange: FlowMeter2Family {
  private(set) var total: UInt64 = 0
  private var last: UInt16 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    if place.packetsBefore > 0 {
      total &+= UInt64(max(place.length, last) &- min(place.length, last))
    }
    last = place.length
  }
}

extension FlowMeter2Features {
  static let lengthChange: [Definition] = [
    define(
      "length_change_mean", in: .bytes,
      "Mean difference, without sign, of lengths of consecutive packets; 0 for one packet."
    ) { share($0.lengthChange.total, of: UInt64($0.base.packetsAfterFirst)) }
  ]
}
