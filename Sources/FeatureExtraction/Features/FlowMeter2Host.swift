import FeatureTables

/// Family host: what tells hosts, operating systems and services apart. Only for the study that
/// shows what it does to results across networks.
struct FlowMeter2Host: FlowMeter2Family {
  private(set) var firstWindow: InlineArray<2, UInt16> = .init(repeating: 0)
  private(set) var firstTimeToLive: InlineArray<2, UInt8> = .init(repeating: 0)
  private var hasWindow: InlineArray<2, Bool> = .init(repeating: false)
  private(set) var portClass: UInt8 = 0
  private(set) var protocolClass: UInt8 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    if place.packetsBefore == 0 { start(packet, place) }
    if place.directionGap == nil { firstTimeToLive[place.direction] = packet.timeToLive }
    if packet.isTCPSegment, !hasWindow[place.direction] {
      hasWindow[place.direction] = true
      firstWindow[place.direction] = packet.window
    }
  }

  private mutating func start(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    let isToUpper = packet.isFromLower == (place.direction == 0)
    let port = isToUpper ? packet.key.upperPort : packet.key.lowerPort
    portClass = port < 1_024 ? 0 : port < 49_152 ? 1 : 2
    switch packet.key.protocolNumber {
    case IPProtocol.tcp: protocolClass = 1
    case IPProtocol.udp: protocolClass = 2
    case IPProtocol.icmp, IPProtocol.icmp6: protocolClass = 3
    default: protocolClass = 0
    }
  }

  /// Routers between the sender and here, from the start values that systems use.
  var hopEstimate: UInt8 {
    let left = firstTimeToLive[0]
    return ([32, 64, 128, 255].first { $0 >= left } ?? 255) - left
  }
}

extension FlowMeter2Features {
  static let host: [Definition] = joined(
    eachWay("time_to_live_first", in: .hops, "Time to live of the first {way} packet.") {
      Double($0.host.firstTimeToLive[$1])
    },
    eachWay("window_first", in: .number, "Window field of the first {way} TCP packet.") {
      Double($0.host.firstWindow[$1])
    },
    [
      define("hop_estimate", in: .hops, "Routers that the first packet forward has passed.") {
        Double($0.host.hopEstimate)
      },
      define("port_class", in: .number, "Destination port below 1024: 0, below 49152: 1; else 2.") {
        Double($0.host.portClass)
      },
      define("protocol_class", in: .number, "TCP 1, UDP 2, ICMP 3, others 0.") {
        Double($0.host.protocolClass)
      },
    ])
}
