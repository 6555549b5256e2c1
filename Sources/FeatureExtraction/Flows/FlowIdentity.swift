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
  /// hash of protocol, day, and the unordered pair of (address, port). The same on every machine,
  /// and the same that a flow table read from a file gets from the texts of its columns.
  public var connection: UInt64 {
    let ends = [
      FlowIdentity.endpoint(source, sourcePort),
      FlowIdentity.endpoint(destination, destinationPort),
    ].sorted()
    let pair = FlowIdentity.mix(ends[0], ends[1])
    let day = UInt64(bitPattern: Timestamp.day(of: start))
    return FlowIdentity.mix(FlowIdentity.mix(pair, UInt64(protocolNumber)), day &+ 1)
  }

  /// FNV-1a over the text of the address, mixed with the port.
  private static func endpoint(_ address: IPAddress, _ port: UInt16) -> UInt64 {
    var text: [UInt8] = []
    address.append(to: &text)
    let hash = text.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return mix(hash, UInt64(port))
  }

  /// The finisher of SplitMix64 over two words.
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var mixed = left &+ 0x9E37_79B9_7F4A_7C15 &* (right &+ 1)
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
