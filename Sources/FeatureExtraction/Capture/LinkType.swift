/// What stands first in a packet of a capture: a number of the registry at tcpdump.org/linktypes.
package struct LinkType: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// BSD loopback: the address family in the byte order of the machine that captured.
  static let null = LinkType(rawValue: 0)
  /// IEEE 802.3 Ethernet.
  package static let ethernet = LinkType(rawValue: 1)
  /// Raw IP under the numbers that some systems write in place of 101.
  static let rawBSD = LinkType(rawValue: 12)
  static let rawOpenBSD = LinkType(rawValue: 14)
  /// Raw IP, the version being that of the first nibble.
  package static let raw = LinkType(rawValue: 101)
  /// OpenBSD loopback: the address family in network byte order.
  static let loop = LinkType(rawValue: 108)
  /// Linux "cooked" capture, version 1.
  static let linuxCooked = LinkType(rawValue: 113)
  static let ipv4 = LinkType(rawValue: 228)
  static let ipv6 = LinkType(rawValue: 229)
  /// Linux "cooked" capture, version 2.
  static let linuxCooked2 = LinkType(rawValue: 276)

  /// In lower case with underscores, as it stands in accounts; `link_type_N` where unknown.
  package var name: String {
    switch self {
    case .null: "null"
    case .ethernet: "ethernet"
    case .raw, .rawBSD, .rawOpenBSD: "raw_ip"
    case .loop: "loop"
    case .linuxCooked: "linux_cooked"
    case .linuxCooked2: "linux_cooked_2"
    case .ipv4: "ipv4"
    case .ipv6: "ipv6"
    default: "link_type_\(rawValue)"
    }
  }
}
