import FeatureTables

/// Family first lengths: the lengths and directions of the first eight packets.
struct FlowMeter2FirstLengths: FlowMeter2Family {
  static let count = 8

  private var lengths: InlineArray<8, UInt16> = .init(repeating: 0)
  /// A bit for each packet: whether it goes backward.
  private var isBackward: UInt8 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard place.packetsBefore < Self.count else { return }
    lengths[Int(place.packetsBefore)] = place.length
    isBackward |= UInt8(truncatingIfNeeded: place.direction) << place.packetsBefore
  }

  /// Negative where the packet goes backward; 0 where there is none.
  func signed(_ index: Int) -> Double {
    let length = Double(lengths[index])
    return isBackward >> index & 1 == 1 ? -length : length
  }
}

extension FlowMeter2Features {
  static let firstLengths: [Definition] = (0..<FlowMeter2FirstLengths.count).map { index in
    define(
      "first_length_\(index + 1)", in: .bytes,
      "Length of packet \(index + 1), negative where it goes backward; 0 without it."
    ) { $0.firstLengths.signed(index) }
  }
}
