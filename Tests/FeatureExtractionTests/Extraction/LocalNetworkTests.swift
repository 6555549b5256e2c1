import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// Sources of the flows of one UDP packet each, in order.
private func sources(_ networks: [String], _ packets: [(String, String)]) throws -> [String] {
  let folder = try TemporaryFolder()
  var capture = CaptureBuilder()
  for (index, (source, destination)) in packets.enumerated() {
    let datagram = Frame.udp(UInt16(1_000 + index), 53)
    let packet = Frame.ipv4(source, destination, protocolNumber: 17, datagram)
    capture.add(Frame.ethernet(0x0800, packet), at: 1_000 + Double(index))
  }
  var options = ExtractionOptions()
  options.localNetworks = networks.compactMap { AddressRange($0) }
  var sources: [String] = []
  _ = try FlowExtraction.extract([try folder.file("a.pcap", capture.pcap())], options: options) {
    (row) throws(DataError) in
    sources.append(row.text(.sourceAddress))
  }
  return sources
}

struct LocalNetworkTests {
  private let packets = [
    ("10.0.0.1", "192.0.2.1"), ("192.0.2.1", "10.0.0.1"), ("10.0.0.2", "10.0.0.1"),
    ("192.0.2.1", "192.0.2.2"),
  ]

  /// Only where exactly one side is local does that decide; else the first sender is forward.
  @Test func forwardIsFromTheLocalSide() throws {
    #expect(
      try sources(["10.0.0.0/8"], packets) == ["10.0.0.1", "10.0.0.1", "10.0.0.2", "192.0.2.1"])
    #expect(try sources([], packets) == ["10.0.0.1", "192.0.2.1", "10.0.0.2", "192.0.2.1"])
    #expect(
      try sources(["192.0.2.0/24", "10.0.0.1"], packets)
        == ["10.0.0.1", "192.0.2.1", "10.0.0.1", "192.0.2.1"])
  }
}
