import FeatureTables

/// Families volume, time and rate: packets and bytes of each direction, and when. They tell the
/// other families the place of a packet.
struct FlowMeter2Base: Sendable, BitwiseCopyable {
  struct Direction: Sendable, BitwiseCopyable {
    fileprivate(set) var packets: UInt32 = 0
    /// Of IP packets.
    fileprivate(set) var bytes: UInt64 = 0
    /// The time of the last packet.
    fileprivate var last = Int64.min
  }

  private(set) var directions: InlineArray<2, Direction> = .init(repeating: Direction())
  private var first: Int64 = 0

  var packets: UInt32 { directions[0].packets &+ directions[1].packets }
  var packetsAfterFirst: UInt32 { max(packets, 1) - 1 }
  var bytes: UInt64 { directions[0].bytes &+ directions[1].bytes }
  private var last: Int64 { max(directions[0].last, directions[1].last) }
  /// Microseconds from the first packet to the last.
  var duration: Double { Double(last &- first) }
  /// What rates divide by, in seconds: at least a millisecond, so that no rate jumps where a
  /// flow is too short for the clock of the capture.
  var rateSeconds: Double { max(duration, 1_000) / 1_000_000 }

  /// Takes in a packet.
  /// - Parameter clock: nanoseconds since 1970: see `FlowAccumulators.add`.
  @inline(__always)
  mutating func add(
    _ packet: borrowing PacketHeader, clock: Int64, direction: Int
  ) -> FlowMeter2Place {
    let time = clock / 1_000
    if packets == 0 { first = time }
    var mine = directions[direction]
    let length = UInt16(truncatingIfNeeded: min(packet.internetLength, 65_535))
    let place = FlowMeter2Place(
      direction: direction, length: length,
      gap: mine.packets == 0 ? nil : FlowMeter2Place.gap(from: mine.last, to: time))
    mine.packets &+= 1
    mine.bytes &+= UInt64(length)
    mine.last = time
    directions[direction] = mine
    return place
  }
}

extension FlowMeter2Features {
  static let base: [Definition] = joined(
    [
      define("packet_count", in: .packets, "Packets in both directions.", formula: "n") {
        Double($0.base.packets)
      }
    ],
    eachWay("packet_count", in: .packets, "Number of {way} packets.", formula: "{count}") {
      Double($0.base.directions[$1].packets)
    },
    eachWay("byte_total", in: .bytes, "Bytes of {way} IP packets.", formula: "Σ L, {way}") {
      Double($0.base.directions[$1].bytes)
    },
    [
      define(
        "forward_packet_share", in: .ratio, "Share of the packets that go forward.",
        formula: "f / n"
      ) {
        share($0.base.directions[0].packets, of: $0.base.packets)
      },
      define(
        "forward_byte_share", in: .ratio, "Share of the bytes that go forward.",
        formula: "Σ L, forward / Σ L"
      ) {
        share($0.base.directions[0].bytes, of: $0.base.bytes)
      },
      define(
        "flow_duration", in: .microseconds, "Time from the first packet to the last.",
        formula: "c(last) − c(first)"
      ) {
        $0.base.duration
      },
      define(
        "packet_rate", in: .packetsPerSecond,
        "Packets after the first by the duration, which counts as 1 ms at least; 0 for one packet.",
        formula: "min((n − 1) / max(c(last) − c(first), 1 ms), 10⁶)"
      ) { min(Double($0.base.packetsAfterFirst) / $0.base.rateSeconds, 1_000_000) },
    ],
    eachWay(
      "byte_rate", in: .bytesPerSecond,
      "Bytes of {way} packets by the duration of the flow, which counts as 1 ms at least.",
      formula: "Σ L, {way} / max(c(last) − c(first), 1 ms)"
    ) { Double($0.base.directions[$1].bytes) / $0.base.rateSeconds })
}
