import FeatureExtraction

/// A capture as the decoder sees it: what was metered, in order, and what was not.
struct DecodedCapture {
  private(set) var headers: [PacketHeader] = []
  /// Bytes of the frame that the capture holds, for each of `headers` where none was held.
  private(set) var capturedLengths: [Int] = []
  private(set) var skipped: [SkipReason: Int] = [:]
  private(set) var read = 0

  init(
    _ path: String, tunnels: TunnelMode = .outer, fragments: FragmentMode = .separate
  ) throws {
    var reader = try CaptureReader(path: path)
    var decoder = PacketDecoder(tunnels: tunnels, fragments: fragments)
    while let record = try reader.next() {
      read += 1
      let result = reader.withBytes(of: record) { decoder.decode($0, record) }
      headers += decoder.takeReleased()
      switch result {
      case .metered(let header):
        headers.append(header)
        capturedLengths.append(record.capturedLength)
      case .skipped(let reason): skipped[reason, default: 0] += 1
      case .held: break
      }
    }
    decoder.endOfInput()
    headers += decoder.takeReleased()
  }
}

/// Protocol and both ends, without direction, as other tools name a flow.
struct Conversation: Hashable, CustomStringConvertible {
  let protocolNumber: UInt8
  /// Text of the addresses with ports, sorted.
  let ends: [String]

  init(_ protocolNumber: UInt8, _ ends: [(address: String, port: UInt16)]) {
    self.protocolNumber = protocolNumber
    self.ends = ends.map { "\($0.address) \($0.port)" }.sorted()
  }

  /// - Parameter hasPorts: whether the other tool knows the ports of the protocol.
  init(_ key: FlowKey, hasPorts: Bool = true) {
    self.init(
      key.protocolNumber,
      [
        (key.lowerAddress.description, hasPorts ? key.lowerPort : 0),
        (key.upperAddress.description, hasPorts ? key.upperPort : 0),
      ])
  }

  var description: String { "\(protocolNumber) \(ends.joined(separator: " - "))" }
}

/// Packets and bytes of a conversation.
struct Volume: Hashable, CustomStringConvertible {
  var packets = 0
  var bytes = 0

  var description: String { "\(packets) packets, \(bytes) bytes" }
}

extension [Conversation: Volume] {
  mutating func add(_ conversation: Conversation, packets: Int = 1, bytes: Int) {
    self[conversation, default: Volume()].packets += packets
    self[conversation, default: Volume()].bytes += bytes
  }

  /// One line for each conversation in which the two differ.
  func differences(from expected: [Conversation: Volume]) -> [String] {
    Set(keys).union(expected.keys).filter { self[$0] != expected[$0] }.map {
      "\($0): \(self[$0]?.description ?? "none") instead of \(expected[$0]?.description ?? "none")"
    }.sorted()
  }
}
