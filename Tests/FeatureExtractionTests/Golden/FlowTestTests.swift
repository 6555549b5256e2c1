import FeatureExtraction
import TestSupport
import Testing

/// Packets and IP bytes of each direction against what CESNET FlowTest expects of any probe. Its
/// flows may be cut by time, so that those of one key are added up.
@Suite(.enabled(if: sharedDataIsExpected))
struct FlowTestTests {
  private struct Direction: Hashable {
    let protocolNumber: String
    let source: String
    let destination: String
  }

  @Test func directionsAreAsExpected() throws {
    let pairs = try GoldenPair.all(madeBy: "CESNET FlowTest expectation")
    #expect(pairs.count == 38)
    for pair in pairs {
      let expected = try expected(pair)
      #expect(!expected.isEmpty, "\(pair.expected.lastPathComponent)")
      let ours = try volumes(pair).filter { expected[$0.key] != nil }
      #expect(ours == expected, "\(pair.expected.lastPathComponent)")
    }
  }

  private func volumes(_ pair: GoldenPair) throws -> [Direction: Volume] {
    var volumes: [Direction: Volume] = [:]
    let capture = try DecodedCapture(pair.capture.path, tunnels: .inner, fragments: .join)
    for header in capture.headers {
      let lower = "\(header.key.lowerAddress) \(header.key.lowerPort)"
      let upper = "\(header.key.upperAddress) \(header.key.upperPort)"
      let direction = Direction(
        protocolNumber: String(header.key.protocolNumber),
        source: header.isFromLower ? lower : upper,
        destination: header.isFromLower ? upper : lower)
      volumes[direction, default: Volume()].packets += 1
      volumes[direction, default: Volume()].bytes += Int(header.internetLength)
    }
    return volumes
  }

  private func expected(_ pair: GoldenPair) throws -> [Direction: Volume] {
    var volumes: [Direction: Volume] = [:]
    for flow in try FlowTestExpectation.all(in: pair.expected) {
      let source = end(flow["src_ip"], flow["src_port"])
      let destination = end(flow["dst_ip"], flow["dst_port"])
      for (suffix, from, to) in [("", source, destination), ("@rev", destination, source)] {
        guard let packets = flow["packets\(suffix)"].flatMap({ Int($0) }), packets > 0,
          let bytes = flow["bytes\(suffix)"].flatMap({ Int($0) })
        else { continue }
        let direction = Direction(
          protocolNumber: flow["protocol"] ?? "none", source: from, destination: to)
        volumes[direction, default: Volume()].packets += packets
        volumes[direction, default: Volume()].bytes += bytes
      }
    }
    return volumes
  }

  private func end(_ address: String?, _ port: String?) -> String {
    let canonical = address.flatMap { IPAddress($0) }?.description
    return "\(canonical ?? "none") \(port ?? "0")"
  }
}
