import FeatureExtraction
import FeatureTables
import TestSupport
import Testing

/// Counts packets, and nothing else.
private struct PacketCount: FlowAccumulators {
  var packets = 1
  init(first packet: borrowing PacketHeader, direction: Int) {}
  mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, previous: Int64, direction: Int
  ) {
    packets += 1
  }
}

/// A UDP packet between two of many hosts.
private func packet(_ number: Int, at time: Int64) -> PacketHeader? {
  let frame = Frame.ipv4(
    "10.0.\(number / 200).\(number % 200)", "10.9.9.9", protocolNumber: 17, Frame.udp(5, 6))
  let record = PacketRecord(
    time: time, originalLength: 60, linkType: .raw, start: 0, capturedLength: frame.count)
  // Safe: bytes have no padding.
  var decoder = PacketDecoder(tunnels: .outer, fragments: .separate)
  guard case .metered(let header) = unsafe decoder.decode(frame.span.bytes, record) else {
    return nil
  }
  return header
}

/// Every end of a flow, in order: host, packets, reason.
private func run(seed: UInt64, traffic: UInt64, maximum: Int?) -> [String] {
  var secret = RandomGenerator(seed: seed)
  var random = RandomGenerator(seed: traffic)
  var table = FlowTable<SymmetricAssembly, PacketCount>(
    rules: FlowRules(idleTimeout: 500, ageLimit: 2_000, maximumFlows: maximum), using: &secret)
  var time: Int64 = 0
  for _ in 0..<16_000 {
    time += Int64(random.below(4)) - 1
    guard let header = packet(random.below(1_000), at: time) else { continue }
    table.observe(header.time)
    table.add(header, capture: 0)
    if let maximum { #expect(table.count <= maximum) }
  }
  table.endOfInput()
  #expect(table.count == 0)
  return table.ended.map {
    "\($0.flow.key.hashValueOfAddresses) \($0.flow.accumulators.packets) \($0.reason)"
  }
}

/// The same by a dictionary and a scan for the oldest.
private func plainRun(traffic: UInt64, maximum: Int) -> [String] {
  var random = RandomGenerator(seed: traffic)
  var flows: [FlowKey: (first: Int64, clock: Int64, packets: Int, touched: Int)] = [:]
  var ended: [String] = []
  func end(_ key: FlowKey, _ reason: EndReason) {
    ended.append("\(key.hashValueOfAddresses) \(flows[key]!.packets) \(reason)")
    flows[key] = nil
  }
  var time: Int64 = 0
  for number in 0..<16_000 {
    time += Int64(random.below(4)) - 1
    guard let header = packet(random.below(1_000), at: time) else { continue }
    if let flow = flows[header.key] {
      if time - flow.clock > 500 {
        end(header.key, .idle)
      } else if time - flow.first > 2_000 {
        end(header.key, .age)
      }
    } else if flows.count == maximum {
      end(flows.min { $0.value.touched < $1.value.touched }!.key, .evicted)
    }
    var flow = flows[header.key] ?? (time, time, 0, number)
    flow.clock = max(flow.clock, time)
    flow.packets += 1
    flow.touched = number
    flows[header.key] = flow
  }
  for key in flows.sorted(by: { $0.value.touched < $1.value.touched }).map(\.key) {
    end(key, .endOfInput)
  }
  return ended
}

extension FlowKey {
  fileprivate var hashValueOfAddresses: String { "\(lowerAddress) \(upperAddress)" }
}

@Test func orderDoesNotDependOnTheSecretSeed() {
  let first = run(seed: 1, traffic: 11, maximum: nil)
  #expect(first.count > 1_000)
  #expect(first == run(seed: 2, traffic: 11, maximum: nil))
  #expect(
    run(seed: 3, traffic: 12, maximum: 300) == run(seed: 4, traffic: 12, maximum: 300))
}

@Test(arguments: [1, 2, 64])
func tableAgreesWithADictionary(maximum: Int) {
  // So few flows are open that none falls idle before it is evicted or met again.
  #expect(run(seed: 5, traffic: 13, maximum: maximum) == plainRun(traffic: 13, maximum: maximum))
}

@Test func stateOfAFlowIsSmall() {
  #expect(MemoryLayout<FlowMeterFeatures.Flow>.stride <= 400)
  #expect(MemoryLayout<CICFeatures.Flow>.stride <= 640)
  #expect(MemoryLayout<CIC2022Features.Flow>.stride <= 640)
  #expect(MemoryLayout<CIC2017Features.Flow>.stride <= 480)
}

/// Flows that fell idle leave without a packet of theirs, so that memory does not grow.
@Test func idleFlowsLeaveTheTable() throws {
  var secret = RandomGenerator(seed: 6)
  var table = FlowTable<SymmetricAssembly, PacketCount>(
    rules: FlowRules(idleTimeout: 1_000, ageLimit: FlowRules.never), using: &secret)
  var most = 0
  for number in 0..<16_000 {
    let header = try #require(packet(number % 15_000, at: Int64(number)))
    table.observe(header.time)
    table.add(header, capture: 0)
    most = max(most, table.count)
  }
  #expect(most < 1_000 + 3 * 4_096)
  // A wrong time stamp far ahead ends nobody else's flow.
  let count = table.count
  let wrong = try #require(packet(1, at: 1 << 60))
  table.observe(wrong.time)
  table.add(wrong, capture: 0)
  #expect(table.count >= count)
}
