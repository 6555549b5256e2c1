/// What stands first in a packet of a capture: a number of the registry at tcpdump.org/linktypes.
package struct LinkType: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// BSD loopback: the address family in the byte order of the machine that captured.
  static let null = LinkType(rawValue: 0)
  /// IEEE 802.3 Ethernet.
  package static let ethernet = LinkType(rawValue: 1)
  /// IEEE 802.5 token ring.
  static let tokenRing = LinkType(rawValue: 6)
  /// SLIP, with a direction and a compressed header before each packet.
  static let slip = LinkType(rawValue: 8)
  /// PPP, with or without address and control.
  static let ppp = LinkType(rawValue: 9)
  /// FDDI.
  static let fddi = LinkType(rawValue: 10)
  /// Raw IP under the numbers that some systems write in place of 101.
  static let rawBSD = LinkType(rawValue: 12)
  static let rawOpenBSD = LinkType(rawValue: 14)
  /// PPP in HDLC-like framing, or Cisco HDLC.
  static let pppSerial = LinkType(rawValue: 50)
  /// A PPPoE session without the Ethernet around it.
  static let pppEthernet = LinkType(rawValue: 51)
  /// LLC over ATM (RFC 1483).
  static let atmRFC1483 = LinkType(rawValue: 100)
  /// Raw IP, the version being that of the first nibble.
  package static let raw = LinkType(rawValue: 101)
  /// Cisco PPP with HDLC framing.
  static let ciscoHDLC = LinkType(rawValue: 104)
  /// IEEE 802.11 wireless LAN.
  static let wireless = LinkType(rawValue: 105)
  /// LLC with an optional SNAP header: classical IP over ATM on Linux.
  static let linuxATM = LinkType(rawValue: 106)
  static let frameRelay = LinkType(rawValue: 107)
  /// OpenBSD loopback: the address family in network byte order.
  static let loop = LinkType(rawValue: 108)
  /// Linux "cooked" capture, version 1.
  static let linuxCooked = LinkType(rawValue: 113)
  /// The log of the packet filter of OpenBSD.
  static let packetFilterLog = LinkType(rawValue: 117)
  /// 802.11 behind a header of Prism cards, or of AVS.
  static let wirelessPrism = LinkType(rawValue: 119)
  /// 802.11 behind a radiotap header.
  static let wirelessRadiotap = LinkType(rawValue: 127)
  /// Apple IP over IEEE 1394.
  static let appleFireWire = LinkType(rawValue: 138)
  /// 802.11 behind an AVS header.
  static let wirelessAVS = LinkType(rawValue: 163)
  /// PPP of pppd, whose first byte tells the direction.
  static let pppDirection = LinkType(rawValue: 166)
  /// A header that names another link type: per-packet information.
  static let perPacketInformation = LinkType(rawValue: 192)
  /// A byte that tells the direction, then PPP, Cisco HDLC, Frame Relay.
  static let pppWithDirection = LinkType(rawValue: 204)
  static let ciscoHDLCWithDirection = LinkType(rawValue: 205)
  static let frameRelayWithDirection = LinkType(rawValue: 206)
  /// Solaris IPNET.
  static let solarisIPNET = LinkType(rawValue: 226)
  static let ipv4 = LinkType(rawValue: 228)
  static let ipv6 = LinkType(rawValue: 229)
  /// The log of the packet filter of Linux.
  static let netfilterLog = LinkType(rawValue: 239)
  /// IP over InfiniBand.
  static let infiniBand = LinkType(rawValue: 242)
  /// A header that names another link type, of Darwin.
  static let packetTap = LinkType(rawValue: 258)
  /// Linux "cooked" capture, version 2.
  static let linuxCooked2 = LinkType(rawValue: 276)
  /// Ethernet with a tag of a switch chip of Broadcom behind the addresses, or before them.
  static let ethernetBroadcomTag = LinkType(rawValue: 281)
  static let ethernetBroadcomPrefix = LinkType(rawValue: 282)
  /// Ethernet with a tag of a switch chip of Marvell behind the addresses.
  static let ethernetMarvellTag = LinkType(rawValue: 284)
  static let ethernetMarvellTypedTag = LinkType(rawValue: 285)

  /// In lower case with underscores, as it stands in accounts; `link_type_N` where unknown.
  package var name: String { LinkType.names[self] ?? "link_type_\(rawValue)" }

  private static let names: [LinkType: String] = [
    null: "null", ethernet: "ethernet", tokenRing: "token_ring", slip: "slip", ppp: "ppp",
    fddi: "fddi", rawBSD: "raw_ip", rawOpenBSD: "raw_ip", pppSerial: "ppp_serial",
    pppEthernet: "pppoe", atmRFC1483: "atm_rfc1483", raw: "raw_ip", ciscoHDLC: "cisco_hdlc",
    wireless: "ieee802_11", linuxATM: "linux_atm", frameRelay: "frame_relay", loop: "loop",
    linuxCooked: "linux_cooked", packetFilterLog: "pflog", wirelessPrism: "ieee802_11_prism",
    wirelessRadiotap: "ieee802_11_radiotap", appleFireWire: "apple_ieee1394",
    wirelessAVS: "ieee802_11_avs", pppDirection: "ppp_pppd", perPacketInformation: "ppi",
    pppWithDirection: "ppp_with_direction",
    ciscoHDLCWithDirection: "cisco_hdlc_with_direction",
    frameRelayWithDirection: "frame_relay_with_direction", solarisIPNET: "ipnet", ipv4: "ipv4",
    ipv6: "ipv6", netfilterLog: "nflog", infiniBand: "ip_over_infiniband", packetTap: "pktap",
    linuxCooked2: "linux_cooked_2", ethernetBroadcomTag: "ethernet_broadcom_tag",
    ethernetBroadcomPrefix: "ethernet_broadcom_prefix",
    ethernetMarvellTag: "ethernet_marvell_tag",
    ethernetMarvellTypedTag: "ethernet_marvell_typed_tag",
  ]
}
