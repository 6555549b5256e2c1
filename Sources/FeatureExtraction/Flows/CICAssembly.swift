import FeatureTables

/// Flows of the set `cic` and its kin: rules A1 to A7 of the corrected CICFlowMeter.
///
/// A flow is cut by age, ends by a SYN after its TCP connection was closed, and by ICMP of another
/// kind. Only packets after the first change the state of a connection; a closed flow keeps its
/// late packets. A piece that goes on after a cut keeps the ends of the one before, so that its
/// first packet may go backward. Time is that of the packets, in file order: it may run back.
package struct CICAssembly<Dialect: CICDialect>: FlowAssembly {
  /// How far the end of a TCP connection has come.
  private enum Closing: UInt8, BitwiseCopyable {
    case open, firstFinish, secondFinish, closed
  }

  package let forwardIsFromLower: Bool
  private var closing = Closing.open
  /// Bit 0: forward sent a FIN. Bit 1: backward did.
  private var finishes: UInt8 = 0
  private let isTCP, isUDP: Bool
  /// 0 where a packet has no direction because both ends have one address.
  private let directionMask: UInt8
  package let controlMessage: UInt16
  /// Nanoseconds of the connection before this piece, the gap up to its first packet included;
  /// 0 unless the piece goes on.
  package let timeBefore: Int64

  /// Nanoseconds after its last packet for which a cut TCP connection is remembered.
  private static var memory: Int64 { 3_600 * Timestamp.nanosecondsPerSecond }

  package var isClosed: Bool { closing == .closed }
  package var memory: Int64 { isTCP ? Self.memory : 0 }

  @inline(__always)
  package init(first packet: borrowing PacketHeader) {
    self.init(
      packet, forwardIsFromLower: packet.opensFromLower(turnsAnswers: Dialect.reversesAnswers),
      timeBefore: 0)
  }

  package init(
    first packet: borrowing PacketHeader, continuing earlier: borrowing FlowTrace<Self>
  ) {
    self.init(
      packet, forwardIsFromLower: earlier.assembly.forwardIsFromLower,
      timeBefore: earlier.assembly.timeBefore &+ (packet.time &- earlier.start))
  }

  @inline(__always)
  private init(_ packet: borrowing PacketHeader, forwardIsFromLower: Bool, timeBefore: Int64) {
    self.forwardIsFromLower = forwardIsFromLower
    self.timeBefore = timeBefore
    isTCP = packet.key.protocolNumber == IPProtocol.tcp
    isUDP = packet.key.protocolNumber == IPProtocol.udp
    let isDirected = packet.key.addressesAreEqual ? Dialect.portsGiveDirection : true
    directionMask = isDirected ? 1 : 0
    controlMessage = packet.controlMessage
    if Dialect.countsFirstFinish, packet.flags.contains(.fin) {
      finishes = 1 << UInt8(truncatingIfNeeded: direction(of: packet))
    }
  }

  @inline(__always)
  package mutating func step(
    _ packet: borrowing PacketHeader, start: Int64, last: Int64, rules: borrowing FlowRules
  ) -> FlowStep {
    let isReopened = packet.flags.contains(.syn) ? isClosed : false
    let (age, gap) = (packet.time &- start, packet.time &- last)
    let (isOld, isIdle) = (age > rules.ageLimit, gap > rules.idleTimeout)
    if isReopened || isOld || isIdle {
      return cut(packet, isReopened: isReopened, isIdle: isIdle, gap: gap, rules.ageLimit)
    }
    let closes = !packet.flags.isDisjoint(with: [.fin, .rst])
    if closes || closing == .secondFinish { note(packet) }
    // Both are 0 for everything but ICMP.
    let difference = packet.controlMessage ^ controlMessage
    if difference & 0xFF00 != 0, difference & 0xFF != 0 {
      return .restart(.controlMessage, continuing: false)
    }
    return .add
  }

  /// Rules A3 to A5. An idle time-out is not among them: it is there for who asks for one, and
  /// ends the connection.
  private func cut(
    _ packet: borrowing PacketHeader, isReopened: Bool, isIdle: Bool, gap: Int64,
    _ ageLimit: Int64
  ) -> FlowStep {
    let isAnswer = packet.flags.contains(.ack)
    if isReopened {
      let goesOn = Dialect.continuesAnswered && isAnswer && gap <= Self.memory
      return .restart(.tcpEnd, continuing: goesOn)
    }
    let goesOn = isTCP ? gap <= Self.memory : isUDP && Dialect.continuesUDP && gap <= ageLimit
    return .restart(isClosed ? .tcpEnd : isIdle ? .idle : .age, continuing: goesOn && !isIdle)
  }

  /// FIN before RST before ACK. Packets of other protocols have no flags.
  private mutating func note(_ packet: borrowing PacketHeader) {
    if packet.flags.contains(.fin) {
      finishes |= 1 << UInt8(truncatingIfNeeded: direction(of: packet))
      switch closing {
      case .open: closing = .firstFinish
      case .firstFinish where finishes == 3: closing = .secondFinish
      default: break
      }
    } else if packet.flags.contains(.rst) {
      closing = .closed
    } else if closing == .secondFinish, packet.flags.contains(.ack) {
      closing = .closed
    }
  }

  @inline(__always)
  package func direction(of packet: borrowing PacketHeader) -> Int {
    let isBackward: UInt8 = packet.isFromLower == forwardIsFromLower ? 0 : 1
    return Int(truncatingIfNeeded: isBackward & directionMask)
  }

  @inline(__always)
  package static func time(_ last: Int64, after packet: borrowing PacketHeader) -> Int64 {
    packet.time
  }
}

/// Where two states of the corrected CICFlowMeter make flows in different ways.
package protocol CICDialect: Sendable {
  /// Whether the receiver of a SYN+ACK that begins a flow is forward.
  static var reversesAnswers: Bool { get }
  /// Whether a FIN in the first packet of a flow counts as one of its side.
  static var countsFirstFinish: Bool { get }
  /// Whether UDP goes on after a cut by age with the ends of the piece before.
  static var continuesUDP: Bool { get }
  /// Whether a SYN+ACK that meets a closed connection goes on with it.
  static var continuesAnswered: Bool { get }
  /// Whether the port decides the direction where both ends have one address.
  static var portsGiveDirection: Bool { get }
}

/// The state of 2024, as the set `cic` means it.
package enum CICDialect2024: CICDialect {
  package static var reversesAnswers: Bool { true }
  package static var countsFirstFinish: Bool { true }
  package static var continuesUDP: Bool { true }
  package static var continuesAnswered: Bool { false }
  package static var portsGiveDirection: Bool { true }
}

/// The state of October 2022, which made the published corrected rows.
package enum CICDialect2022: CICDialect {
  package static var reversesAnswers: Bool { false }
  package static var countsFirstFinish: Bool { false }
  package static var continuesUDP: Bool { false }
  package static var continuesAnswered: Bool { true }
  package static var portsGiveDirection: Bool { false }
}
