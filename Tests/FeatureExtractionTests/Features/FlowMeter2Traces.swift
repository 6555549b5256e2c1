import FeatureExtraction
import Foundation
import TestSupport

/// A few conversations at random, with everything that headers can say, in disorder at times.
func randomTrace(seed: Int) -> [TracePacket] {
  var generator = TraceGenerator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
  var packets: [TracePacket] = []
  var time: Int64 = 1_700_000_000_000_000_000 + Int64(seed) * 1_777
  // Long pauses in one trace of three, so that others have long flows.
  let pauses: [Int64] =
    [0, 900, 40_000, 3_000_000, 90_000_000, 700_000_000]
    + (seed % 3 == 0 ? [8_000_000_000, 119_000_000_000, 121_000_000_000] : [])
  for _ in 0..<generator.pick(1...120) {
    time += pauses[generator.pick(0...pauses.count - 1)] + Int64(generator.pick(0...999))
    var packet = randomPacket(&generator)
    packet.time = generator.pick(0...9) == 0 ? time - 50_000_000 : time
    packets.append(packet)
  }
  return packets
}

private func randomPacket(_ generator: inout TraceGenerator) -> TracePacket {
  var packet = TracePacket(time: 0)
  let protocols = [6, 6, 6, 6, 17, 1, 132, 47]
  packet.protocolNumber = protocols[generator.pick(0...7)]
  packet.isSegment = packet.protocolNumber == 6
  if [6, 17, 132].contains(packet.protocolNumber) {
    packet.sourcePort = 40_000 + generator.pick(0...1)
    packet.destinationPort = [443, 8_080, 60_000][generator.pick(0...2)]
  } else {
    (packet.sourcePort, packet.destinationPort) = (0, 0)
  }
  if packet.isSegment {
    let common: [UInt8] = [2, 18, 16, 24, 17, 25, 4, 20]
    packet.flags =
      generator.pick(0...5) == 0
      ? UInt8(generator.pick(0...255)) : common[generator.pick(0...7)]
    packet.window = generator.pick(0...3) == 0 ? 0 : generator.pick(0...65_535)
    packet.sequence = UInt32(truncatingIfNeeded: generator.pick(0...6_000) - 3_000)
  } else {
    (packet.flags, packet.window, packet.sequence) = (0, 0, 0)
  }
  let header = headerLength(packet.protocolNumber)
  let carries = [6, 17, 132].contains(packet.protocolNumber)
  let body = generator.pick(0...2) == 0 ? 0 : [30, 90, 700, 1_460, 60_000][generator.pick(0...4)]
  packet.payload = carries ? body : 0
  packet.length = 20 + header + body
  if generator.pick(0...1) == 0 {
    swap(&packet.source, &packet.destination)
    swap(&packet.sourcePort, &packet.destinationPort)
  }
  return packet
}

private func headerLength(_ protocolNumber: Int) -> Int {
  [6: 20, 17: 8, 132: 12, 1: 8][protocolNumber] ?? 0
}

/// A capture of raw IPv4 packets of which the headers were kept.
func capture(_ packets: [TracePacket]) -> CaptureBuilder {
  var builder = CaptureBuilder(linkType: 101)
  for packet in packets {
    var bytes = ByteBuilder()
    bytes.bytes = [0x45, 0]
    bytes.add16(UInt16(packet.length))
    bytes.add16(7)
    bytes.add16(0)
    bytes.bytes += [64, UInt8(packet.protocolNumber), 0, 0]
    for address in [packet.source, packet.destination] {
      bytes.bytes += address.split(separator: ".").map { UInt8($0) ?? 0 }
    }
    var transport = ByteBuilder()
    transport.add16(UInt16(packet.sourcePort))
    transport.add16(UInt16(packet.destinationPort))
    transport.add32(packet.sequence)
    if packet.isSegment {
      transport.add32(0)
      transport.bytes += [0x50, packet.flags]
      transport.add16(UInt16(packet.window))
      transport.add32(0)
    } else {
      transport.add32(0)
    }
    bytes.bytes += transport.bytes.prefix(headerLength(packet.protocolNumber))
    builder.packets.append(
      CaptureBuilder.Packet(
        time: packet.time, bytes: bytes.bytes, originalLength: packet.length))
  }
  return builder
}

