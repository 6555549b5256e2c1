import FeatureExtraction
import Foundation

/// The connections of a `conn.log` of Zeek, summed over protocol and both ends.
struct ZeekLog {
  private(set) var conversations: [Conversation: Volume] = [:]
  private var columns: [String: Int] = [:]

  private static let needed = [
    "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "proto", "orig_pkts", "orig_ip_bytes",
    "resp_pkts", "resp_ip_bytes",
  ]

  /// Nil where the log leaves out what is compared.
  init?(_ file: URL) throws {
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    for line in text.split(whereSeparator: \.isNewline) {
      var fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if fields[0] == "#fields" { fields.removeFirst() }
      if fields.contains("id.orig_h") {
        for (index, name) in fields.enumerated() { columns[name] = index }
      } else if !line.hasPrefix("#"), hasColumns {
        add(fields)
      }
    }
    guard hasColumns else { return nil }
  }

  private var hasColumns: Bool { ZeekLog.needed.allSatisfy { columns[$0] != nil } }

  private mutating func add(_ fields: [String]) {
    func field(_ name: String) -> String {
      columns[name].flatMap { $0 < fields.count ? fields[$0] : nil } ?? "-"
    }
    func count(_ name: String) -> Int { Int(field(name)) ?? 0 }
    guard let source = IPAddress(field("id.orig_h")),
      let destination = IPAddress(field("id.resp_h"))
    else { return }
    let names: [String: UInt8] = ["tcp": 6, "udp": 17, "icmp": 1]
    var number = UInt8(field("ip_proto")) ?? names[field("proto")] ?? 0
    if number == 1, !source.isVersion4 { number = 58 }
    // Type and code of ICMP stand in the place of ports.
    let hasPorts = number == 6 || number == 17
    func port(_ name: String) -> UInt16 { hasPorts ? UInt16(count(name)) : 0 }
    conversations.add(
      Conversation(
        number,
        [
          (source.description, port("id.orig_p")), (destination.description, port("id.resp_p")),
        ]),
      packets: count("orig_pkts") + count("resp_pkts"),
      bytes: count("orig_ip_bytes") + count("resp_ip_bytes"))
  }
}
