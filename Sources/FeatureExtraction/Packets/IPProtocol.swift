/// Numbers of the IANA registry "Assigned Internet Protocol Numbers" that the program speaks of.
enum IPProtocol {
  static let hopByHop: UInt8 = 0
  static let icmp: UInt8 = 1
  static let ipv4: UInt8 = 4
  static let tcp: UInt8 = 6
  static let udp: UInt8 = 17
  static let ipv6: UInt8 = 41
  static let routing: UInt8 = 43
  static let fragment: UInt8 = 44
  static let genericRouting: UInt8 = 47
  static let authentication: UInt8 = 51
  static let icmp6: UInt8 = 58
  static let destinationOptions: UInt8 = 60
  static let etherIP: UInt8 = 97
  static let sctp: UInt8 = 132
  static let mobility: UInt8 = 135
  static let mplsInIP: UInt8 = 137
  static let hostIdentity: UInt8 = 139
  static let shim6: UInt8 = 140

  /// The names that rule files may use, in lower case.
  static let numbersByName: [String: UInt8] = [
    "icmp": 1, "igmp": 2, "ipip": 4, "tcp": 6, "egp": 8, "udp": 17, "dccp": 33, "ipv6": 41,
    "rsvp": 46, "gre": 47, "esp": 50, "ah": 51, "icmp6": 58, "icmpv6": 58, "ipv6-icmp": 58,
    "eigrp": 88, "ospf": 89, "pim": 103, "vrrp": 112, "l2tp": 115, "sctp": 132, "udplite": 136,
  ]
}
