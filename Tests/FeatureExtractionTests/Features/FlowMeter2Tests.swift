import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

private let names = FlowMeter2Features.schema.features.map(\.name)

/// The flows of a capture by name, each as its features.
private func flows(_ path: String) throws -> [String: [[Double]]] {
  var options = ExtractionOptions()
  options.featureSet = "flowmeter2"
  // The reference makes flows packet by packet. That fragments find their first is tested there.
  options.fragments = .separate
  var found: [String: [[Double]]] = [:]
  _ = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
    found[row.text(.flowID), default: []].append(row.values)
  }
  return found
}

/// What does not agree with the reference.
private func differences(
  _ found: [String: [[Double]]], _ packets: [TracePacket]
) -> [String] {
  var expected: [String: [[String: Double]]] = [:]
  for flow in traceFlows(packets) {
    expected[traceName(flow), default: []].append(FlowMeter2Reference(flow).features)
  }
  var wrong: [String] = []
  if found.mapValues(\.count) != expected.mapValues(\.count) { wrong.append("other flows") }
  for (name, rows) in found {
    for values in rows {
      if let value = values.first(where: { !$0.isFinite }) { wrong.append("\(name): \(value)") }
      let candidates = expected[name] ?? []
      let best = candidates.map { flow in disagreements(values, flow) }
        .min { $0.count < $1.count }
      wrong += best ?? []
    }
  }
  return wrong
}

private func disagreements(_ values: [Double], _ flow: [String: Double]) -> [String] {
  zip(names, values).compactMap { name, value in
    guard let wanted = flow[name] else { return "\(name) is not in the reference" }
    return abs(value - wanted) <= 1e-9 * max(1, abs(value), abs(wanted))
      ? nil : "\(name): \(value), not \(wanted)"
  }
}

@Test(arguments: 0..<40)
func flowMeter2AgreesWithTheReferenceOnRandomTraces(seed: Int) throws {
  let packets = randomTrace(seed: seed)
  let folder = try TemporaryFolder()
  let path = try folder.file("trace.pcap", capture(packets).pcap(nanoseconds: true))
  let found = differences(try flows(path), packets)
  #expect(found.isEmpty, "\(found.prefix(5))")
}

@Test(.enabled(if: sharedDataIsExpected))
func flowMeter2AgreesWithTheReferenceOnCaptures() throws {
  let captures = sharedCaptures(every: 15)
  #expect(captures.count > 150)
  for path in captures {
    guard let packets = try? tracePackets(of: path), !packets.isEmpty else { continue }
    let found = differences(try flows(path), packets)
    #expect(found.isEmpty, "\(path): \(found.prefix(5))")
  }
}

/// Link layer, padding and the digits of time after the microsecond change nothing.
@Test func flowMeter2DependsOnIPAlone() throws {
  let packets = randomTrace(seed: 1_000).filter { $0.protocolNumber != 132 }
  let folder = try TemporaryFolder()
  let raw = capture(packets)
  var padded = raw
  padded.linkType = 1
  for index in padded.packets.indices {
    let packet = padded.packets[index]
    padded.packets[index].bytes = Frame.ethernet(0x0800, tags: [0x8100], packet.bytes)
    padded.packets[index].originalLength = (packet.originalLength ?? 0) + 18 + 46
  }
  // Names of flows have the time of the first packet to the nanosecond.
  func values(_ builder: CaptureBuilder, nanoseconds: Bool) throws -> [[Double]] {
    let path = try folder.file("x.pcap", builder.pcap(nanoseconds: nanoseconds))
    return try flows(path).values.joined().sorted { $0.lexicographicallyPrecedes($1) }
  }
  let plain = try values(raw, nanoseconds: true)
  #expect(try values(padded, nanoseconds: true) == plain)
  #expect(try values(raw, nanoseconds: false) == plain)
}

@Test func flowMeter2IsDefinedForOnePacket() throws {
  for protocolNumber in [1, 6, 17, 47, 132] {
    var packet = TracePacket(time: 1_000_000_000)
    packet.protocolNumber = protocolNumber
    packet.isSegment = protocolNumber == 6
    packet.flags = protocolNumber == 6 ? 2 : 0
    packet.payload = [17: packet.length - 28, 132: packet.length - 32][protocolNumber] ?? 0
    if ![6, 17, 132].contains(protocolNumber) {
      (packet.sourcePort, packet.destinationPort) = (0, 0)
    }
    let folder = try TemporaryFolder()
    let path = try folder.file("one.pcap", capture([packet]).pcap())
    let found = differences(try flows(path), [packet])
    #expect(found.isEmpty, "\(found.prefix(5))")
  }
}

@Test func flowMeter2StateIsBounded() {
  #expect(MemoryLayout<FlowMeter2Accumulators>.size <= 256)
}
