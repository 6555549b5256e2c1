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
  var timeToLive = 64
  var isFragment = false
  var dontFragment = false

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
    describeFirsts()
    describePayloads()
    describeConnection()
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
    let bounds: [Double] = [0, 64, 128, 256, 512, 1_024, 1_280, 1_500, .infinity]
    for bin in 1...8 {
      features["\(way)_length_bin_share_\(bin)"] =
        share(lengths.count { bounds[bin - 1] <= $0 && $0 < bounds[bin] }, mine.count)
    }
    for (bit, name) in ["fin", "syn", "rst", "psh", "ack", "urg"].enumerated() {
      features["\(way)_\(name)_share"] = share(mine.count { $0.has(1 << bit) }, mine.count)
    }
    features["\(way)_payload_packet_share"] = share(mine.count { $0.payload > 0 }, mine.count)
    features["\(way)_payload_byte_total"] = mine.reduce(0) { $0 + Double($1.payload) }
    let segments = mine.filter(\.isSegment)
    features["\(way)_window_minimum"] = Double(segments.map(\.window).min() ?? 0)
    features["\(way)_window_maximum"] = Double(segments.map(\.window).max() ?? 0)
    features["\(way)_zero_window_count"] = Double(
      segments.count { $0.window == 0 && !$0.has(4) })
    features["\(way)_window_first"] = Double(segments.first?.window ?? 0)
    let lives = mine.map(\.timeToLive)
    features["\(way)_time_to_live_spread"] = Double((lives.max() ?? 0) - (lives.min() ?? 0))
    features["\(way)_time_to_live_first"] = Double(lives.first ?? 0)
    features["\(way)_repeated_segment_count"] = Double(repeats(segments))
  }

  private func repeats(_ segments: [TracePacket]) -> Int {
    var furthest: UInt32?
    var count = 0
    for segment in segments where segment.payload > 0 {
      let end = segment.sequence &+ UInt32(segment.payload)
      if let before = furthest, end &- before == 0 || end &- before >= 1 << 31 {
        count += 1
      } else {
        furthest = end
      }
    }
    return count
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
    let bins: [Double] = [64, 128, 256, 512, 1_024, 1_280, 1_500]
    features["length_entropy"] = entropy(
      packets.indices.map { index in
        "\(isForward[index]) \(bins.count { $0 <= lengths[index] })"
      })
    features["length_change_mean"] = mean(zip(lengths, lengths.dropFirst()).map { abs($0 - $1) })
    let gaps = gaps(Array(packets.indices))
    let decades: [Double] = [100, 1e3, 1e4, 1e5, 1e6, 1e7]
    let gapBins = gaps.map { gap in decades.count { $0 <= gap } + 1 }
    for bin in 1...7 {
      features["gap_bin_share_\(bin)"] = share(gapBins.count { $0 == bin }, gaps.count)
    }
    features["gap_entropy"] = entropy(gapBins.map(String.init))
    let idle = gaps.filter { $0 > 5e6 }
    features["idle_count"] = Double(idle.count)
    features["idle_time_total"] = idle.reduce(0, +)
    features["idle_share"] = duration == 0 ? 0 : idle.reduce(0, +) / duration
    features["fragment_share"] = share(packets.count(where: \.isFragment), count)
    features["dont_fragment_share"] = share(packets.count(where: \.dontFragment), count)
    describeBeat(self.gaps(forward))
    describeHost(forward)
  }

  private mutating func describeBeat(_ gaps: [Double]) {
    let center = mean(gaps)
    features["forward_gap_variation"] = center == 0 ? 0 : min(deviation(gaps) / center, 100)
    var correlation = 0.0
    if gaps.count >= 3 {
      let (left, right) = (Array(gaps.dropLast()), Array(gaps.dropFirst()))
      let (leftMean, rightMean) = (mean(left), mean(right))
      let both = mean(zip(left, right).map { ($0 - leftMean) * ($1 - rightMean) })
      // The deviation of equal values can round to something.
      let hasSpread = Set(left).count > 1 && Set(right).count > 1
      if hasSpread { correlation = both / (deviation(left) * deviation(right)) }
    }
    features["forward_gap_autocorrelation"] = correlation
  }

  private mutating func describeHost(_ forward: [Int]) {
    let life = forward.first.map { packets[$0].timeToLive } ?? 0
    features["hop_estimate"] = Double([32, 64, 128, 255].first { $0 >= life }! - life)
    let port = isForward[0] ? packets[0].destinationPort : packets[0].sourcePort
    features["port_class"] = port < 1_024 ? 0 : port < 49_152 ? 1 : 2
    features["protocol_class"] = [6: 1, 17: 2, 1: 3, 58: 3][packets[0].protocolNumber] ?? 0
  }

  private mutating func describeFirsts() {
    for position in 0..<8 {
      let exists = position < packets.count
      let sign = exists && !isForward[position] ? -1.0 : 1
      features["first_length_\(position + 1)"] =
        exists ? sign * Double(packets[position].length) : 0
      if position < 4 {
        features["first_flags_\(position + 1)"] = exists ? Double(packets[position].flags) : 0
      }
      if position > 0 {
        features["first_gap_\(position + 1)"] =
          exists ? min(times[position] - times[position - 1], 120e6) : 0
      }
    }
    let full = packets.indices.filter { packets[$0].payload > 0 }
    for position in 0..<4 {
      features["first_payload_length_\(position + 1)"] =
        position < full.count
        ? (isForward[full[position]] ? 1 : -1)
          * Double(min(packets[full[position]].payload, 65_535))
        : 0
    }
  }

  private mutating func describePayloads() {
    let full = packets.indices.filter { packets[$0].payload > 0 }
    var bursts: [[Int]] = []
    var turns = 0
    for index in full {
      if let last = bursts.last?.last, isForward[last] != isForward[index] { turns += 1 }
      if let last = bursts.last?.last, isForward[last] == isForward[index],
        times[index] - times[last] <= 100_000
      {
        bursts[bursts.count - 1].append(index)
      } else {
        bursts.append([index])
      }
    }
    features["turn_count"] = Double(turns)
    features["turn_share"] = share(turns, full.count - 1)
    for way in ["forward", "backward"] {
      let mine = bursts.filter { isForward[$0[0]] == (way == "forward") }
      let bytes = mine.map { $0.reduce(0) { $0 + Double(packets[$1].payload) } }
      features["\(way)_burst_count"] = Double(mine.count)
      features["\(way)_burst_packet_maximum"] = Double(mine.map(\.count).max() ?? 0)
      features["\(way)_burst_byte_maximum"] = bytes.max() ?? 0
      features["\(way)_burst_byte_mean"] = mean(bytes)
    }
    let question = full.first { isForward[$0] }
    let answer = question.flatMap { asked in full.first { $0 > asked && !isForward[$0] } }
    features["first_response_time"] =
      answer.map { min(times[$0] - times[question!], 120e6) } ?? 0
  }

  private mutating func describeConnection() {
    let (fin, syn, rst, ack): (UInt8, UInt8, UInt8, UInt8) = (1, 2, 4, 16)
    let segments = packets.indices.filter { packets[$0].isSegment }
    func isQuestion(_ index: Int) -> Bool {
      isForward[index] && packets[index].has(syn) && !packets[index].has(ack)
    }
    func isAnswer(_ index: Int) -> Bool {
      !isForward[index] && packets[index].has(syn) && packets[index].has(ack)
    }
    let reset = segments.first { packets[$0].has(rst) }
    features["reset_direction"] = reset.map { isForward[$0] ? 1 : -1 } ?? 0
    features["fin_sides"] = Double(
      Set(segments.filter { packets[$0].has(fin) }.map { isForward[$0] }).count)
    // What comes in time, each step after the one before.
    var progress = 0
    if let first = segments.first, isQuestion(first), !packets[first].has(rst) {
      progress = 1
      let answer = segments.first { isAnswer($0) && !packets[$0].has(rst) }
      if let answer, answer < reset ?? .max {
        progress = 2
        let last = segments.first { index in
          index > answer && isForward[index] && packets[index].has(ack)
            && !packets[index].has(syn) && !packets[index].has(rst)
        }
        if let last, last < reset ?? .max { progress = 3 }
      }
    }
    features["handshake_progress"] = Double(progress)
    features["handshake_refused"] = reset != nil && (1...2).contains(progress) ? 1 : 0
    let answer = packets.indices.first { index in
      isAnswer(index) && packets[..<index].indices.contains(where: isQuestion)
    }
    let question = answer.flatMap { packets[..<$0].indices.last(where: isQuestion) }
    features["handshake_time"] =
      question.map { min(times[answer!] - times[$0], 120e6) } ?? 0
    let healthy: Set<UInt8> = [2, 18, 16, 24, 17, 25, 4, 20]
    features["flag_surprise"] = share(
      segments.count { !healthy.contains(packets[$0].flags & 63) }, packets.count)
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

/// In bits.
private func entropy(_ values: [String]) -> Double {
  Dictionary(grouping: values, by: \.self).values.reduce(0) { sum, equal in
    let share = Double(equal.count) / Double(values.count)
    return sum - share * log2(share)
  }
}
