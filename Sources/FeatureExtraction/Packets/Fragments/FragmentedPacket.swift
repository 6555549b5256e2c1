/// What the fragments of one IP packet have in common (RFC 791, section 3.2; RFC 8200, section
/// 4.5): addresses, identification, and in IPv4 the protocol. VLANs that are part of flow keys are
/// networks of their own, where the same addresses are those of other hosts.
struct FragmentedPacket: Hashable, Sendable {
  let source, destination: IPAddress
  let identification: UInt32
  let protocolNumber: UInt8
  let tags: VLANTags

  init(_ internet: InternetLayer, _ tags: VLANTags) {
    self.tags = tags
    source = internet.source
    destination = internet.destination
    identification = internet.identification
    protocolNumber = internet.source.isVersion4 ? internet.protocolNumber : 0
  }
}
