extension ReferenceCIC {
  /// The features of a flow by name; statistics take two passes.
  func features(of piece: Piece) -> [String: Double] {
    var features = Description(piece, ignoresLastFIN: set == .original).features
    switch set {
    case .corrected: break
    case .published: describeAsPublished(piece, &features)
    case .original: describeAsOriginal(piece, &features)
    }
    return features
  }

  /// P1 to P5 and P8.
  private func describeAsPublished(_ piece: Piece, _ features: inout [String: Double]) {
    let (packets, isForward) = (piece.packets, piece.isForward)
    let count = packets.count
    for (name, total) in [
      ("forward_packets", "forward_packet_count"),
      ("forward_bytes", "forward_packet_length_total"),
      ("backward_packets", "backward_packet_count"),
      ("backward_bytes", "backward_packet_length_total"),
    ] {
      features["subflow_\(name)"] = Double(Int(features[total]!) / count)
    }
    for (name, value) in features where name.contains("_bulk_") {
      features[name] = Double(Int(value))
    }
    let backward = packets.indices.filter { !isForward[$0] }
    features["backward_initial_window_bytes"] = Double(
      backward.last.map { packets[$0].window } ?? 0)
    let later = packets.indices.dropFirst()
    features["forward_data_packet_count"] = Double(
      later.count { isForward[$0] && packets[$0].payload > 0 })
    features["forward_reset_flag_count"] = Double(
      later.count { isForward[$0] && packets[$0].isRST })
    features["backward_reset_flag_count"] = Double(
      later.count { !isForward[$0] && packets[$0].isRST })
    divideByAnyDuration(piece, &features)
    if count == 1 {
      for end in ["mean", "standard_deviation", "maximum", "minimum"] {
        features["flow_interarrival_time_\(end)"] = .nan
      }
    }
  }

  private func divideByAnyDuration(_ piece: Piece, _ features: inout [String: Double]) {
    let seconds = Double(piece.last.time - piece.first.time) / 1e6
    features["flow_packets_per_second"] = Double(piece.packets.count) / seconds
    features["flow_bytes_per_second"] =
      Double(piece.packets.map(\.payload).reduce(0, +)) / seconds
  }

  /// The table of section 4.3.
  private func describeAsOriginal(_ piece: Piece, _ features: inout [String: Double]) {
    let (packets, first) = (piece.packets, piece.first)
    divideByAnyDuration(piece, &features)
    func flag(_ name: String, _ bit: UInt8) {
      features["\(name)_flag_count"] = first.has(bit) ? 1 : 0
    }
    for (name, bit) in [
      ("forward_push", 8), ("forward_urgent", 32), ("finish", 4), ("synchronize", 8),
      ("reset", 64), ("push", 2), ("acknowledgment", 16), ("urgent", 1),
      ("congestion_window_reduced", 32), ("congestion_echo", 128),
    ] as [(String, UInt8)] {
      flag(name, bit)
    }
    features["backward_push_flag_count"] = 0
    features["backward_urgent_flag_count"] = 0
    let doubled = [Double(first.payload)] + packets.map { Double($0.payload) }
    features["packet_length_mean"] = Statistics(doubled).mean
    features["packet_length_standard_deviation"] = Statistics(doubled).deviation
    features["packet_length_variance"] = Statistics(doubled).variance
    features["average_packet_size"] = doubled.reduce(0, +) / Double(packets.count)
    let forward = Int(features["forward_packet_count"]!)
    let backward = Int(features["backward_packet_count"]!)
    features["down_up_ratio"] = Double(backward / forward)
    for name in features.keys where name.contains("_bulk_") { features[name] = 0 }
    for side in ["forward", "backward"] {
      features["subflow_\(side)_packets"] = features["\(side)_packet_count"]
      features["subflow_\(side)_bytes"] = features["\(side)_packet_length_total"]
    }
    features["forward_initial_window_bytes"] = first.isTCP ? Double(first.window) : -1
    let last = packets.indices.last { !piece.isForward[$0] }
    features["backward_initial_window_bytes"] =
      first.isTCP ? last.map { Double(packets[$0].window) } ?? -1 : -1
    features["forward_data_packet_count"] = Double(
      packets.indices.dropFirst().count { piece.isForward[$0] && packets[$0].payload > 0 })
  }
}

/// Two passes over values.
struct Statistics {
  let values: [Double]

  init(_ values: [Double]) { self.values = values }

  var total: Double { values.reduce(0, +) }
  var mean: Double { values.isEmpty ? 0 : total / Double(values.count) }
  var minimum: Double { values.min() ?? 0 }
  var maximum: Double { values.max() ?? 0 }
  /// Of a sample.
  var variance: Double {
    guard values.count > 1 else { return 0 }
    let center = mean
    return values.map { ($0 - center) * ($0 - center) }.reduce(0, +) / Double(values.count - 1)
  }
  var deviation: Double { variance.squareRoot() }
}
