import FeatureExtraction
import Foundation
import TestSupport
import Testing

/// Joined fragments against the same captures reassembled by IPDefragUtil of PcapPlusPlus, which
/// writes the packets that were whole in the end.
@Suite(.enabled(if: sharedDataIsExpected))
struct DefragmentationTests {
  private let examples = sharedData.appending(
    path: "pcap/pcapplusplus/Tests/ExamplesTest/pcap_examples")
  private let expected = sharedData.appending(
    path: "golden/pcapplusplus-examples/Tests/ExamplesTest/expected_output")

  @Test func version6() throws {
    let ours = try volumes(examples.appending(path: "ipv6-frag.pcap"))
    #expect(try ours == volumes(expected.appending(path: "no-ipv6-frag.pcap"), ofAll: true))
  }

  /// Many packets of the capture are never whole, and of one the first fragment is missing: the
  /// counts are those of tshark with `ip.flags.mf==1 && ip.frag_offset==0` and
  /// `ip.frag_offset>0`, the sums those of `ip.len` less 20 for each.
  @Test func version4() throws {
    var ours = try volumes(examples.appending(path: "ip-frag.pcap"))
    let whole = try volumes(expected.appending(path: "no-ip-frag.pcap"), ofAll: true)
    let lone = ours.removeValue(
      forKey: Conversation(17, [("10.118.213.211", 0), ("10.118.213.212", 0)]))
    #expect(lone == Volume(packets: 0, bytes: 576))
    #expect(Set(ours.keys) == Set(whole.keys) && ours.count == 1)
    #expect(ours.values.first == Volume(packets: 309, bytes: 457_320 + 2_120_428 - 576))
    #expect(whole.values.first?.packets == 190)
  }

  /// Packets, and bytes behind their IP headers: of those that came in fragments, or of all.
  private func volumes(_ file: URL, ofAll isAll: Bool = false) throws -> [Conversation: Volume] {
    var volumes: [Conversation: Volume] = [:]
    for header in try DecodedCapture(file.path, fragments: .join).headers {
      let isFragment = header.traits.contains(.isFragment)
      guard isAll || isFragment else { continue }
      // None of these packets has options or other extension headers.
      let headers = header.key.lowerAddress.isVersion4 ? 20 : isFragment ? 48 : 40
      volumes.add(
        Conversation(header.key), packets: header.traits.contains(.isLaterFragment) ? 0 : 1,
        bytes: Int(header.internetLength) - headers)
    }
    return volumes
  }
}
