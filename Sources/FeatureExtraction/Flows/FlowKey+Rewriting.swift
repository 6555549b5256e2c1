/// Keys as sets see them that do not go by protocol and the unordered pair of (address, port).
extension FlowKey {
  /// Whether both ends have the same address, whatever their ports.
  @inline(__always)
  var addressesAreEqual: Bool { lowerHigh == upperHigh && lowerLow == upperLow }

  /// The same addresses and VLANs under protocol 0, without ports: one key for all that is not
  /// told apart.
  var withoutTransport: FlowKey {
    FlowKey(
      lowerHigh: lowerHigh, lowerLow: lowerLow, upperHigh: upperHigh, upperLow: upperLow,
      rest: FlowKey.rest(lowerPort: 0, upperPort: 0, marker: marker, protocolNumber: 0))
  }

  /// The same with the ends exchanged: no longer in order, and so another key.
  var exchanged: FlowKey {
    FlowKey(
      lowerHigh: upperHigh, lowerLow: upperLow, upperHigh: lowerHigh, upperLow: lowerLow,
      rest: FlowKey.rest(
        lowerPort: upperPort, upperPort: lowerPort, marker: marker,
        protocolNumber: protocolNumber))
  }
}
