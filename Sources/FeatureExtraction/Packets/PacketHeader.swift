/// The digest of a packet that flows need, of fixed size. Made once, by the decoder; everything
/// after it is independent of the wire.
package struct PacketHeader: Sendable, BitwiseCopyable {
  package internal(set) var key: FlowKey
  /// Nanoseconds since 1970 UTC, as captured.
  package internal(set) var time: Int64
  /// Bytes of the whole frame on the wire, padding included.
  package internal(set) var frameLength: UInt32
  /// Bytes of the IP packet, its header included: what its length field says, and where that is
  /// 0 (segmentation offload) the frame on the wire without what stands before IP.
  package internal(set) var internetLength: UInt32
  /// Bytes of TCP, UDP or SCTP payload: IP length minus the headers. 0 for other protocols, for
  /// fragments after the first, and where the transport header was not captured.
  package internal(set) var payloadLength: UInt32
  /// Captured bytes behind the TCP, UDP or SCTP header, Ethernet padding included; 0 as above.
  package internal(set) var capturedPayload: UInt32
  /// Of TCP; 0 for other protocols, and for fragments after the first.
  package internal(set) var sequence: UInt32
  /// The window field of TCP, unscaled; 0 for other protocols.
  package internal(set) var window: UInt16
  /// Type and code of an ICMP or ICMPv6 message, in this order; 0 for other protocols. A fragment
  /// that joined the flow of its first has those of the first, as it has its key.
  package internal(set) var controlMessage: UInt16
  /// Bytes of the TCP (data offset, at least 20), UDP (8) or SCTP (12) header; 0 for other
  /// protocols, for fragments after the first, and where it was not captured.
  package internal(set) var headerLength: UInt8
  /// Time to live of IPv4, hop limit of IPv6.
  package internal(set) var timeToLive: UInt8
  /// None unless the packet is TCP and its header was captured.
  package internal(set) var flags: TCPFlags
  package internal(set) var traits: PacketTraits

  /// Whether the packet comes from the lower endpoint of the key.
  @inline(__always)
  package var isFromLower: Bool { traits.contains(.isFromLower) }

  /// Whether forward is from the lower endpoint in a flow that begins with this packet: from the
  /// local side where the user says what is local, else from the sender. A SYN+ACK answers a SYN
  /// that was not captured, so that its receiver is the one that asked.
  /// - Parameter turnsAnswers: whether the last rule holds; the original tools go without it.
  @inline(__always)
  package func opensFromLower(turnsAnswers: Bool = true) -> Bool {
    if key.endsAreEqual { return true }
    if traits.contains(.isFromLocal) { return isFromLower }
    if traits.contains(.isToLocal) { return !isFromLower }
    return isFromLower != (turnsAnswers && flags.isSuperset(of: [.syn, .ack]))
  }
}

/// What else is to be said about a packet, a bit each.
package struct PacketTraits: OptionSet, Hashable, Sendable, BitwiseCopyable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// It comes from the lower endpoint of the key, or both endpoints are the same.
  package static let isFromLower = PacketTraits(rawValue: 1)
  /// The link layer of the capture is Ethernet.
  package static let isEthernet = PacketTraits(rawValue: 2)
  /// A VLAN tag stands before IP.
  package static let isTagged = PacketTraits(rawValue: 4)
  /// A fragment of an IP packet, whichever.
  package static let isFragment = PacketTraits(rawValue: 8)
  /// A fragment after the first: it has no transport header.
  package static let isLaterFragment = PacketTraits(rawValue: 16)
  /// IPv4 forbids fragments of it.
  package static let dontFragment = PacketTraits(rawValue: 32)
  /// The IP header is not the outermost.
  package static let isTunneled = PacketTraits(rawValue: 64)
  /// The sender is in the networks that the user called local, and the receiver is not.
  package static let isFromLocal = PacketTraits(rawValue: 128)
  /// The receiver is in the local networks, and the sender is not.
  package static let isToLocal = PacketTraits(rawValue: 256)
}
