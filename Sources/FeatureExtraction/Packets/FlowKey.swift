/// What the packets of a connection have in common, whichever way they go: the IP protocol and
/// the unordered pair of (address, port).
package struct FlowKey: Hashable, Sendable, BitwiseCopyable {
  /// The endpoint whose (address, port) is the smaller as a number comes first.
  let lowerHigh, lowerLow, upperHigh, upperLow: UInt64
  package let lowerPort, upperPort: UInt16
  /// The number of the IP protocol: 6 is TCP.
  package let protocolNumber: UInt8
  let isVersion4: Bool

  /// Orders the endpoints.
  /// - Returns: the key, and whether the source is the lower endpoint; it is where both are equal.
  @inline(__always)
  static func ordered(
    source: IPAddress, sourcePort: UInt16, destination: IPAddress, destinationPort: UInt16,
    protocolNumber: UInt8
  ) -> (key: FlowKey, sourceIsLower: Bool) {
    let sourceIsLower =
      source.high != destination.high
      ? source.high < destination.high
      : source.low != destination.low
        ? source.low < destination.low : sourcePort <= destinationPort
    let (lower, upper) = sourceIsLower ? (source, destination) : (destination, source)
    let key = FlowKey(
      lowerHigh: lower.high, lowerLow: lower.low, upperHigh: upper.high, upperLow: upper.low,
      lowerPort: sourceIsLower ? sourcePort : destinationPort,
      upperPort: sourceIsLower ? destinationPort : sourcePort,
      protocolNumber: protocolNumber, isVersion4: source.isVersion4)
    return (key, sourceIsLower)
  }

  package var lowerAddress: IPAddress {
    IPAddress(high: lowerHigh, low: lowerLow, isVersion4: isVersion4)
  }

  package var upperAddress: IPAddress {
    IPAddress(high: upperHigh, low: upperLow, isVersion4: isVersion4)
  }

  /// Whether both ends have the same address and port: a packet then has no direction.
  var endsAreEqual: Bool {
    lowerHigh == upperHigh && lowerLow == upperLow && lowerPort == upperPort
  }

  /// Whether protocol and both ends are the same.
  package static func == (left: FlowKey, right: FlowKey) -> Bool {
    // One branch: keys that share a hash are nearly always equal.
    let addresses =
      (left.lowerHigh ^ right.lowerHigh) | (left.lowerLow ^ right.lowerLow)
      | (left.upperHigh ^ right.upperHigh) | (left.upperLow ^ right.upperLow)
    return addresses | (left.rest ^ right.rest) == 0
  }

  /// Everything but the addresses in one word.
  var rest: UInt64 {
    UInt64(lowerPort) << 32 | UInt64(upperPort) << 16 | UInt64(protocolNumber) << 8
      | (isVersion4 ? 1 : 0)
  }
}
