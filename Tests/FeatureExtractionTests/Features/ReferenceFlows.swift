import FeatureExtraction
import Foundation

/// The definitions of the set `flowmeter` once more, written to be read: every packet is kept,
/// flows are made key by key, statistics take two passes. Shares nothing with the extractor but
/// the reading of capture files.
struct ReferenceFlow {
  let name: String
  let features: [String: Double]
}

struct ReferencePacket {
  let time: Int64
  let source, destination: String
  let sourcePort, destinationPort: Int
  let protocolNumber: Int
  let size: Double
  /// 0 where the packet is not TCP.
  let flags: UInt8

  func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
  var sender: String { "\(source) \(sourcePort)" }
  var receiver: String { "\(destination) \(destinationPort)" }
}

/// All flows of the packets, in no particular order.
func referenceFlows(
  _ packets: [ReferencePacket], idle: Int64 = 120_000_000_000, age: Int64 = 1_800_000_000_000
) -> [ReferenceFlow] {
  var keys: [String: [ReferencePacket]] = [:]
  for packet in packets {
    let key = "\([packet.sender, packet.receiver].sorted()) \(packet.protocolNumber)"
    keys[key, default: []].append(packet)
  }
  return keys.values.flatMap { split($0, idle: idle, age: age).map(describe) }
}

/// Cuts the packets of one key into flows.
private func split(
  _ packets: [ReferencePacket], idle: Int64, age: Int64
) -> [[ReferencePacket]] {
  let (fin, syn, rst, ack): (UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 16)
  var flows: [[ReferencePacket]] = []
  for packet in packets {
    guard let flow = flows.last else {
      flows.append([packet])
      continue
    }
    let clock = flow.map(\.time).max()!
    var senders: Set<String> = []
    var isClosed = false
    for earlier in flow {
      if earlier.has(rst) { isClosed = true }
      if earlier.has(fin), !earlier.has(rst) { senders.insert(earlier.sender) }
      let bothSides = senders.count == 2
      if bothSides, earlier.has(ack), !earlier.has(fin), !earlier.has(rst) { isClosed = true }
    }
    let startsNew =
      packet.time - clock > idle || packet.time - flow[0].time > age
      || isClosed && packet.has(syn) && !packet.has(ack)
    if startsNew {
      flows.append([packet])
    } else {
      flows[flows.count - 1].append(packet)
    }
  }
  return flows
}

private func describe(_ packets: [ReferencePacket]) -> ReferenceFlow {
  let first = packets[0]
  let isAnswer = first.has(2) && first.has(16)
  let opener = isAnswer ? first.receiver : first.sender
  // The clock of the flow at each packet.
  var clocks: [Int64] = []
  for packet in packets { clocks.append(max(clocks.last ?? packet.time, packet.time)) }
  let isForward = packets.map { $0.sender == opener }
  let forward = packets.indices.filter { isForward[$0] }
  let backward = packets.indices.filter { !isForward[$0] }
  var features: [String: Double] = [:]
  let duration = Double(clocks.last! - first.time) / 1_000
  features["flow_duration"] = duration
  func sizes(_ prefix: String, _ indices: [Int]) {
    let values = indices.map { packets[$0].size }
    features["\(prefix)packet_count"] = Double(values.count)
    features["\(prefix)packet_size_total"] = values.reduce(0, +)
    features["\(prefix)packet_size_mean"] = mean(values)
    features["\(prefix)packet_size_standard_deviation"] = deviation(values)
    features["\(prefix)packet_size_minimum"] = values.min() ?? 0
    features["\(prefix)packet_size_maximum"] = values.max() ?? 0
    let packetsRate = prefix.isEmpty ? "flow_packets_per_second" : "\(prefix)packets_per_second"
    features[packetsRate] = duration > 0 ? Double(values.count) / (duration / 1e6) : 0
    features["\(prefix)packet_size_per_second"] =
      duration > 0 ? values.reduce(0, +) / (duration / 1e6) : 0
  }
  func gaps(_ prefix: String, _ indices: [Int]) {
    let values = zip(indices, indices.dropFirst()).map {
      Double(clocks[$1] - clocks[$0]) / 1_000
    }
    if prefix != "flow_" { features["\(prefix)interarrival_time_total"] = values.reduce(0, +) }
    features["\(prefix)interarrival_time_mean"] = mean(values)
    features["\(prefix)interarrival_time_standard_deviation"] = deviation(values)
    features["\(prefix)interarrival_time_minimum"] = values.min() ?? 0
    features["\(prefix)interarrival_time_maximum"] = values.max() ?? 0
  }
  sizes("", Array(packets.indices))
  sizes("forward_", forward)
  sizes("backward_", backward)
  gaps("flow_", Array(packets.indices))
  gaps("forward_", forward)
  gaps("backward_", backward)
  let ends =
    isAnswer
    ? (first.destination, first.source, first.destinationPort, first.sourcePort)
    : (first.source, first.destination, first.sourcePort, first.destinationPort)
  return ReferenceFlow(
    name: "\(ends.0)-\(ends.1)-\(ends.2)-\(ends.3)-\(first.protocolNumber)-\(first.time)",
    features: features)
}

private func mean(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

/// Of the population, in two passes.
private func deviation(_ values: [Double]) -> Double {
  let center = mean(values)
  let squares = values.map { ($0 - center) * ($0 - center) }
  return mean(squares).squareRoot()
}
