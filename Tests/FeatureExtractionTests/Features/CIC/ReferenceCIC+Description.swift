extension ReferenceCIC {
  /// Sections 3.2 and 3.3 for one flow.
  struct Description {
    private let packets: [SeenPacket]
    private let isForward: [Bool]
    private let ignoresLastFIN: Bool
    private(set) var features: [String: Double] = [:]

    init(_ piece: Piece, ignoresLastFIN: Bool) {
      packets = piece.packets
      isForward = piece.isForward
      self.ignoresLastFIN = ignoresLastFIN
      describeWhole(piece)
      for side in [true, false] { describe(side) }
      describeFlags()
      describeSubflows()
      describeActivity()
    }

    private func indices(_ side: Bool) -> [Int] { packets.indices.filter { isForward[$0] == side } }

    private func gaps(_ indices: [Int]) -> Statistics {
      Statistics(
        zip(indices, indices.dropFirst()).map { Double(packets[$1].time - packets[$0].time) })
    }

    private func lengths(_ indices: [Int]) -> Statistics {
      Statistics(indices.map { Double(packets[$0].payload) })
    }

    private var duration: Double { Double(packets[packets.count - 1].time - packets[0].time) }

    private func perSecond(_ amount: Double) -> Double {
      duration > 0 ? amount / (duration / 1e6) : 0
    }

    private mutating func describeWhole(_ piece: Piece) {
      let all = Array(packets.indices)
      features["flow_duration"] = duration
      features["flow_bytes_per_second"] = perSecond(lengths(all).total)
      features["flow_packets_per_second"] = perSecond(Double(packets.count))
      describe("flow_interarrival_time", gaps(all))
      describe("packet_length", lengths(all))
      features["packet_length_variance"] = lengths(all).variance
      features["average_packet_size"] = lengths(all).mean
      let (forward, backward) = (Double(indices(true).count), Double(indices(false).count))
      features["down_up_ratio"] = forward > 0 ? backward / forward : 0
      features["icmp_type"] = Double(packets[0].type)
      features["icmp_code"] = Double(packets[0].code)
      features["tcp_flow_time_total"] = packets[0].isTCP ? duration + Double(piece.timeBefore) : 0
      features["forward_initial_window_bytes"] = isForward[0] ? Double(packets[0].window) : 0
      let window = indices(false).map { packets[$0].window }.first { $0 != 0 }
      features["backward_initial_window_bytes"] = Double(window ?? 0)
    }

    private mutating func describe(_ name: String, _ values: Statistics) {
      features["\(name)_mean"] = values.mean
      features["\(name)_standard_deviation"] = values.deviation
      features["\(name)_maximum"] = values.maximum
      features["\(name)_minimum"] = values.minimum
    }

    private mutating func describe(_ isForwardSide: Bool) {
      let indices = indices(isForwardSide)
      let side = isForwardSide ? "forward" : "backward"
      let lengths = lengths(indices)
      features["\(side)_packet_count"] = Double(indices.count)
      features["\(side)_packet_length_total"] = lengths.total
      describe("\(side)_packet_length", lengths)
      features["\(side)_segment_size_mean"] = lengths.mean
      features["\(side)_interarrival_time_total"] = gaps(indices).total
      describe("\(side)_interarrival_time", gaps(indices))
      features["\(side)_packets_per_second"] = perSecond(Double(indices.count))
      let headers = Statistics(indices.map { Double(packets[$0].header) })
      features["\(side)_header_length_total"] = headers.total
      features["\(side)_segment_size_minimum"] = headers.minimum
      features["\(side)_data_packet_count"] = Double(indices.count { packets[$0].payload > 0 })
      for (name, bit) in [("push", 8), ("urgent", 32), ("reset", 4)] as [(String, UInt8)] {
        features["\(side)_\(name)_flag_count"] = Double(indices.count { packets[$0].has(bit) })
      }
      let bulk = bulk(isForwardSide)
      features["\(side)_bulk_bytes_mean"] = bulk.count > 0 ? bulk.bytes / bulk.count : 0
      features["\(side)_bulk_packets_mean"] = bulk.count > 0 ? bulk.packets / bulk.count : 0
      features["\(side)_bulk_rate_mean"] = bulk.time != 0 ? bulk.bytes / (bulk.time / 1e6) : 0
    }

    private mutating func describeFlags() {
      let names = [
        "finish", "synchronize", "reset", "push", "acknowledgment", "urgent", "congestion_echo",
        "congestion_window_reduced",
      ]
      for (bit, name) in names.enumerated() {
        features["\(name)_flag_count"] = Double(packets.count { $0.has(1 << UInt8(bit)) })
      }
    }

    private mutating func describeSubflows() {
      let breaks = Double(gaps(Array(packets.indices)).values.count { $0 > 1_000_000 })
      for side in ["forward", "backward"] {
        features["subflow_\(side)_packets"] =
          breaks > 0 ? features["\(side)_packet_count"]! / breaks : 0
        features["subflow_\(side)_bytes"] =
          breaks > 0 ? features["\(side)_packet_length_total"]! / breaks : 0
      }
    }

    private mutating func describeActivity() {
      var (active, idle): ([Double], [Double]) = ([], [])
      var (start, end) = (packets[0].time, packets[0].time)
      for packet in packets.dropFirst() {
        if ignoresLastFIN, packet.isFIN { continue }
        if packet.time - end > 5_000_000 {
          if end - start > 0 { active.append(Double(end - start)) }
          idle.append(Double(packet.time - end))
          start = packet.time
        }
        end = packet.time
      }
      describe("active_time", Statistics(active))
      describe("idle_time", Statistics(idle))
    }

    /// Of one direction, replayed over the packets of both.
    private func bulk(
      _ side: Bool
    ) -> (count: Double, packets: Double, bytes: Double, time: Double) {
      var begin: [Bool: Int] = [:]
      var last: [Bool: Int] = [:]
      var (count, bytes) = (0, 0)
      var sum = (count: 0.0, packets: 0.0, bytes: 0.0, time: 0.0)
      for (packet, direction) in zip(packets, isForward) {
        if let began = begin[direction], let other = last[!direction], other > began {
          begin[direction] = nil
        }
        guard packet.payload > 0 else { continue }
        defer { last[direction] = packet.time }
        guard direction == side else {
          if begin[direction] == nil || packet.time - last[direction]! > 1_000_000 {
            begin[direction] = packet.time
          }
          continue
        }
        guard let began = begin[direction], packet.time - last[direction]! <= 1_000_000 else {
          begin[direction] = packet.time
          (count, bytes) = (1, packet.payload)
          continue
        }
        count += 1
        bytes += packet.payload
        if count == 4 {
          sum = (
            sum.count + 1, sum.packets + 4, sum.bytes + Double(bytes),
            sum.time + Double(packet.time - began)
          )
        } else if count > 4 {
          sum.packets += 1
          sum.bytes += Double(packet.payload)
          sum.time += Double(packet.time - last[direction]!)
        }
      }
      return sum
    }
  }
}
