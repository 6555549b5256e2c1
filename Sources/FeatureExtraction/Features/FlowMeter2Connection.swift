import FeatureTables

/// Family connection: how far a TCP connection came, and how it ended. In numbers that have an
/// order, as codes without one are of no use to a linear model.
struct FlowMeter2Connection: FlowMeter2Family {
  /// 0 before a SYN at the start, 1 after it, 2 after SYN+ACK, 3 after the ACK of that.
  private(set) var handshake: UInt8 = 0
  private(set) var isRefused = false
  /// 1 where the first reset goes forward, −1 where it goes backward, 0 without one.
  private(set) var resetDirection: Int8 = 0
  /// Bit 0: forward sent a FIN. Bit 1: backward did.
  private var fins: UInt8 = 0
  private var isStarted = false

  var finishedSides: Int { fins.nonzeroBitCount }

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.isTCPSegment else { return }
    let flags = packet.flags
    if flags.contains(.fin) { fins |= 1 << UInt8(truncatingIfNeeded: place.direction) }
    if flags.contains(.rst) {
      if handshake == 1 || handshake == 2 { isRefused = true }
      if resetDirection == 0 { resetDirection = place.direction == 0 ? 1 : -1 }
    } else if !isRefused {
      proceed(flags, place.direction)
    }
    isStarted = true
  }

  @inline(__always)
  private mutating func proceed(_ flags: TCPFlags, _ direction: Int) {
    let (isSYN, isACK) = (flags.contains(.syn), flags.contains(.ack))
    switch handshake {
    case 0: if !isStarted, direction == 0, isSYN, !isACK { handshake = 1 }
    case 1: if direction == 1, isSYN, isACK { handshake = 2 }
    case 2: if direction == 0, !isSYN, isACK { handshake = 3 }
    default: break
    }
  }
}

extension FlowMeter2Features {
  static let connection: [Definition] = [
    define(
      "handshake_progress", in: .number,
      "1 where the first TCP packet is a SYN, 2 with the SYN+ACK, 3 with its ACK; otherwise 0."
    ) { Double($0.connection.handshake) },
    define(
      "handshake_refused", in: .number, "1 where a RST comes after the SYN and before its ACK."
    ) { $0.connection.isRefused ? 1 : 0 },
    define("fin_sides", in: .number, "Sides that sent a FIN, 0 to 2.") {
      Double($0.connection.finishedSides)
    },
    define(
      "reset_direction", in: .number,
      "1 where the first RST goes forward, −1 where it goes backward, 0 without one."
    ) { Double($0.connection.resetDirection) },
  ]
}
