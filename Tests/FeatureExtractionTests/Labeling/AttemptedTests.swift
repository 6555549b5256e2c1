import FeatureExtraction
import Testing

/// A flow of one attack at a moment in its window, with the features that decide.
struct AttemptedCase: Sendable, CustomTestStringConvertible {
  let second: Double
  let source, destination: String
  let sourcePort, destinationPort: UInt16
  let protocolNumber: UInt8
  let values: [String: Double]
  let label: String

  init(
    _ second: Double, _ source: String, _ sourcePort: UInt16, _ destination: String,
    _ destinationPort: UInt16, protocolNumber: UInt8 = 6, _ label: String,
    _ values: [String: Double]
  ) {
    (self.second, self.source, self.destination) = (second, source, destination)
    (self.sourcePort, self.destinationPort) = (sourcePort, destinationPort)
    (self.protocolNumber, self.values, self.label) = (protocolNumber, values, label)
  }

  var testDescription: String { "\(label) from port \(sourcePort): \(values)" }

  func label(by trial: RuleTrial) throws -> String? {
    trial.label(
      try .from(
        source, sourcePort, to: destination, destinationPort, protocolNumber,
        at: Int64(second * 1_000) * 1_000_000), values)
  }
}

private let attacker = "172.16.0.1"
private let web = "192.168.10.50"
private let forward = "forward_packet_length_total"
private let backward = "backward_packet_length_total"
private let packets = "forward_packet_count"
private let answers = "backward_packet_count"
private let duration = "flow_duration"

/// A flow from the attacker to the web server, or back.
private func of(
  _ second: Double, _ sourcePort: UInt16, _ port: UInt16, _ label: String,
  _ values: [String: Double]
) -> AttemptedCase {
  sourcePort == 80
    ? AttemptedCase(second, web, 80, attacker, port, label, values)
    : AttemptedCase(second, attacker, sourcePort, web, port, label, values)
}

/// The conditions of the documentation of CIC-IDS2017's corrected release, one after the other.
@Test(arguments: [
  of(1_499_172_000, 40_000, 21, "FTP-Patator - Attempted", [:]),
  of(1_499_172_000, 52_108, 21, "FTP-Patator - Attempted", [forward: 50]),
  of(1_499_190_000, 40_000, 22, "SSH-Patator - Attempted", [:]),
  of(1_499_190_000, 40_000, 22, "SSH-Patator - Attempted", [forward: 32]),
  of(1_499_190_000, 40_000, 22, "SSH-Patator", [forward: 32, backward: 1]),
  of(1_499_190_000, 40_000, 22, "SSH-Patator", [forward: 33]),
  // Slowloris
  of(1_499_259_600, 40_000, 80, "DoS Slowloris - Attempted", [:]),
  of(1_499_259_600, 33_360, 80, "DoS Slowloris - Attempted", [forward: 9]),
  of(1_499_259_600, 54_114, 80, "DoS Slowloris - Attempted", [forward: 9]),
  of(1_499_259_600, 80, 40_000, "DoS Slowloris - Attempted", [forward: 9, duration: 199_800]),
  of(1_499_259_600, 80, 40_000, "DoS Slowloris", [backward: 9, duration: 199_800]),
  // Slowhttptest
  of(1_499_261_000, 40_000, 80, "DoS Slowhttptest - Attempted", [duration: 199_984]),
  of(1_499_261_000, 33_372, 80, "DoS Slowhttptest - Attempted", [forward: 9]),
  of(1_499_261_000, 37_670, 80, "DoS Slowhttptest - Attempted", [forward: 9]),
  of(1_499_261_000, 37_671, 80, "DoS Slowhttptest", [forward: 9]),
  // Hulk
  of(1_499_262_250, 40_000, 80, "DoS Hulk - Attempted", [:]),
  of(1_499_262_250, 40_000, 80, "DoS Hulk - Attempted", [forward: 281]),
  of(1_499_262_250, 40_000, 80, "DoS Hulk", [forward: 282]),
  of(1_499_262_299.999, 43_664, 80, "DoS Hulk - Attempted", [forward: 500]),
  of(1_499_262_300, 43_664, 80, "DoS Hulk", [forward: 100]),
  of(1_499_264_000, 40_000, 80, "DoS GoldenEye - Attempted", [:]),
  // Brute force
  of(1_499_345_000, 40_000, 80, "Web Attack - Brute Force - Attempted", [packets: 20]),
  of(1_499_345_000, 40_000, 80, "Web Attack - Brute Force", [packets: 21]),
  of(1_499_345_000, 44_464, 80, "Web Attack - Brute Force", [packets: 2]),
  of(
    1_499_345_000, 40_000, 80, "Web Attack - Brute Force - Attempted",
    [forward: 9, packets: 5, answers: 5]),
  of(1_499_345_000, 40_000, 80, "BENIGN", [forward: 9, packets: 5, answers: 6]),
  // XSS
  of(1_499_347_000, 40_000, 80, "Web Attack - XSS", [forward: 9, packets: 150]),
  of(1_499_347_000, 40_000, 80, "Web Attack - XSS - Attempted", [forward: 9, packets: 149]),
  of(1_499_347_000, 40_000, 80, "Web Attack - XSS - Attempted", [packets: 150]),
  of(1_499_347_000, 36_190, 80, "BENIGN", [forward: 9, packets: 150]),
  // SQL injection
  of(1_499_348_130, 36_186, 80, "Web Attack - SQL Injection - Attempted", [forward: 9]),
  of(1_499_348_130, 36_187, 80, "Web Attack - SQL Injection - Attempted", [:]),
  of(1_499_348_130, 36_187, 80, "BENIGN", [forward: 9]),
  of(1_499_348_300, 36_186, 80, "BENIGN", [forward: 9]),
  of(1_499_348_300, 36_187, 80, "Web Attack - SQL Injection", [:]),
  of(1_499_454_000, 40_000, 80, "DDoS - Attempted", [:]),
])
func attemptedFlowsOf2017(flow: AttemptedCase) throws {
  #expect(try flow.label(by: RuleTrial(LabelRules(named: "cic-ids2017"))) == flow.label)
}

/// The requests that the Vista host makes itself while it scans.
@Test func requestsInTheWindowOfTheScan() throws {
  let trial = try RuleTrial(LabelRules(named: "cic-ids2017"))
  func label(_ destination: String, _ values: [String: Double]) throws -> String? {
    trial.label(
      try .from("192.168.10.8", 40_000, to: destination, 80, at: 1_499_365_000_000_000_000), values)
  }
  let largest = "forward_packet_length_maximum"
  for values in [[largest: 408.0], [forward: 176], [forward: 20_514]] {
    #expect(try label(web, values) == "BENIGN")
    #expect(try label("192.168.10.51", values) == "Infiltration - Portscan")
  }
  #expect(try label(web, [largest: 409, forward: 175]) == "Infiltration - Portscan")
}
