import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// A conversation between A and B written as steps: who sends, when, with which flags.
struct Step {
  let isFromA: Bool
  let time: Double
  let flags: UInt8
}

private let (fin, syn, rst, ack) = (Frame.fin, Frame.syn, Frame.rst, Frame.ack)

private func a(_ time: Double, _ flags: UInt8) -> Step {
  Step(isFromA: true, time: time, flags: flags)
}

private func b(_ time: Double, _ flags: UInt8) -> Step {
  Step(isFromA: false, time: time, flags: flags)
}

/// Packets per flow in order of their end, as `forward+backward reason`.
private func flows(
  _ steps: [Step], configure: (inout ExtractionOptions) -> Void = { _ in }
) throws -> [String] {
  var builder = CaptureBuilder()
  for step in steps {
    let segment =
      step.isFromA
      ? Frame.tcp(50_000, 80, flags: step.flags) : Frame.tcp(80, 50_000, flags: step.flags)
    let (source, destination) =
      step.isFromA ? ("10.0.0.1", "10.0.0.2") : ("10.0.0.2", "10.0.0.1")
    builder.add(
      Frame.ethernet(0x0800, Frame.ipv4(source, destination, protocolNumber: 6, segment)),
      at: 1_000_000 + step.time)
  }
  let folder = try TemporaryFolder()
  let path = try folder.file("steps.pcap", builder.pcap(nanoseconds: true))
  var options = ExtractionOptions.flowmeter
  configure(&options)
  var found: [String] = []
  _ = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
    found.append("\(Int(row.values[2]))+\(Int(row.values[3])) \(row.endReason.rawValue)")
  }
  return found
}

@Test func gapEndsAFlowOnlyBeyondTheTimeout() throws {
  #expect(try flows([a(0, ack), b(120, ack)]) == ["1+1 end_of_input"])
  #expect(try flows([a(0, ack), b(120.000_000_001, ack)]) == ["1+0 idle", "1+0 end_of_input"])
  let short = try flows([a(0, ack), b(3, ack), a(9, ack)]) { $0.idleTimeout = 5 }
  #expect(short == ["1+1 idle", "1+0 end_of_input"])
  let never = try flows([a(0, ack), b(900, ack)]) { $0.idleTimeout = .infinity }
  #expect(never == ["1+1 end_of_input"])
}

@Test func ageEndsAFlowAndDirectionIsDecidedAfresh() throws {
  let steady = stride(from: 0.0, through: 1_800, by: 100).map { a($0, ack) }
  #expect(try flows(steady + [b(1_800, ack)]) == ["19+1 end_of_input"])
  #expect(
    try flows(steady + [b(1_800.000_001, ack)]) == ["19+0 age", "1+0 end_of_input"])
  let short = try flows([a(0, ack), b(1, ack), a(2, ack)]) { $0.activeTimeout = 1 }
  #expect(short == ["1+1 age", "1+0 end_of_input"])
}

@Test func resetClosesAndLatePacketsStay() throws {
  #expect(
    try flows([a(0, syn), b(1, rst | ack), a(2, ack), a(3, syn), b(4, syn | ack)])
      == ["2+1 tcp_end", "1+1 end_of_input"])
  #expect(try flows([a(0, rst), a(1, syn)]) == ["1+0 tcp_end", "1+0 end_of_input"])
  // A SYN that nothing closed before is a retransmission.
  #expect(try flows([a(0, syn), a(1, syn)]) == ["2+0 end_of_input"])
}

@Test func finsFromBothSidesAndAnAcknowledgementClose() throws {
  let closed = [a(0, syn), b(1, fin | ack), a(2, fin | ack), b(3, ack)]
  #expect(try flows(closed + [a(4, syn)]) == ["2+2 tcp_end", "1+0 end_of_input"])
  #expect(try flows(closed + [a(4, syn | ack)]) == ["3+2 tcp_end"])
  #expect(try flows(Array(closed.dropLast()) + [a(4, syn)]) == ["3+1 end_of_input"])
  #expect(
    try flows([a(0, fin), a(1, fin), b(2, ack), a(3, syn)]) == ["3+1 end_of_input"],
    "one side alone does not close")
  #expect(
    try flows([a(0, fin), b(1, fin), a(2, ack), b(3, syn)]) == ["2+1 tcp_end", "1+0 end_of_input"],
    "the FIN of the first packet counts")
}

@Test func answerWithoutQuestionIsBackward() throws {
  #expect(try flows([b(0, syn | ack), a(1, ack)]) == ["1+1 end_of_input"])
  #expect(try flows([b(0, syn | ack)]) == ["0+1 end_of_input"])
}

@Test func latePacketsMoveNothing() throws {
  var builder = CaptureBuilder()
  for time in [10.0, 12, 11, 13] {
    builder.add(
      Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 17, Frame.udp(1, 2)), at: time)
  }
  builder.linkType = 101
  let folder = try TemporaryFolder()
  let path = try folder.file("late.pcap", builder.pcap())
  let (table, _) = try FlowExtraction.table([path], options: .flowmeter)
  func value(_ name: String) throws -> Double {
    table.matrix[0, try #require(table.matrix.schema.index(of: name))]
  }
  #expect(table.rowCount == 1)
  #expect(try value("flow_duration") == 3e6)
  #expect(try value("flow_interarrival_time_minimum") == 0)
  #expect(try value("flow_interarrival_time_maximum") == 2e6)
  #expect(try value("flow_interarrival_time_mean") == 1e6)
}

@Test func fullTableDropsTheOneNotSeenForLongest() throws {
  var builder = CaptureBuilder(linkType: 101)
  // Flows 1, 2, 3, then 1 again, then 4: with room for three, flow 2 must go.
  for (time, port) in [1, 2, 3, 1, 4].enumerated() {
    builder.add(
      Frame.ipv4("10.0.0.1", "10.0.0.2", protocolNumber: 17, Frame.udp(UInt16(port), 9)),
      at: Double(time))
  }
  let folder = try TemporaryFolder()
  let path = try folder.file("full.pcap", builder.pcap())
  var options = ExtractionOptions()
  options.maximumFlows = 3
  var ended: [String] = []
  let account = try FlowExtraction.extract([path], options: options) { (row) throws(DataError) in
    ended.append("\(row.flow.sourcePort) \(row.endReason.rawValue)")
  }
  #expect(
    ended == ["2 evicted", "3 end_of_input", "1 end_of_input", "4 end_of_input"])
  #expect(account.flows.evicted == 1)
  #expect(account.flows.ended == ["evicted": 1, "end_of_input": 3])
}
