/// Why a packet belongs to no flow. The raw value stands in accounts.
public enum SkipReason: String, Sendable, CaseIterable, Codable {
  /// ARP, LLDP, spanning tree, management frames of wireless networks and everything else that
  /// carries no IP.
  case notIP = "not_ip"
  /// The link type of the capture is none that the decoder knows.
  case unsupportedLinkType = "unsupported_link_type"
  /// The bytes make no sense as the link type that the capture declares, and are without doubt
  /// those of another one.
  case linkTypeMismatch = "link_type_mismatch"
  /// The capture holds too little of the packet to reach the IP header.
  case truncatedLinkHeader = "truncated_link_header"
  /// A header before IP gives a length or a link type that cannot be.
  case malformedLinkHeader = "malformed_link_header"
  /// A frame whose content is encrypted: of a wireless network, or by MACsec.
  case encryptedLink = "encrypted_link"
  /// A frame of a wireless network that holds several packets (A-MSDU).
  case aggregatedFrame = "aggregated_frame"
  /// The capture itself says that the check sequence of the frame was wrong.
  case damagedFrame = "damaged_frame"
  /// The capture holds less than the fixed part of the IP header.
  case truncatedIPHeader = "truncated_ip_header"
  /// The version or the header length contradicts what the packet says it is.
  case malformedIPHeader = "malformed_ip_header"
  /// The feature set leaves such packets out, as the tool did that it repeats.
  case notInFeatureSet = "not_in_feature_set"
  /// Its flow belongs to another shard.
  case otherShard = "other_shard"
}

/// How many packets were skipped for each reason.
struct SkipCounts: Sendable {
  private var counts = [Int](repeating: 0, count: SkipReason.allCases.count)

  mutating func add(_ reason: SkipReason, count: Int = 1) {
    counts[SkipCounts.index(reason)] += count
  }

  static func += (left: inout SkipCounts, right: SkipCounts) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
  }

  /// Only the reasons that occurred, by their names.
  var byName: [String: Int] {
    var named: [String: Int] = [:]
    for reason in SkipReason.allCases where counts[SkipCounts.index(reason)] > 0 {
      named[reason.rawValue] = counts[SkipCounts.index(reason)]
    }
    return named
  }

  private static func index(_ reason: SkipReason) -> Int {
    switch reason {
    case .notIP: 0
    case .unsupportedLinkType: 1
    case .linkTypeMismatch: 2
    case .truncatedLinkHeader: 3
    case .malformedLinkHeader: 4
    case .encryptedLink: 5
    case .aggregatedFrame: 6
    case .damagedFrame: 7
    case .truncatedIPHeader: 8
    case .malformedIPHeader: 9
    case .notInFeatureSet: 10
    case .otherShard: 11
    }
  }
}
