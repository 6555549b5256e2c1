import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// The modes for fragments and tunnels from capture to rows.
struct DecodingModeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Datagrams of three fragments each, in the order given, and packets of a tunnel between them.
  private func capture(order: [Int]) -> CaptureBuilder {
    var builder = CaptureBuilder()
    let datagram = Frame.udp(5_000, 53, [UInt8](repeating: 1, count: 40))
    let inner = Frame.ipv4(
      "192.0.2.1", "192.0.2.2", protocolNumber: 6, Frame.tcp(80, 81, flags: Frame.syn))
    for round in 0..<20 {
      for (position, part) in order.enumerated() {
        let offset = UInt16(part * 2) | (part < 2 ? 0x2000 : 0)
        let packet = Frame.ipv4(
          "10.0.0.1", "10.0.0.2", protocolNumber: 17, identification: UInt16(round),
          fragmentOffset: offset, Array(datagram[part * 16..<part * 16 + 16]))
        builder.add(Frame.ethernet(0x0800, packet), at: Double(round) + Double(position) / 8)
      }
      let tunnel = Frame.ipv4("10.0.0.3", "10.0.0.4", protocolNumber: 4, inner)
      builder.add(Frame.ethernet(0x0800, tunnel), at: Double(round) + 0.5)
    }
    return builder
  }

  private func extract(
    _ paths: [String], tunnels: TunnelMode, fragments: FragmentMode?
  ) throws -> (rows: [String: [Double]], account: ExtractionAccount) {
    var options = ExtractionOptions()
    options.featureSet = "flowmeter"
    options.tunnels = tunnels
    options.fragments = fragments
    var rows: [String: [Double]] = [:]
    let account = try FlowExtraction.extract(paths, options: options) {
      (row) throws(DataError) in
      let ends = [row.text(.sourcePort), row.text(.destinationPort), row.text(.protocolNumber)]
      rows[ends.joined(separator: " ")] = row.values
    }
    let skipped = account.packets.skipped.values.reduce(0, +)
    #expect(account.packets.read == account.packets.metered + skipped)
    return (rows, account)
  }

  @Test func rowsFollowTheModes() throws {
    let path = try folder.file("a.pcap", capture(order: [0, 1, 2]).pcap())
    let plain = try extract([path], tunnels: .outer, fragments: nil).rows
    #expect(Set(plain.keys) == ["5000 53 17", "0 0 17", "0 0 4"])
    let joined = try extract([path], tunnels: .inner, fragments: .join).rows
    #expect(Set(joined.keys) == ["5000 53 17", "80 81 6"])
    #expect(joined["5000 53 17"]?[1] == 60, "packets")
    #expect(plain["5000 53 17"]?[1] == 20 && plain["0 0 17"]?[1] == 40)
  }

  /// A fragment that had to wait keeps its time and its place.
  @Test(arguments: [[2, 1, 0], [1, 0, 2], [2, 0, 1]])
  func orderOfFragments(order: [Int]) throws {
    let path = try folder.file("b.pcap", capture(order: order).pcap())
    let sorted = try folder.file("a.pcap", capture(order: [0, 1, 2]).pcap())
    let rows = try extract([path], tunnels: .outer, fragments: .join).rows
    let expected = try extract([sorted], tunnels: .outer, fragments: .join).rows
    #expect(Set(rows.keys) == Set(expected.keys))
    let names = try FeatureSets.schema(named: "flowmeter").features.map(\.name)
    for (name, pair) in zip(names, zip(rows["5000 53 17"] ?? [], expected["5000 53 17"] ?? [])) {
      #expect(pair.0 == pair.1, "\(name)")
    }
  }

  /// A first fragment in the next file is found.
  @Test func acrossFiles() throws {
    let whole = capture(order: [2, 1, 0])
    var (first, second) = (whole, whole)
    first.packets = Array(whole.packets[..<41])
    second.packets = Array(whole.packets[41...])
    let paths = [
      try folder.file("1.pcap", first.pcap()), try folder.file("2.pcap", second.pcap()),
    ]
    let one = try folder.file("whole.pcap", whole.pcap())
    let split = try extract(paths, tunnels: .inner, fragments: .join).rows
    #expect(try extract([one], tunnels: .inner, fragments: .join).rows == split)
  }

  @Test func loneFragmentsAreMeteredAtTheEnd() throws {
    let path = try folder.file("c.pcap", capture(order: [2, 1]).pcap())
    let result = try extract([path], tunnels: .outer, fragments: .join)
    #expect(result.rows["0 0 17"]?[1] == 40)
    #expect(result.account.packets.metered == 60)
  }

  @Test func settingsNameTheModes() throws {
    var options = ExtractionOptions()
    #expect(try options.settings()["fragments"] == "join", "flowmeter2 joins them")
    options.featureSet = "flowmeter"
    #expect(try options.settings()["tunnels"] == "outer")
    #expect(try options.settings()["fragments"] == "separate")
    options.tunnels = .inner
    options.fragments = .join
    #expect(try options.settings()["tunnels"] == "inner")
    #expect(try options.settings()["fragments"] == "join")
  }

  @Test(.enabled(if: sharedDataIsExpected))
  func accountsOfRealCapturesAddUp() throws {
    for name in [
      "flowtest/pcap/ipv4-udp-fragmented.pcap", "flowtest/pcap/vxlan.pcap",
      "ndpi/tests/cfgs/default/pcap/ip_fragmented_garbage.pcap",
      "zeek/testing/btest/Traces/tunnels/gtp/gtp1_gn_normal_incl_fragmentation.pcap",
    ] {
      for tunnels in TunnelMode.allCases {
        for fragments in FragmentMode.allCases {
          let path = sharedData.appending(path: "pcap/\(name)").path
          _ = try extract([path], tunnels: tunnels, fragments: fragments)
        }
      }
    }
  }
}
