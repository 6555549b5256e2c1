import FeatureTables

/// Family first payloads: payload lengths of the first four packets that carry any, so that
/// neither handshake nor bare acknowledgements stand between question and answer.
struct FlowMeter2FirstPayloads: FlowMeter2Family {
  static let count = 4

  private var lengths: InlineArray<4, UInt16> = .init(repeating: 0)
  /// Packets with payload so far, at most four.
  private var seen: UInt8 = 0
  /// A bit for each packet: whether it goes backward.
  private var isBackward: UInt8 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.payloadLength > 0, seen < Self.count else { return }
    lengths[Int(seen)] = UInt16(truncatingIfNeeded: min(packet.payloadLength, 65_535))
    isBackward |= UInt8(truncatingIfNeeded: place.direction) << seen
    seen &+= 1
  }

  /// Negative where the packet goes backward; 0 where there is none.
  func signed(_ index: Int) -> Double {
    let length = Double(lengths[index])
    return isBackward >> index & 1 == 1 ? -length : length
  }
}

extension FlowMeter2Features {
  static let firstPayloads: [Definition] = (0..<FlowMeter2FirstPayloads.count).map { index in
    define(
      "first_payload_length_\(index + 1)", in: .bytes,
      "Payload of packet \(index + 1) of those with payload, negative where it goes backward.",
      formula: "± p of packet \(index + 1) of those with p > 0"
    ) { $0.firstPayloads.signed(index) }
  }
}
