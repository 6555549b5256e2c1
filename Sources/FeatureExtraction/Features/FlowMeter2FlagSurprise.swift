import FeatureTables

/// Family flag surprise: TCP packets with flags that no healthy connection shows.
struct FlowMeter2FlagSurprise: FlowMeter2Family {
  private(set) var count: UInt32 = 0

  @inline(__always)
  mutating func add(_ packet: borrowing PacketHeader, _ place: FlowMeter2Place) {
    guard packet.isTCPSegment else { return }
    // Congestion notification may stand in any of them.
    switch packet.flags.subtracting([.ece, .cwr]) {
    case .syn, [.syn, .ack], .ack, [.psh, .ack], [.fin, .ack], [.fin, .psh, .ack], .rst,
      [.rst, .ack]:
      break
    default: count &+= 1
    }
  }
}

extension FlowMeter2Features {
  static let flagSurprise: [Definition] = [
    define(
      "flag_surprise", in: .ratio,
      """
      Share of the packets that are TCP and, apart from ECE and CWR, none of SYN, SYN+ACK, ACK, \
      PSH+ACK, FIN+ACK, FIN+PSH+ACK, RST, RST+ACK.
      """
    ) { share($0.flagSurprise.count, of: $0.base.packets) }
  ]
}
