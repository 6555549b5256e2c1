import Foundation

/// Makes capture files in memory from packets made in code, well-formed or not.
public struct CaptureBuilder: Sendable {
  /// One packet as it was captured.
  public struct Packet: Sendable {
    /// Nanoseconds since 1970 UTC.
    public var time: Int64
    /// What was captured of it, from the link layer on.
    public var bytes: [UInt8]
    /// The length on the wire, where it is not that of `bytes`.
    public var originalLength: Int?

    /// - Parameters:
    ///   - time: nanoseconds since 1970 UTC.
    ///   - bytes: from the link layer on.
    ///   - originalLength: bytes on the wire; nil for all of `bytes`.
    public init(time: Int64, bytes: [UInt8], originalLength: Int? = nil) {
      (self.time, self.bytes, self.originalLength) = (time, bytes, originalLength)
    }
  }

  /// In the order of the file, which need not be that of their times.
  public var packets: [Packet]
  /// 1 is Ethernet.
  public var linkType: UInt16

  /// - Parameter linkType: a number of the registry at tcpdump.org/linktypes; 1 is Ethernet.
  public init(_ packets: [Packet] = [], linkType: UInt16 = 1) {
    (self.packets, self.linkType) = (packets, linkType)
  }

  /// Adds a packet at the end.
  /// - Parameter seconds: since 1970 UTC, rounded to nanoseconds.
  public mutating func add(_ bytes: [UInt8], at seconds: Double, originalLength: Int? = nil) {
    packets.append(
      Packet(
        time: Int64((seconds * 1e9).rounded()), bytes: bytes, originalLength: originalLength))
  }

  /// A classic pcap file.
  public func pcap(bigEndian: Bool = false, nanoseconds: Bool = false) -> [UInt8] {
    var file = ByteBuilder(bigEndian: bigEndian)
    file.add32(nanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4)
    file.add16(2)
    file.add16(4)
    for field: UInt32 in [0, 0, 262_144, UInt32(linkType)] { file.add32(field) }
    for packet in packets {
      file.add32(UInt32(packet.time / 1_000_000_000))
      file.add32(UInt32(packet.time % 1_000_000_000 / (nanoseconds ? 1 : 1_000)))
      file.add32(UInt32(packet.bytes.count))
      file.add32(UInt32(packet.originalLength ?? packet.bytes.count))
      file.bytes += packet.bytes
    }
    return file.bytes
  }

  /// A pcapng file of one section and one interface, with a block in front of each packet that a
  /// reader has to step over.
  /// - Parameter resolution: the code of the option `if_tsresol`: 9 for nanoseconds.
  public func pcapng(
    bigEndian: Bool = false, resolution: UInt8 = 9, offsetSeconds: Int64 = 0
  ) -> [UInt8] {
    var file = ByteBuilder(bigEndian: bigEndian)
    file.addBlock(0x0A0D_0D0A) { body in
      body.add32(0x1A2B_3C4D)
      body.add16(1)
      body.add16(0)
      body.add64(UInt64.max)
    }
    file.addBlock(1) { body in
      body.add16(linkType)
      body.add16(0)
      body.add32(0)
      body.add16(9)
      body.add16(1)
      body.bytes += [resolution, 0, 0, 0]
      body.add16(14)
      body.add16(8)
      body.add64(UInt64(bitPattern: offsetSeconds))
      body.add32(0)
    }
    for packet in packets {
      file.addBlock(0x0BAD) { $0.bytes += [1, 2, 3, 4] }
      file.addBlock(6) { body in
        let ticks = CaptureBuilder.ticks(
          packet.time - offsetSeconds * 1_000_000_000, resolution: resolution)
        body.add32(0)
        body.add32(UInt32(ticks >> 32))
        body.add32(UInt32(truncatingIfNeeded: ticks))
        body.add32(UInt32(packet.bytes.count))
        body.add32(UInt32(packet.originalLength ?? packet.bytes.count))
        body.bytes += packet.bytes
        body.bytes += Array(repeating: 0, count: (4 - packet.bytes.count % 4) % 4)
      }
    }
    return file.bytes
  }

  private static func ticks(_ nanoseconds: Int64, resolution: UInt8) -> UInt64 {
    let seconds = UInt64(nanoseconds / 1_000_000_000)
    let rest = UInt64(nanoseconds % 1_000_000_000)
    if resolution & 0x80 != 0 {
      let bits = UInt64(resolution & 0x7F)
      return seconds << bits + ((rest << bits) + 999_999_999) / 1_000_000_000
    }
    var perSecond: UInt64 = 1
    for _ in 0..<resolution { perSecond *= 10 }
    return seconds * perSecond + rest / (1_000_000_000 / perSecond)
  }
}

/// Bytes in the order that a file wants.
public struct ByteBuilder: Sendable {
  /// All that was added so far.
  public var bytes: [UInt8] = []
  private let bigEndian: Bool

  /// - Parameter bigEndian: whether the highest byte of a number comes first, as on the network.
  public init(bigEndian: Bool = true) { self.bigEndian = bigEndian }

  /// Adds a number in 2 bytes.
  public mutating func add16(_ value: UInt16) { add(UInt64(value), count: 2) }
  /// Adds a number in 4 bytes.
  public mutating func add32(_ value: UInt32) { add(UInt64(value), count: 4) }
  /// Adds a number in 8 bytes.
  public mutating func add64(_ value: UInt64) { add(value, count: 8) }

  /// A block of pcapng: type, length, body, length.
  public mutating func addBlock(_ type: UInt32, _ fill: (inout ByteBuilder) -> Void) {
    var body = ByteBuilder(bigEndian: bigEndian)
    fill(&body)
    add32(type)
    add32(UInt32(body.bytes.count + 12))
    bytes += body.bytes
    add32(UInt32(body.bytes.count + 12))
  }

  private mutating func add(_ value: UInt64, count: Int) {
    let littleEndian = (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    bytes += bigEndian ? littleEndian.reversed() : littleEndian
  }
}
