/// Why a flow ended. The raw value stands in accounts.
public enum EndReason: String, Sendable, CaseIterable, Codable {
  /// No packet for longer than the idle time-out.
  case idle
  /// A packet came later than the age limit after the first of the flow.
  case age
  /// The two sides closed the TCP connection; its late packets are in the flow.
  case tcpEnd = "tcp_end"
  /// A control message came whose type and code both differ from those of the first.
  case controlMessage = "control_message"
  /// The input ended while the flow was open.
  case endOfInput = "end_of_input"
  /// The table was full and the flow was the one not seen for longest.
  case evicted
}
