/// Bulks of one direction: at least four packets with payload, none more than a second after the
/// one before, and none with payload from the other side between.
struct Bulk: Sendable, BitwiseCopyable {
  /// What every packet of a flow looks at. Times are nanoseconds.
  struct Clock: Sendable, BitwiseCopyable {
    static var never: Int64 { .min }

    /// When the run of packets began that is or may become a bulk; `never` where there is none.
    var begin = never
    /// The time of the last packet with payload.
    var last = never

    /// Ends the run if the other side sent payload after it began.
    @inline(__always)
    mutating func interrupt(by other: Clock) {
      begin = other.last > begin ? Clock.never : begin
    }
  }

  private static var packetsNeeded: UInt64 { 4 }
  private static var longestGap: Int64 { 1_000_000_000 }

  /// Bytes and packets of the run.
  private var runBytes: UInt64 = 0
  private var runPackets: UInt64 = 0
  /// How many bulks there were, and what was in them.
  private(set) var count: UInt64 = 0
  private(set) var packets: UInt64 = 0
  private(set) var bytes: UInt64 = 0
  /// Nanoseconds.
  private(set) var time: Int64 = 0

  /// Takes in a packet with payload; `interrupt` was called for it.
  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ clock: inout Clock) {
    let now = packet.time
    if clock.begin == Clock.never || now &- clock.last > Bulk.longestGap {
      clock.begin = now
      (runPackets, runBytes) = (1, UInt64(packet.payloadLength))
    } else {
      runPackets &+= 1
      runBytes &+= UInt64(packet.payloadLength)
      if runPackets >= Bulk.packetsNeeded { take(packet, clock) }
    }
    clock.last = now
  }

  /// The packet makes the run a bulk or is one more of it.
  private mutating func take(_ packet: borrowing PacketHeader, _ clock: Clock) {
    if runPackets == Bulk.packetsNeeded {
      count &+= 1
      packets &+= runPackets
      bytes &+= runBytes
      time &+= packet.time &- clock.begin
    } else {
      packets &+= 1
      bytes &+= UInt64(packet.payloadLength)
      time &+= packet.time &- clock.last
    }
  }

  /// Bytes a bulk; 0 without one.
  var bytesMean: Double { count == 0 ? 0 : Double(bytes) / Double(count) }
  /// Packets a bulk; 0 without one.
  var packetsMean: Double { count == 0 ? 0 : Double(packets) / Double(count) }
  /// Bytes a second of bulk time; 0 where that is 0.
  var rateMean: Double {
    time == 0 ? 0 : Double(bytes) / (Double(microseconds(time)) / 1_000_000)
  }
}
