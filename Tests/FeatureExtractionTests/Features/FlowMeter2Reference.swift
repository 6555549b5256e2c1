import Foundation

/// A packet as the definitions of `flowmeter2` speak of it.
struct TracePacket {
  /// Nanoseconds.
  var time: Int64
  var source = "10.0.0.1"
  var destination = "10.0.0.2"
  var sourcePort = 40_000
  var destinationPort = 443
  var protocolNumber = 6
  /// Of the IP packet.
  var length = 40
  var payload = 0
  /// Whether it is TCP and its header is there.
  var isSegment = true
  var flags: UInt8 = 16
  var sequence: UInt32 = 1
  var window = 1_024

  func has(_ flag: UInt8) -> Bool { flags & flag != 0 }
  var sender: String { "\(source) \(sourcePort)" }
  var receiver: String { "\(destination) \(destinationPort)" }
}

/// The definitions of the set `flowmeter2` once more, written to be read: every packet is kept,
/// statistics take two passes. Shares nothing with the extractor.
struct FlowMeter2Reference {
  let packets: [TracePacket]
  let isForward: [Bool]
  /// Whole microseconds on the clock of the flow.
  let times: [Double]
  private(set) var features: [String: Double] = [:]

  init(_ packets: [TracePacket]) {
    self.packets = packets
    let first = packets[0]
    let isAnswer = first.has(2) && first.has(16)
    let opener =
      first.sender == first.receiver || !isAnswer ? first.sender : first.receiver
    isForward = packets.map { $0.sender == opener }
    var clock = first.time
    var times: [Double] = []
    for packet in packets {
      clock = max(clock, packet.time)
      times.append(Double(clock / 1_000))
    }
    self.times = times
    for way in ["forward", "backward"] { describe(way) }
    describeFlow()
  }

  private func indices(_ way: String) -> [Int] {
    packets.indices.filter { isForward[$0] == (way == "forward") }
  }

  /// Everything that each direction has.
  private mutating func describe(_ way: String) {
    let indices = indices(way)
    let mine = indices.map { packets[$0] }
    let lengths = mine.map { Double($0.length) }
    let duration = max(times.last! - times[0], 1_000) / 1_000_000
    features["\(way)_packet_count"] = Double(mine.count)
    features["\(way)_byte_total"] = lengths.reduce(0, +)
    features["\(way)_byte_rate"] = lengths.reduce(0, +) / duration
    describe("\(way)_length", lengths)
    describe("\(way)_gap", gaps(indices))
    for (bit, name) in ["fin", "syn", "rst", "psh", "ack", "urg"].enumerated() {
      features["\(way)_\(name)_share"] = share(mine.count { $0.has(1 << bit) }, mine.count)
    }
    let segments = mine.filter(\.isSegment)
    features["\(way)_window_minimum"] = Double(segments.map(\.window).min() ?? 0)
    features["\(way)_window_maximum"] = Double(segments.map(\.window).max() ?? 0)
    features["\(way)_zero_window_count"] = Double(
      segments.count { $0.window == 0 && !$0.has(4) })
  }

  private mutating func describe(_ name: String, _ values: [Double]) {
    features["\(name)_mean"] = mean(values)
    features["\(name)_standard_deviation"] = deviation(values)
    features["\(name)_minimum"] = values.min() ?? 0
    features["\(name)_maximum"] = values.max() ?? 0
  }

  /// Between consecutive packets of some, each at most two minutes.
  private func gaps(_ indices: [Int]) -> [Double] {
    zip(indices, indices.dropFirst()).map { min(times[$1] - times[$0], 120e6) }
  }

  private mutating func describeFlow() {
    let count = packets.count
    let forward = indices("forward")
    let lengths = packets.map { Double($0.length) }
    features["packet_count"] = Double(count)
    features["forward_packet_share"] = share(forward.count, count)
    let total = lengths.reduce(0, +)
    features["forward_byte_share"] =
      total == 0 ? 0 : forward.reduce(0) { $0 + lengths[$1] } / total
    let duration = times.last! - times[0]
    features["flow_duration"] = duration
    features["packet_rate"] = min(Double(count - 1) / (max(duration, 1_000) / 1e6), 1e6)
    let full = packets.indices.filter { packets[$0].payload > 0 }
    for position in 0..<4 {
      features["first_payload_length_\(position + 1)"] =
        position < full.count ? signedPayload(full[position]) : 0
    }
  }

  private func signedPayload(_ index: Int) -> Double {
    let payload = Double(min(packets[index].payload, 65_535))
    return isForward[index] ? payload : -payload
  }
}

private func share(_ part: Int, _ whole: Int) -> Double {
  whole <= 0 ? 0 : Double(part) / Double(whole)
}

private func mean(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
}

/// Of the population, in two passes.
private func deviation(_ values: [Double]) -> Double {
  let center = mean(values)
  return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
}
