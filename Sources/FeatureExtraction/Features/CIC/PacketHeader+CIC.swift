/// Packets as the CIC sets see them.
extension PacketHeader {
  /// Cuts the time to whole microseconds, downward.
  @inline(__always)
  mutating func floorTime() {
    let rest = time % 1_000
    time &-= rest < 0 ? rest &+ 1_000 : rest
  }

  /// Whether it is TCP or UDP and its header was captured.
  @inline(__always)
  var hasTransportHeader: Bool {
    headerLength > 0
      && (key.protocolNumber == IPProtocol.tcp || key.protocolNumber == IPProtocol.udp)
  }

  /// Makes it one of protocol 0, without ports, flags and lengths.
  @inline(never)
  mutating func forgetTransport() {
    key = key.withoutTransport
    if key.addressesAreEqual { traits.insert(.isFromLower) }
    (payloadLength, capturedPayload, headerLength) = (0, 0, 0)
    (controlMessage, window, sequence, flags) = (0, 0, 0, [])
  }

  /// Makes a packet that a host sends to itself go from the lower end of a key of its own: the two
  /// directions become two flows.
  @inline(__always)
  mutating func separateDirections() {
    guard key.addressesAreEqual, !isFromLower else { return }
    key = key.exchanged
    traits.insert(.isFromLower)
  }

  /// Captured bytes of payload without the padding of an untagged frame, which the packet library
  /// of the originals takes away; that of a tagged frame it leaves.
  @inline(__always)
  var unpaddedPayload: UInt32 {
    traits.contains(.isTagged) ? capturedPayload : min(capturedPayload, payloadLength)
  }
}
