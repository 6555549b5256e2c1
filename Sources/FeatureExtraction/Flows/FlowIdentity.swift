/// Which flow it is: who talked to whom, by what, and when. Seen from the side that opened it.
public struct FlowIdentity: Sendable, Equatable {
  public let source, destination: IPAddress
  public let sourcePort, destinationPort: UInt16
  /// The number of the IP protocol.
  public let protocolNumber: UInt8
  /// Nanoseconds since 1970 UTC of the first packet and of the latest.
  public let start, end: Int64
  public let key: FlowKey
  /// Type and code of the first message of ICMP and ICMPv6, in this order.
  let controlMessage: UInt16

  init<Accumulators>(_ flow: borrowing FlowState<Accumulators>) {
    let key = flow.key
    let isFromLower = flow.forwardIsFromLower
    source = isFromLower ? key.lowerAddress : key.upperAddress
    destination = isFromLower ? key.upperAddress : key.lowerAddress
    sourcePort = isFromLower ? key.lowerPort : key.upperPort
    destinationPort = isFromLower ? key.upperPort : key.lowerPort
    protocolNumber = key.protocolNumber
    start = flow.start
    end = flow.clock
    self.key = key
    controlMessage = flow.controlMessage
  }

  /// The same for all flows of one connection on one day (UTC), and hardly ever for others: a
  /// hash of the key and the day. The same on every machine.
  public var connection: UInt64 {
    var hash: UInt64 = 0
    let day = UInt64(bitPattern: Timestamp.day(of: start))
    for word in [key.lowerHigh, key.lowerLow, key.upperHigh, key.upperLow, key.rest, day] {
      // The finalizer of SplitMix64 over a chain of words.
      hash = (hash ^ word) &+ 0x9E37_79B9_7F4A_7C15
      hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
      hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
      hash ^= hash >> 31
    }
    return hash
  }
}