/// The packets of a capture that are some flow's, as the decoder of the product reads them, which
/// has a reference of its own.
func tracePackets(of path: String) throws -> [TracePacket] {
  var reader = try CaptureReader(path: path)
  var decoder = PacketDecoder(tunnels: .outer, fragments: .separate)
  var packets: [TracePacket] = []
  while let record = try reader.next() {
    let result = reader.withBytes(of: record) { decoder.decode($0, record) }
    if case .metered(let header) = result { packets.append(TracePacket(header)) }
  }
  return packets
}

extension TracePacket {
  fileprivate init(_ header: PacketHeader) {
    let key = header.key
    let ends = [
      (key.lowerAddress, Int(key.lowerPort)), (key.upperAddress, Int(key.upperPort)),
    ].map { address, port in (address.description, port) }
    let (from, to) = header.isFromLower ? (ends[0], ends[1]) : (ends[1], ends[0])
    self.init(
      time: header.time, source: from.0, destination: to.0, sourcePort: from.1,
      destinationPort: to.1, protocolNumber: Int(key.protocolNumber),
      length: min(Int(header.internetLength), 65_535), payload: Int(header.payloadLength),
      isSegment: key.protocolNumber == 6 && header.headerLength > 0,
      flags: header.flags.rawValue, sequence: header.sequence, window: Int(header.window))
  }
}

/// Cuts packets into flows, key by key, by the rules of FEATURES: a gap, age, or a SYN after the
/// connection was closed.
func traceFlows(_ packets: [TracePacket]) -> [[TracePacket]] {
  let keys = Dictionary(grouping: packets) { packet in
    "\([packet.sender, packet.receiver].sorted()) \(packet.protocolNumber)"
  }
  return keys.values.flatMap { packets in
    packets.reduce(into: [[TracePacket]]()) { flows, packet in
      if let flow = flows.last, !startsNew(packet, after: flow) {
        flows[flows.count - 1].append(packet)
      } else {
        flows.append([packet])
      }
    }
  }
}

private func startsNew(_ packet: TracePacket, after flow: [TracePacket]) -> Bool {
  let clock = flow.reduce(flow[0].time) { max($0, $1.time) }
  if packet.time - clock > 120_000_000_000 || packet.time - flow[0].time > 1_800_000_000_000 {
    return true
  }
  return packet.has(2) && !packet.has(16) && isClosed(flow)
}

private func isClosed(_ flow: [TracePacket]) -> Bool {
  var finished: Set<String> = []
  for packet in flow {
    if packet.has(4) { return true }
    if packet.has(1) {
      finished.insert(packet.sender)
    } else if finished.count == 2, packet.has(16) {
      return true
    }
  }
  return false
}

/// The text of the column `flow_id`.
func traceName(_ flow: [TracePacket]) -> String {
  let first = flow[0]
  let isAnswer = first.has(2) && first.has(16)
  let ends =
    isAnswer
    ? [first.destination, first.source, "\(first.destinationPort)", "\(first.sourcePort)"]
    : [first.source, first.destination, "\(first.sourcePort)", "\(first.destinationPort)"]
  return "\(ends.joined(separator: "-"))-\(first.protocolNumber)-\(first.time)"
}

/// Splitmix64 (Steele, Lea and Flood 2014), so that a seed gives the same trace everywhere.
private struct TraceGenerator {
  var state: UInt64

  mutating func pick(_ range: ClosedRange<Int>) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    value ^= value >> 31
    return range.lowerBound + Int(value % UInt64(range.count))
  }
}
