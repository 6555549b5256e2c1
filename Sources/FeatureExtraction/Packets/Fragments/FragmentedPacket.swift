/// What the fragments of one IP packet have in common (RFC 791, section 3.2; RFC 8200, section
/// 4.5): addresses, identification, and in IPv4 the protocol.
struct FragmentedPacket: Hashable, Sendable {
  let source, destination: IPAddress
  let identification: UInt32
  let protocolNumber: UInt8

  init(_ internet: InternetLayer) {
    source = internet.source
    destination = internet.destination
    identification = internet.identification
    protocolNumber = internet.source.isVersion4 ? internet.protocolNumber : 0
  }
}
