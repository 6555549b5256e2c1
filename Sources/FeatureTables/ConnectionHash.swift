/// One number for all rows of a connection, whichever way they run.
package enum ConnectionHash {
  /// - Parameter startTime: nanoseconds since 1970; its day is part of the connection where known.
  package static func hash(
    source: (address: ArraySlice<UInt8>, port: ArraySlice<UInt8>),
    destination: (address: ArraySlice<UInt8>, port: ArraySlice<UInt8>),
    protocol transport: ArraySlice<UInt8>, startTime: Int64
  ) -> UInt64 {
    hash(
      source: (source.address, portNumber(source.port)),
      destination: (destination.address, portNumber(destination.port)),
      protocol: protocolNumber(transport), startTime: startTime)
  }

  /// The same from numbers.
  /// - Parameter address: as text, of either case.
  package static func hash(
    source: (address: ArraySlice<UInt8>, port: UInt64),
    destination: (address: ArraySlice<UInt8>, port: UInt64),
    protocol transport: UInt64, startTime: Int64
  ) -> UInt64 {
    let first = endpoint(source.address, source.port)
    let second = endpoint(destination.address, destination.port)
    var hash = mix(min(first, second), max(first, second))
    hash = mix(hash, transport)
    guard startTime != Int64.min else { return hash }
    let day = startTime / 86_400_000_000_000 - (startTime < 0 ? 1 : 0)
    return mix(hash, UInt64(bitPattern: day) &+ 1)
  }

  private static func endpoint(_ address: ArraySlice<UInt8>, _ port: UInt64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in address {
      let isCapital = byte &- 65 < 26
      hash = (hash ^ UInt64(isCapital ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
    return mix(hash, port)
  }

  /// `443`, `443.0`, `80(http)` and `0x01bb` by their number, service names by their letters.
  private static func portNumber(_ text: ArraySlice<UInt8>) -> UInt64 {
    if text.starts(with: [0x30, 0x78]) {
      let digits = String(decoding: text.dropFirst(2), as: UTF8.self)
      if let value = UInt64(digits, radix: 16) { return value }
    }
    var value: UInt64 = 0
    var digits = 0
    for byte in text {
      guard byte &- 48 < 10, digits < 18 else { break }
      value = value * 10 + UInt64(byte - 48)
      digits += 1
    }
    if digits > 0 { return value }
    return text.reduce(0x8000_0000_0000_0000) { $0 &* 31 &+ UInt64($1) }
  }

  private static func protocolNumber(_ text: ArraySlice<UInt8>) -> UInt64 {
    let name = String(decoding: text, as: UTF8.self).lowercased()
    switch name {
    case "icmp": return 1
    case "igmp": return 2
    case "tcp": return 6
    case "udp": return 17
    case "ipv6-icmp", "icmp6", "icmpv6": return 58
    case "sctp": return 132
    default: return portNumber(text)
    }
  }

  /// SplitMix64's finisher over two words.
  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var mixed = left &+ 0x9E37_79B9_7F4A_7C15 &* (right &+ 1)
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
