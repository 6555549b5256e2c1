/// The digest of a packet that flows need, of fixed size. Made once, by the decoder; everything
/// after it is independent of the wire.
package struct PacketHeader: Sendable, BitwiseCopyable {
  package let key: FlowKey
  /// Nanoseconds since 1970 UTC, as captured.
  package let time: Int64
  /// Bytes of the whole frame on the wire, padding included.
  package let frameLength: UInt32
  /// Type and code of an ICMP or ICMPv6 message, in this order; 0 for other protocols.
  package let controlMessage: UInt16
  /// None unless the packet is TCP and its header was captured.
  package let flags: TCPFlags
  /// Whether the packet comes from the lower endpoint of the key.
  package let isFromLower: Bool
}
