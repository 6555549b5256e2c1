import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// VLANs as part of what tells flows apart, from hand-made frames to rows.
struct VLANTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let packet = Frame.ipv4(
    "10.0.0.1", "10.0.0.2", protocolNumber: 17, Frame.udp(1_000, 53))
  private static let answer = Frame.ipv4(
    "10.0.0.2", "10.0.0.1", protocolNumber: 17, Frame.udp(53, 1_000))
  private static let packet6 = Frame.ipv6(1, 2, nextHeader: 17, Frame.udp(1_000, 53))

  /// Frames a second apart, as flows of the set `flowmeter`.
  private func rows(
    _ frames: [[UInt8]], _ mode: VLANMode, linkType: UInt16 = 1,
    change: (inout ExtractionOptions) -> Void = { _ in }
  ) throws -> [FlowRow] {
    var capture = CaptureBuilder(linkType: linkType)
    for (index, frame) in frames.enumerated() { capture.add(frame, at: 1_000 + Double(index)) }
    var options = ExtractionOptions()
    options.featureSet = "flowmeter"
    options.vlan = mode
    change(&options)
    var rows: [FlowRow] = []
    _ = try FlowExtraction.extract([folder.file("a.pcap", capture.pcap())], options: options) {
      (row) throws(DataError) in
      rows.append(row)
    }
    return rows
  }

  /// Packets of each flow by what `flow_id` says behind the start.
  private func packets(_ rows: [FlowRow]) -> [String: Double] {
    var packets: [String: Double] = [:]
    for row in rows {
      let parts = row.text(.flowID).split(separator: "-").dropFirst(6)
      packets[parts.joined(separator: "-"), default: 0] += row.values[1]
    }
    return packets
  }

  @Test func tagsTellFlowsApart() throws {
    let tags: [[UInt16]] = [
      [], [100], [100, 7], [7, 100], [200], [100, 100],
      // A priority above the number of the VLAN, and frames that have nothing but a priority.
      [0xE000 | 100], [0xE000], [0, 100], [100, 0xFFF],
      // Of three tags the outermost and the innermost.
      [100, 5, 7],
    ]
    for (type, packet) in [(0x0800, VLANTests.packet), (0x86DD, VLANTests.packet6)] {
      let frames = tags.map { Frame.ethernet(UInt16(type), controls: $0, packet) }
      #expect(
        try packets(rows(frames, .key)) == [
          "": 2, "100": 4, "100.7": 2, "7.100": 1, "200": 1, "100.100": 1,
        ])
      let ignored = try rows(frames, .ignore)
      #expect(packets(ignored) == ["": 11] && ignored.count == 1)
      #expect(Set(try rows(frames, .key).map { $0.text(.communityID) }).count == 1)
      #expect(Set(try rows(frames, .key).map { $0.text(.sourceAddress) }).count == 1)
    }
  }

  /// Every pair of numbers gives a flow of its own that still knows them and its addresses.
  @Test(arguments: FeatureSets.names) func pairsAreExact(set: String) throws {
    let numbers: [UInt16] = [0, 1, 2, 15, 16, 255, 256, 2_047, 2_048, 4_093, 4_094]
    let pairs = numbers.flatMap { outer in numbers.map { (outer, $0) } }
      .filter { $0.0 > 0 || $0.1 == 0 }
    for (type, packet, source) in [
      (0x0800, VLANTests.packet, "10.0.0.1"), (0x86DD, VLANTests.packet6, "2001:db8::1"),
    ] where type == 0x0800 || !set.hasSuffix("compat") {
      let frames = pairs.map { Frame.ethernet(UInt16(type), controls: [$0.0, $0.1], packet) }
      // Two of each: the oldest set gives no row for one packet.
      let found = try rows(frames + frames, .key) { $0.featureSet = set }
      #expect(found.count == pairs.count)
      #expect(
        Set(found.map { [$0.flow.vlan.outer, $0.flow.vlan.inner] })
          == Set(pairs.map { [$0.0, $0.1] }))
      #expect(Set(found.map { $0.text(.flowID) }).count == pairs.count)
      #expect(found.allSatisfy { $0.text(.sourceAddress) == source && $0.flow.sourcePort == 1_000 })
    }
  }

  @Test func bothDirectionsAreOneFlow() throws {
    let frames = [[100], [200]].flatMap { tags in
      [VLANTests.packet, VLANTests.answer].map {
        Frame.ethernet(0x0800, controls: tags, $0)
      }
    }
    #expect(try packets(rows(frames, .key)) == ["100": 2, "200": 2])
    #expect(try packets(rows(frames, .ignore)) == ["": 4])
  }

  /// The same addresses and numbers of a packet in two VLANs: fragments stay in theirs.
  @Test func fragmentsFindTheFirstOfTheirVLAN() throws {
    func fragment(_ part: Int, port: UInt16, vlan: UInt16) -> [UInt8] {
      let datagram = Frame.udp(port, 53, [UInt8](repeating: 1, count: 40))
      return Frame.ethernet(
        0x0800, controls: [vlan],
        Frame.ipv4(
          "10.0.0.1", "10.0.0.2", protocolNumber: 17,
          fragmentOffset: UInt16(part * 2) | (part < 2 ? 0x2000 : 0),
          Array(datagram[part * 16..<part * 16 + 16])))
    }
    let frames = [0, 2, 1].flatMap { part in
      [fragment(part, port: 1, vlan: 5), fragment(2 - part, port: 2, vlan: 6)]
    }
    let found = try rows(frames, .key) { $0.fragments = .join }
    #expect(packets(found) == ["5": 3, "6": 3])
    #expect(
      Dictionary(uniqueKeysWithValues: found.map { ($0.flow.vlan.outer, $0.flow.sourcePort) })
        == [5: 1, 6: 2])
  }

  /// A flow inside a tunnel has the VLAN of the frame that carries the tunnel.
  @Test func tunnelsHaveTheVLANOfTheOutermostFrame() throws {
    let inside = Frame.ethernet(0x0800, controls: [9], VLANTests.packet)
    let tunnels = [
      Frame.ipv4("192.0.2.1", "192.0.2.2", protocolNumber: 4, VLANTests.packet),
      Frame.ipv4(
        "192.0.2.1", "192.0.2.2", protocolNumber: 17,
        Frame.udp(40_000, 4_789, [8, 0, 0, 0, 0, 0, 0, 0] + inside)),
    ]
    let frames = tunnels.flatMap { tunnel in
      [[], [5], [5, 6]].map { Frame.ethernet(0x0800, controls: $0, tunnel) }
    }
    let found = try rows(frames, .key) { $0.tunnels = .inner }
    #expect(packets(found) == ["": 2, "5": 2, "5.6": 2])
    #expect(found.allSatisfy { $0.text(.sourceAddress) == "10.0.0.1" })
    #expect(try rows(frames, .ignore) { $0.tunnels = .inner }.count == 1)
  }

  /// A tag behind another link header than Ethernet's, and one between tags of a switch's own.
  @Test func tagsElsewhere() throws {
    let cooked = [UInt8](repeating: 0, count: 14) + [0x81, 0, 0, 100, 8, 0] + VLANTests.packet
    #expect(try packets(rows([cooked], .key, linkType: 113)) == ["100": 1])
    let portTag = [UInt8](repeating: 2, count: 12) + [0x89, 0x26, 0, 0, 0, 0]
    let behind = portTag + [0x81, 0, 0, 100, 8, 0] + VLANTests.packet
    #expect(try packets(rows([behind], .key)) == ["100": 1])
    #expect(try packets(rows([behind], .ignore)) == ["": 1])
  }

  @Test func shardsAreExactlyTheWhole() throws {
    let frames = (0..<400).map { number in
      Frame.ethernet(0x0800, controls: [UInt16(number % 37), UInt16(number % 5)], VLANTests.packet)
    }
    let whole = try rows(frames, .key).map { $0.text(.flowID) }
    var parts: [String] = []
    for index in 0..<3 {
      let shard = try Shard(index: index, count: 3)
      let part = try rows(frames, .key) { $0.shard = shard }.map { $0.text(.flowID) }
      #expect(!part.isEmpty && part == whole.filter(Set(part).contains))
      parts += part
    }
    #expect(parts.sorted() == whole.sorted() && Set(whole).count == whole.count)
  }

  @Test func settingsNameTheMode() throws {
    var options = ExtractionOptions()
    #expect(try options.settings()["vlan"] == "ignore")
    options.vlan = .key
    #expect(try options.settings()["vlan"] == "key")
  }

  /// The key keeps to five words: a flow takes no more memory for its VLANs.
  @Test func keysAreFiveWords() {
    #expect(MemoryLayout<FlowKey>.size == 40)
  }

  /// Real frames: flows by a walk over tags that is written to be read.
  @Test(
    .enabled(if: sharedDataIsExpected),
    arguments: ["containers/12_vlan.pcap", "containers/13_qinq.pcap"])
  func realFrames(name: String) throws {
    let path = sharedData.appending(path: "pcap/\(name)").path
    var expected: Set<[UInt16]> = []
    for packet in try readAll(path).packets {
      var words = stride(from: 12, to: packet.bytes.count - 1, by: 2).map {
        UInt16(packet.bytes[$0]) << 8 | UInt16(packet.bytes[$0 + 1])
      }[...]
      var numbers: [UInt16] = []
      while let type = words.popFirst(), type != 0x0800, let control = words.popFirst() {
        numbers.append(control & 0xFFF)
      }
      expected.insert(numbers)
    }
    var options = ExtractionOptions()
    options.vlan = .key
    var found: Set<[UInt16]> = []
    _ = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
      found.insert([row.flow.vlan.outer, row.flow.vlan.inner].filter { $0 > 0 })
    }
    #expect(found == expected)
  }
}
