import FeatureExtraction
import Foundation

/// The flows at the bottom of an output of ndpiReader, summed over protocol and both ends.
struct NDPIListing {
  private(set) var conversations: [Conversation: Volume] = [:]
  /// Packets of the listed flows.
  private(set) var packets = 0

  init(_ file: URL) throws {
    // Host names in it are whatever bytes the captures held.
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("\t") {
      let fields = line.dropFirst().split(separator: "\t", maxSplits: 1)
      guard fields.count == 2, Int(fields[0]) != nil else { continue }
      add(fields[1])
    }
  }

  /// `TCP 10.0.0.1:80 <-> [2001:db8::1]:81 [...][2 pkts/140 bytes <-> 1 pkts/60 bytes]...`
  private mutating func add(_ flow: Substring) {
    let words = flow.split(separator: " ", maxSplits: 4)
    guard words.count == 5, words[2] == "->" || words[2] == "<->",
      let number = NDPIListing.number(words[0]), let source = NDPIListing.end(words[1]),
      let destination = NDPIListing.end(words[3]), let volume = NDPIListing.volume(words[4])
    else { return }
    let conversation = Conversation(number, [source, destination])
    conversations.add(conversation, packets: volume.packets, bytes: volume.bytes)
    packets += volume.packets
  }

  private static func number(_ name: Substring) -> UInt8? {
    let names: [Substring: UInt8] = [
      "TCP": 6, "UDP": 17, "ICMP": 1, "ICMPV6": 58, "IGMP": 2, "GRE": 47, "ESP": 50, "AH": 51,
      "OSPF": 89, "VRRP": 112, "SCTP": 132,
    ]
    return names[name] ?? UInt8(name)
  }

  private static func end(_ text: Substring) -> (address: String, port: UInt16)? {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    let address = text[..<colon].trimmingCharacters(in: ["[", "]"])
    // ndpiReader shortens every run of zeros, also where there are two.
    let groups = address.components(separatedBy: "::")
    let valid = groups.count == 3 ? "\(groups[0]):0:\(groups[1])::\(groups[2])" : address
    return IPAddress(valid).map { ($0.description, port) }
  }

  /// The sum over both directions of `[2 pkts/140 bytes <-> 1 pkts/60 bytes]`.
  private static func volume(_ rest: Substring) -> Volume? {
    let field = rest.split(separator: "[").first {
      $0.contains(" pkts/") && $0.contains(" bytes ") && $0.first?.isNumber == true
    }
    guard let field else { return nil }
    let numbers = field.split { !$0.isNumber }.compactMap { Int($0) }
    guard numbers.count == 4 else { return nil }
    return Volume(packets: numbers[0] + numbers[2], bytes: numbers[1] + numbers[3])
  }
}
