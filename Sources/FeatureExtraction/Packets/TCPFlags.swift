/// The flags of a TCP header (RFC 9293, section 3.1); none for other protocols.
package struct TCPFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let fin = TCPFlags(rawValue: 1)
  package static let syn = TCPFlags(rawValue: 2)
  package static let rst = TCPFlags(rawValue: 4)
  package static let psh = TCPFlags(rawValue: 8)
  package static let ack = TCPFlags(rawValue: 16)
  package static let urg = TCPFlags(rawValue: 32)
  package static let ece = TCPFlags(rawValue: 64)
  package static let cwr = TCPFlags(rawValue: 128)
}
