import Crypto

/// The Community ID of a flow, version 1: a hash by which tools agree on what they speak of
/// (github.com/corelight/community-id-spec).
struct CommunityID: Sendable {
  /// Keeps apart the flows of sites that share addresses; 0 by default, in network byte order.
  let seed: UInt16

  /// Appends `1:` and 28 characters of base64.
  func append(_ flow: FlowIdentity, to text: inout [UInt8]) {
    text.append(contentsOf: "1:".utf8)
    CommunityID.appendBase64(digest(flow), to: &text)
  }

  func text(_ flow: FlowIdentity) -> String {
    var text: [UInt8] = []
    append(flow, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  private func digest(_ flow: FlowIdentity) -> [UInt8] {
    let ends = CommunityID.ends(flow)
    var input = CommunityID.bytes(seed)
    input += ends.first.bytes + ends.second.bytes
    input += [flow.protocolNumber, 0]
    if let ports = ends.ports {
      input += CommunityID.bytes(ports.first) + CommunityID.bytes(ports.second)
    }
    return Array(Insecure.SHA1.hash(data: input))
  }

  private typealias Ends = (
    first: IPAddress, second: IPAddress, ports: (first: UInt16, second: UInt16)?
  )

  /// The endpoints in the order in which they are hashed: the smaller (address, port) first.
  private static func ends(_ flow: FlowIdentity) -> Ends {
    let key = ordered(flow, flow.sourcePort, flow.destinationPort).key
    switch flow.protocolNumber {
    case IPProtocol.tcp, IPProtocol.udp, IPProtocol.sctp:
      return (key.lowerAddress, key.upperAddress, (key.lowerPort, key.upperPort))
    case IPProtocol.icmp: return controlEnds(flow, counterparts: icmpCounterparts)
    case IPProtocol.icmp6: return controlEnds(flow, counterparts: icmp6Counterparts)
    default: return (key.lowerAddress, key.upperAddress, nil)
    }
  }

  /// Type and the type of the answer stand in for ports. A message that has no answer goes one
  /// way, and its ends keep their order.
  private static func controlEnds(
    _ flow: FlowIdentity, counterparts: [UInt16: UInt16]
  ) -> Ends {
    let type = flow.controlMessage >> 8
    guard let answer = counterparts[type] else {
      return (flow.source, flow.destination, (type, flow.controlMessage & 0xFF))
    }
    return ordered(flow, type, answer).sourceIsLower
      ? (flow.source, flow.destination, (type, answer))
      : (flow.destination, flow.source, (answer, type))
  }

  /// The ends of a flow in order, with ports or what stands in for them. Not every feature set
  /// keeps its keys in that order.
  private static func ordered(
    _ flow: FlowIdentity, _ sourcePort: UInt16, _ destinationPort: UInt16
  ) -> (key: FlowKey, sourceIsLower: Bool) {
    FlowKey.ordered(
      source: flow.source, sourcePort: sourcePort, destination: flow.destination,
      destinationPort: destinationPort, protocolNumber: flow.protocolNumber)
  }

  /// Echo, router discovery, time stamp, information and address mask (RFC 792, 950, 1256).
  private static let icmpCounterparts = pairs([(8, 0), (10, 9), (13, 14), (15, 16), (17, 18)])
  /// Echo, listener query, router and neighbour discovery, node information, home agent discovery.
  private static let icmp6Counterparts = pairs([
    (128, 129), (130, 131), (133, 134), (135, 136), (139, 140), (144, 145),
  ])

  private static func pairs(_ types: [(UInt16, UInt16)]) -> [UInt16: UInt16] {
    var counterparts: [UInt16: UInt16] = [:]
    for (request, answer) in types {
      counterparts[request] = answer
      counterparts[answer] = request
    }
    return counterparts
  }

  private static func bytes(_ value: UInt16) -> [UInt8] {
    [UInt8(value >> 8), UInt8(value & 0xFF)]
  }

  /// Base64 of RFC 4648 with padding.
  private static func appendBase64(_ bytes: [UInt8], to text: inout [UInt8]) {
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group: UInt32 = 0
      for index in 0..<3 {
        group = group << 8 | (index < count ? UInt32(bytes[start + index]) : 0)
      }
      for index in 0..<4 {
        let digit = Int(group >> UInt32(18 - 6 * index) & 63)
        text.append(index <= count ? base64Digits[digit] : UInt8(ascii: "="))
      }
    }
  }

  private static let base64Digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
