import FeatureTables

/// Which flow it is: who talked to whom, by what, and when. Seen from the side that opened it.
public struct FlowIdentity: Sendable, Equatable {
  public let source, destination: IPAddress
  public let sourcePort, destinationPort: UInt16
  /// The number of the IP protocol.
  public let protocolNumber: UInt8
  /// The VLANs of its frames; none where they are not part of the key.
  public let vlan: VLANTags
  /// Nanoseconds since 1970 UTC of the first packet and of the last.
  public let start, end: Int64
  /// Type and code of the first message of ICMP and ICMPv6, in this order.
  let controlMessage: UInt16

  init<Assembly, Accumulators>(_ flow: borrowing FlowState<Assembly, Accumulators>) {
    let key = flow.key
    let isFromLower = flow.assembly.forwardIsFromLower
    source = isFromLower ? key.lowerAddress : key.upperAddress
    destination = isFromLower ? key.upperAddress : key.lowerAddress
    sourcePort = isFromLower ? key.lowerPort : key.upperPort
    destinationPort = isFromLower ? key.upperPort : key.lowerPort
    protocolNumber = key.protocolNumber
    vlan = key.tags
    start = flow.start
    end = flow.last
    controlMessage = flow.controlMessage
  }

  /// A flow that another tool speaks of, or one to try rules on.
  /// - Parameters:
  ///   - start: of its first packet, in nanoseconds since 1970 UTC.
  ///   - end: of its latest packet, likewise.
  ///   - controlMessage: type and code of ICMP and ICMPv6, in this order.
  package init(
    source: IPAddress, sourcePort: UInt16, destination: IPAddress, destinationPort: UInt16,
    protocolNumber: UInt8, vlan: VLANTags = VLANTags(), start: Int64, end: Int64,
    controlMessage: UInt16 = 0
  ) {
    (self.source, self.sourcePort) = (source, sourcePort)
    (self.destination, self.destinationPort) = (destination, destinationPort)
    self.protocolNumber = protocolNumber
    self.vlan = vlan
    (self.start, self.end) = (start, end)
    self.controlMessage = controlMessage
  }

  /// The same for all flows of one connection on one day (UTC), and hardly ever for others: a
  /// hash of protocol, day, and the unordered pair of (address, port), whichever the VLAN. The same
  /// on every machine, and the same that a flow table read from a file gets from the texts of its columns.
  public var connection: UInt64 {
    ConnectionHash.hash(
      source: (text(of: source), UInt64(sourcePort)),
      destination: (text(of: destination), UInt64(destinationPort)),
      protocol: UInt64(protocolNumber), startTime: start)
  }

  private func text(of address: IPAddress) -> ArraySlice<UInt8> {
    var text: [UInt8] = []
    address.append(to: &text)
    return text[...]
  }
}
