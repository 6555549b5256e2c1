/// Why a packet belongs to no flow. The raw value stands in accounts.
public enum SkipReason: String, Sendable, CaseIterable, Codable {
  /// ARP, LLDP, spanning tree and everything else that carries no IP.
  case notIP = "not_ip"
  /// The link type of the capture is none that the decoder knows.
  case unsupportedLinkType = "unsupported_link_type"
  /// The capture holds too little of the packet to reach the IP header.
  case truncatedLinkHeader = "truncated_link_header"
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

  mutating func add(_ reason: SkipReason) { counts[SkipCounts.index(reason)] += 1 }

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
    case .truncatedLinkHeader: 2
    case .truncatedIPHeader: 3
    case .malformedIPHeader: 4
    case .notInFeatureSet: 5
    case .otherShard: 6
    }
  }
}
