import FeatureExtraction
import FeatureTables
import Foundation
import TestSupport
import Testing

/// Differences between the extractor and the reference; empty if they agree.
private func differences(
  _ set: CICSet, _ packets: [WirePacket], capture: String, stripsPadding: Bool = false
) throws -> [String] {
  var options = ExtractionOptions()
  options.featureSet = set.rawValue
  options.stripsPadding = stripsPadding
  var rows: [FlowRow] = []
  let seen = packets.compactMap { $0.seen(by: set, stripsPadding: stripsPadding) }
  do {
    let account = try FlowExtraction.extract([capture], options: options) {
      (row) throws(DataError) in rows.append(row)
    }
    guard account.packets.metered == seen.count else {
      return ["metered \(account.packets.metered), not \(seen.count)"]
    }
  } catch {
    return seen.isEmpty ? [] : ["refused: \(error)"]
  }
  let reference = ReferenceCIC(set: set)
  let names = try FeatureSets.schema(named: set.rawValue).features.map(\.name)
  // Flows of one name can exist where a connection is closed and reopened in no time.
  var expected = Dictionary(grouping: reference.flows(seen), by: \.name)
    .mapValues { $0.map(reference.features) }
  var found: [String] = []
  for row in rows {
    let name = row.text(.flowID)
    func wrong(_ features: [String: Double]) -> [String] {
      zip(names, row.values).compactMap { name, value in
        guard let expected = features[name] else { return "\(name) is unknown" }
        let isEqual = agree(value, expected) || value.isNaN && expected.isNaN
        return isEqual ? nil : "\(name) \(value), not \(expected)"
      }
    }
    let candidates = expected[name, default: []]
    if let match = candidates.firstIndex(where: { wrong($0).isEmpty }) {
      expected[name]?.remove(at: match)
    } else {
      found.append("\(name): \(candidates.first.map(wrong) ?? ["no such flow"])")
    }
  }
  for (name, flows) in expected where !flows.isEmpty { found.append("missing: \(name)") }
  return found
}

/// What the traces met, so that no rule goes untested.
private struct Coverage {
  var flows = 0
  var continued = 0
  var backwardFirst = 0
  var withIdle = 0
  var withBulk = 0
  var withNegativeGap = 0
  var toItself = 0
  var closed = 0

  mutating func count(_ reference: ReferenceCIC, _ packets: [SeenPacket]) {
    for piece in reference.flows(packets) {
      let features = reference.features(of: piece)
      flows += 1
      continued += piece.timeBefore != 0 ? 1 : 0
      backwardFirst += piece.isForward[0] ? 0 : 1
      withIdle += features["idle_time_mean"]! > 0 ? 1 : 0
      withBulk +=
        features["forward_bulk_bytes_mean"]! + features["backward_bulk_bytes_mean"]! > 0 ? 1 : 0
      withNegativeGap += features["flow_interarrival_time_minimum"]! < 0 ? 1 : 0
      toItself += piece.source.address == piece.destination.address ? 1 : 0
      closed += piece.state == .closed ? 1 : 0
    }
  }
}

/// 40 traces a seed; more of them with FLOWMETER_ALL_CAPTURES set.
private let seeds =
  ProcessInfo.processInfo.environment["FLOWMETER_ALL_CAPTURES"] == nil ? 1...8 : 1...60

@Test(arguments: CICSet.allCases)
func randomTracesGiveTheFlowsOfTheReference(set: CICSet) throws {
  let folder = try TemporaryFolder()
  var coverage = Coverage()
  for seed in seeds {
    var traces = RandomTraces(seed: UInt64(seed))
    for number in 0..<40 { traces.addTrace(number) }
    let path = try folder.file("traces.pcap", traces.capture().pcap(nanoseconds: true))
    for strips in set == .original ? [false, true] : [false] {
      let found = try differences(set, traces.packets, capture: path, stripsPadding: strips)
      #expect(found.isEmpty, "seed \(seed): \(found.prefix(3))")
    }
    coverage.count(ReferenceCIC(set: set), traces.packets.compactMap { $0.seen(by: set) })
  }
  #expect(coverage.flows > 2_000, "\(coverage)")
  #expect(coverage.withIdle > 200 && coverage.withNegativeGap > 200, "\(coverage)")
  #expect(coverage.toItself > 200, "\(coverage)")
  guard set != .original else { return }
  #expect(coverage.continued > 200 && coverage.backwardFirst > 100, "\(coverage)")
  #expect(coverage.withBulk > 20 && coverage.closed > 200, "\(coverage)")
}

