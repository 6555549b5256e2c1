/// What the packets of a connection have in common, whichever way they go: the IP protocol and
/// the unordered pair of (address, port), and the VLANs of its frames where those count.
///
/// Five words, as it is in each packet, each flow and each comparison. For VLANs there is room in
/// the last word beside IPv6, and in the upper half of the addresses beside IPv4, where the room in
/// the last word holds a value that no VLANs have.
package struct FlowKey: Hashable, Sendable, BitwiseCopyable {
  /// The endpoint whose (address, port) is the smaller as a number comes first.
  let lowerHigh, lowerLow, upperHigh, upperLow: UInt64
  /// Everything but the addresses: see `rest(lowerPort:upperPort:marker:protocolNumber:)`.
  let rest: UInt64

  /// What `marker` is for IPv4; for IPv6 it is `VLANTags.bits`.
  private static let version4: UInt64 = 0xFF_FFFF

  /// Orders the endpoints.
  /// - Parameter tags: the VLANs that are part of the key.
  /// - Returns: the key, and whether the source is the lower endpoint; it is where both are equal.
  @inline(__always)
  static func ordered(
    source: IPAddress, sourcePort: UInt16, destination: IPAddress, destinationPort: UInt16,
    protocolNumber: UInt8, tags: VLANTags = VLANTags()
  ) -> (key: FlowKey, sourceIsLower: Bool) {
    let sourceIsLower =
      source.high != destination.high
      ? source.high < destination.high
      : source.low != destination.low
        ? source.low < destination.low : sourcePort <= destinationPort
    let (lower, upper) = sourceIsLower ? (source, destination) : (destination, source)
    let beside4 = source.isVersion4 ? tags.bits : 0
    let key = FlowKey(
      lowerHigh: lower.high | beside4, lowerLow: lower.low,
      upperHigh: upper.high | beside4, upperLow: upper.low,
      rest: rest(
        lowerPort: sourceIsLower ? sourcePort : destinationPort,
        upperPort: sourceIsLower ? destinationPort : sourcePort,
        marker: source.isVersion4 ? version4 : tags.bits, protocolNumber: protocolNumber))
    return (key, sourceIsLower)
  }

  package var lowerPort: UInt16 { UInt16(truncatingIfNeeded: rest >> 48) }
  package var upperPort: UInt16 { UInt16(truncatingIfNeeded: rest >> 32) }
  /// The number of the IP protocol: 6 is TCP.
  package var protocolNumber: UInt8 { UInt8(truncatingIfNeeded: rest) }
  var isVersion4: Bool { marker == FlowKey.version4 }

  package var lowerAddress: IPAddress { address(lowerHigh, lowerLow) }
  package var upperAddress: IPAddress { address(upperHigh, upperLow) }

  /// The VLANs that are part of the key.
  var tags: VLANTags { VLANTags(bits: isVersion4 ? lowerHigh : marker) }

  /// Whether both ends have the same address and port: a packet then has no direction.
  var endsAreEqual: Bool {
    lowerHigh == upperHigh && lowerLow == upperLow && lowerPort == upperPort
  }

  /// Whether protocol, VLANs and both ends are the same.
  package static func == (left: FlowKey, right: FlowKey) -> Bool {
    // One branch: keys that share a hash are nearly always equal.
    let addresses =
      (left.lowerHigh ^ right.lowerHigh) | (left.lowerLow ^ right.lowerLow)
      | (left.upperHigh ^ right.upperHigh) | (left.upperLow ^ right.upperLow)
    return addresses | (left.rest ^ right.rest) == 0
  }

  /// 24 bits between the ports and the protocol.
  var marker: UInt64 { rest >> 8 & 0xFF_FFFF }

  /// The last word of a key.
  @inline(__always)
  static func rest(
    lowerPort: UInt16, upperPort: UInt16, marker: UInt64, protocolNumber: UInt8
  ) -> UInt64 {
    UInt64(lowerPort) << 48 | UInt64(upperPort) << 32 | marker << 8 | UInt64(protocolNumber)
  }

  /// The upper half of an IPv4 address is empty.
  private func address(_ high: UInt64, _ low: UInt64) -> IPAddress {
    IPAddress(high: isVersion4 ? 0 : high, low: low, isVersion4: isVersion4)
  }
}
