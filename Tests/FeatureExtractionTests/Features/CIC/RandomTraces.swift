import FeatureTables
import TestSupport

/// Traces of packets that meet all rules at their borders, and the frames that carry them.
struct RandomTraces {
  private var random: RandomGenerator
  /// Microseconds.
  private(set) var time = 1_600_000_000_000_000
  private(set) var packets: [WirePacket] = []
  private var frames: [[UInt8]] = []

  init(seed: UInt64) { random = RandomGenerator(seed: seed) }

  /// A capture of all packets, with nanoseconds below the microseconds.
  func capture() -> CaptureBuilder {
    CaptureBuilder(zip(packets, frames).map { .init(time: $0.time, bytes: $1) })
  }

  /// 5 to 120 packets over 1 to 4 pairs of addresses that no other trace has.
  mutating func addTrace(_ number: Int) {
    let hosts = (0..<5).map { "10.\(number / 250).\(number % 250).\($0 == 0 ? 192 : $0)" }
    let pairs = (0..<1 + random.below(4)).map { _ in
      let first = random.below(5)
      // One in four talks to itself.
      return (first, random.below(4) == 0 ? first : random.below(5))
    }
    let protocols = [6, 6, 6, 6, 17, 17, 1, 47, 132][random.below(9)]
    let quiet = random.below(3) == 0
    for _ in 0..<5 + random.below(116) {
      time += gap(quiet)
      var (source, destination) = pairs[random.below(pairs.count)]
      var ports = (1_000 + random.below(2), 80)
      if random.below(2) == 0 {
        swap(&source, &destination)
        ports = (ports.1, ports.0)
      }
      var packet = WirePacket()
      packet.time = Int64(time) * 1_000 + Int64(random.below(1_000))
      (packet.source, packet.destination) = (hosts[source], hosts[destination])
      (packet.sourcePort, packet.destinationPort) = ports
      packet.protocolNumber = random.below(12) == 0 ? 17 : protocols
      add(packet)
    }
    time += 10_000_000
  }

  /// Microseconds, often at a border of a rule.
  private mutating func gap(_ quiet: Bool) -> Int {
    if quiet || random.below(3) > 0 { return random.below(400_000) - (quiet ? 0 : 2_000) }
    let borders = [
      0, 1, -1, 1_000_000, 5_000_000, 120_000_000, -2_000_000, 121_000_000, 60_000_000, 119_000_000,
    ]
    return borders[random.below(borders.count)] + random.below(3) - 1
  }

  /// Adds a packet with random contents for its protocol.
  mutating func add(_ given: WirePacket) {
    var packet = given
    let length = random.below(3) == 0 ? 0 : random.below(1_200)
    let transport: [UInt8]
    switch packet.protocolNumber {
    case 6: transport = tcp(&packet, length)
    case 17:
      packet.header = 8
      transport = Frame.udp(
        UInt16(packet.sourcePort), UInt16(packet.destinationPort),
        Array(repeating: 7, count: length))
    case 132:
      packet.header = 12
      transport =
        Array(Frame.udp(UInt16(packet.sourcePort), UInt16(packet.destinationPort)).prefix(4))
        + Array(repeating: 0, count: 8 + length)
    case 1:
      (packet.type, packet.code) = ([8, 0, 3, 3][random.below(4)], random.below(3))
      transport = [UInt8(packet.type), UInt8(packet.code)] + Array(repeating: 0, count: 30)
    default: transport = Array(repeating: 0, count: length)
    }
    let hasTransport = [6, 17, 132].contains(packet.protocolNumber)
    packet.payload = hasTransport ? length : 0
    packet.lacksHeader = !hasTransport
    let isFragment = random.below(40) == 0
    if isFragment {
      packet.lacksHeader = true
      packet.isLaterFragment = true
      (packet.type, packet.code, packet.flags) = (0, 0, 0)
    }
    var frame = Frame.ipv4(
      packet.source, packet.destination, protocolNumber: UInt8(packet.protocolNumber),
      fragmentOffset: isFragment ? 0x2003 : 0, transport)
    packet.captured = packet.payload
    packet.isTagged = random.below(10) == 0
    packet.isEthernet = true
    frame = pad(frame, &packet)
    packets.append(packet)
    frames.append(Frame.ethernet(0x0800, tags: packet.isTagged ? [0x8100] : [], frame))
  }

  /// To the 46 bytes that Ethernet wants, sometimes a few more.
  private mutating func pad(_ bytes: [UInt8], _ packet: inout WirePacket) -> [UInt8] {
    guard random.below(2) == 0 else { return bytes }
    let padding = max(0, 46 - bytes.count) + random.below(2) * random.below(5)
    if [6, 17].contains(packet.protocolNumber) { packet.captured += padding }
    return bytes + Array(repeating: 0, count: padding)
  }

  private mutating func tcp(_ packet: inout WirePacket, _ length: Int) -> [UInt8] {
    let mixes: [UInt8] = [2, 18, 16, 16, 24, 17, 4, 20, 1, 48, 0]
    packet.flags = random.below(6) == 0 ? UInt8(random.below(256)) : mixes[random.below(11)]
    packet.window = [0, 1_024, random.below(65_536)][random.below(3)]
    let options = random.below(4) == 0 ? 4 * (1 + random.below(10)) : 0
    packet.header = 20 + options
    var segment = Frame.tcp(
      UInt16(packet.sourcePort), UInt16(packet.destinationPort), flags: packet.flags)
    segment[12] = UInt8((5 + options / 4) << 4)
    segment[14] = UInt8(packet.window >> 8)
    segment[15] = UInt8(packet.window & 0xFF)
    return segment + Array(repeating: 1, count: options + length)
  }
}