/// Times that run back by decades: sums of squares beyond 2^100, means that cancel.
@Test(arguments: CICSet.allCases, 1...12 as ClosedRange<UInt64>)
func gapsOfDecades(set: CICSet, seed: UInt64) throws {
  var random = RandomGenerator(seed: seed)
  var builder = CaptureBuilder()
  var packets: [WirePacket] = []
  for number in 0..<2 + random.below(200) {
    // Below the first, so that no age cuts the flow.
    let second = number == 0 ? 4_000_000_000 : random.below(3_900_000_000)
    var packet = WirePacket(time: Int64(second) * 1_000_000_000)
    packet.time += Int64(number == 0 ? 0 : random.below(1_000_000)) * 1_000
    (packet.source, packet.destination) = ("10.0.0.2", "10.0.0.1")
    (packet.sourcePort, packet.destinationPort) = (40_000, 80)
    packet.protocolNumber = 17
    packet.header = 8
    if random.below(2) == 0 {
      swap(&packet.source, &packet.destination)
      swap(&packet.sourcePort, &packet.destinationPort)
    }
    packets.append(packet)
    let datagram = Frame.udp(UInt16(packet.sourcePort), UInt16(packet.destinationPort))
    let frame = Frame.ipv4(packet.source, packet.destination, protocolNumber: 17, datagram)
    builder.packets.append(.init(time: packet.time, bytes: Frame.ethernet(0x0800, frame)))
  }
  let folder = try TemporaryFolder()
  let path = try folder.file("decades.pcap", builder.pcap())
  let found = try differences(set, packets, capture: path)
  #expect(found.isEmpty, "\(found.prefix(3))")
}

/// A connection, silence while other flows move the time on, and the connection again: cut flows
/// leave the table by age, and what is left of them decides how the next packet is taken.
@Test(arguments: CICSet.allCases, [119, 121, 3_599, 3_601])
func silenceLongerThanTheTable(set: CICSet, seconds: Int) throws {
  let folder = try TemporaryFolder()
  for (protocolNumber, flags) in [(6, [2, 16]), (6, [18, 17, 17, 16]), (6, [4]), (17, [0])] {
    var builder = CaptureBuilder(linkType: 1)
    var packets: [WirePacket] = []
    func add(_ packet: WirePacket) {
      let (source, destination) = (UInt16(packet.sourcePort), UInt16(packet.destinationPort))
      let transport =
        packet.protocolNumber == 6
        ? Frame.tcp(source, destination, flags: packet.flags) : Frame.udp(source, destination)
      packets.append(packet)
      builder.packets.append(
        .init(
          time: packet.time,
          bytes: Frame.ethernet(
            0x0800,
            Frame.ipv4(
              packet.source, packet.destination, protocolNumber: UInt8(packet.protocolNumber),
              transport))))
    }
    func packet(_ time: Int, isAnswer: Bool, flags: UInt8) -> WirePacket {
      var packet = WirePacket(time: Int64(time) * 1_000)
      (packet.source, packet.destination) = ("10.0.0.2", "10.0.0.1")
      (packet.sourcePort, packet.destinationPort) = (40_000, 80)
      packet.protocolNumber = protocolNumber
      packet.header = protocolNumber == 6 ? 20 : 8
      packet.window = protocolNumber == 6 ? 1_024 : 0
      packet.flags = protocolNumber == 6 ? flags : 0
      if isAnswer {
        swap(&packet.source, &packet.destination)
        swap(&packet.sourcePort, &packet.destinationPort)
      }
      return packet
    }
    var time = 1_600_000_000_000_000
    for (number, flag) in flags.enumerated() {
      time += 1_000
      add(packet(time, isAnswer: number % 2 == 1, flags: UInt8(flag)))
    }
    let begin = time
    let fillers = 9_000
    for number in 1...fillers {
      var filler = packet(begin + seconds * 1_000_000 / fillers * number, isAnswer: false, flags: 0)
      filler.source = "10.9.\(number % 5_000 / 200).\(number % 200)"
      filler.protocolNumber = 17
      (filler.header, filler.window) = (8, 0)
      add(filler)
    }
    time = begin + seconds * 1_000_000 + 500_000
    for (number, flag) in [16, 2, 16, 17].enumerated() {
      time += 1_000
      add(packet(time, isAnswer: number % 2 == 0, flags: UInt8(flag)))
    }
    let path = try folder.file("silence.pcap", builder.pcap())
    let found = try differences(set, packets, capture: path)
    #expect(found.isEmpty, "\(protocolNumber) \(flags): \(found.prefix(3))")
  }
}

@Test(.enabled(if: sharedDataIsExpected), arguments: CICSet.allCases)
func capturesGiveTheFlowsOfTheReference(set: CICSet) throws {
  let captures = sharedCaptures(every: 40)
  #expect(captures.count > 60)
  for path in captures {
    guard let packets = try? wirePackets(of: path) else { continue }
    let found = try differences(set, packets, capture: path)
    #expect(found.isEmpty, "\(path): \(found.prefix(3))")
  }
}

/// The packets of a capture.
private func wirePackets(of path: String) throws -> [WirePacket] {
  var reader = try CaptureReader(path: path)
  var decoder = PacketDecoder(tunnels: .outer, fragments: .separate)
  var packets: [WirePacket] = []
  while let record = try reader.next() {
    let result = reader.withBytes(of: record) { decoder.decode($0, record) }
    if case .metered(let header) = result { packets.append(WirePacket(header)) }
  }
  return packets
}

/// `cic` is never infinite or NaN, whatever a capture holds.
@Test(.enabled(if: sharedDataIsExpected), arguments: ["cic", "cic+extensions"])
func correctedValuesAreFinite(set: String) throws {
  var options = ExtractionOptions()
  options.featureSet = set
  for path in sharedCaptures(every: 15) {
    _ = try? FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
      #expect(row.values.allSatisfy { $0.isFinite }, "\(path) \(row.text(.flowID))")
    }
  }
}
