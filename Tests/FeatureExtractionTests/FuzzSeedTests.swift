import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// The inputs of the fuzzers, those among them that once broke something: no crash, no trap.
struct FuzzSeedTests {
  private func seeds(_ fuzzer: String) throws -> [(name: String, bytes: [UInt8])] {
    let folder = repository.appending(path: "Tests/Fuzzing/Seeds/\(fuzzer)")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    try #require(!names.isEmpty)
    return try names.map { ($0, Array(try Data(contentsOf: folder.appending(path: $0)))) }
  }

  @Test func captures() throws {
    for (name, bytes) in try seeds("FuzzCaptures") {
      guard var reader = try? CaptureReader(name: name, bytes: bytes) else { continue }
      while try reader.next() != nil {}
      #expect(reader.ending != nil, "\(name)")
    }
  }

  @Test func packets() throws {
    for (_, bytes) in try seeds("FuzzPackets") {
      let packet = Array(bytes.dropFirst())
      for (tunnels, fragments) in [(TunnelMode.inner, FragmentMode.join), (.outer, .separate)] {
        var decoder = PacketDecoder(tunnels: tunnels, fragments: fragments, vlan: .key)
        for linkType: UInt16 in 0..<300 {
          let record = PacketRecord(
            time: 0, originalLength: UInt32(packet.count), linkType: LinkType(rawValue: linkType),
            start: 0, capturedLength: packet.count)
          // Safe: bytes have no padding.
          _ = unsafe decoder.decode(packet.span.bytes, record)
        }
        decoder.endOfInput()
      }
    }
  }

  @Test func labelRules() throws {
    for (name, bytes) in try seeds("FuzzLabelRules") {
      _ = try? LabelRules(bytes: bytes, file: name)
    }
  }

  /// The same three packets as Wireshark's editcap writes them in every form that is read.
  @Test(arguments: [
    "pcapng", "nsecpcap", "modpcap", "rh6_1pcap", "suse6_3pcap", "nokiapcap", "pcap-big-endian",
    "gzip", "zstd", "kafka",
  ])
  func formsOfEditcap(name: String) throws {
    let seeds = Dictionary(uniqueKeysWithValues: try seeds("FuzzCaptures").map { ($0.0, $0.1) })
    let plain = try readAll(try #require(seeds["pcap"]))
    let (packets, ending) = try readAll(try #require(seeds[name]))
    #expect(packets == plain.packets && packets.count == 3)
    #expect(ending?.state == .complete)
  }
}
