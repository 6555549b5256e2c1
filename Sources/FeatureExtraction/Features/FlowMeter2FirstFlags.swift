import FeatureTables

/// Family first flags: the flag bytes of the first four packets.
struct FlowMeter2FirstFlags: FlowMeter2Family {
  static let count = 4

  private(set) var bytes: InlineArray<4, UInt8> = .init(repeating: 0)

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.packetsBefore < Self.count else { return }
    bytes[Int(place.packetsBefore)] = packet.flags.rawValue
  }
}

extension FlowMeter2Features {
  static let firstFlags: [Definition] = (0..<FlowMeter2FirstFlags.count).map { index in
    define(
      "first_flags_\(index + 1)", in: .none,
      "Flag byte of packet \(index + 1); 0 without it and for other protocols than TCP."
    ) { Double($0.firstFlags.bytes[index]) }
  }
}
