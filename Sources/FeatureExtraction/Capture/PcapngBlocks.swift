import FeatureTables

/// The blocks of a pcapng file: sections, interfaces and packets; blocks of other types are
/// stepped over (draft-ietf-opsawg-pcapng, sections 3 and 4).
struct PcapngBlocks: Sendable {
  private var isBigEndian = false
  private var interfaces: [PcapngInterface] = []
  /// Simple packet blocks have no time of their own and take that of the packet before.
  private var lastTime: Int64 = 0

  private enum BlockType {
    static let sectionHeader: UInt32 = 0x0A0D_0D0A
    static let interfaceDescription: UInt32 = 1
    static let packet: UInt32 = 2
    static let simplePacket: UInt32 = 3
    static let enhancedPacket: UInt32 = 6
  }

  /// Type and both lengths.
  private static let frameLength = 12
  /// As far as the versions.
  private static let sectionHeaderLength = 16
  /// No block that must be in memory is larger: the limit of Wireshark.
  private static let maximumBlockLength = 16 << 20

  /// The next packet. Nil at the end; the window says then how the capture ended.
  mutating func nextRecord(in window: inout CaptureWindow) throws(DataError) -> PacketRecord? {
    while let (type, length) = try nextBlock(in: &window) {
      switch type {
      case BlockType.interfaceDescription:
        guard describeInterface(window, length: length) else {
          return window.end(damaged: "an interface description is too short")
        }
        window.advance(length)
      case BlockType.packet, BlockType.simplePacket, BlockType.enhancedPacket:
        guard let record = packet(type, window, length: length) else {
          return window.end(damaged: "a packet block contradicts itself or names no interface")
        }
        window.advance(length)
        lastTime = record.time
        return record
      default:
        break
      }
    }
    return nil
  }

  /// The next block, in memory where it is of use, else stepped over; nil at the end.
  private mutating func nextBlock(
    in window: inout CaptureWindow
  ) throws(DataError) -> (type: UInt32, length: Int)? {
    guard try window.holds(PcapngBlocks.frameLength) else {
      window.end()
      return nil
    }
    let type = integer(window, at: 0)
    if type == BlockType.sectionHeader {
      guard try window.holds(PcapngBlocks.sectionHeaderLength) else {
        window.end()
        return nil
      }
      if let problem = beginSection(window) {
        window.end(damaged: problem)
        return nil
      }
    }
    let length = Int(integer(window, at: 4))
    let isUsed = PcapngBlocks.isUsed(type)
    guard length >= PcapngBlocks.frameLength, length % 4 == 0,
      !isUsed || length <= PcapngBlocks.maximumBlockLength
    else {
      window.end(damaged: "no block begins there: its length would be \(length)")
      return nil
    }
    let start = window.offset
    var isWhole = isUsed ? try window.holds(length) : try window.skip(length - 4)
    if isWhole, !isUsed { isWhole = try window.holds(4) }
    guard isWhole else {
      window.end(recordAt: start)
      return nil
    }
    guard integer(window, at: isUsed ? length - 4 : 0) == UInt32(length) else {
      window.end(damaged: "the two lengths of a block differ", at: start)
      return nil
    }
    if !isUsed { window.advance(4) }
    return (type, length)
  }

  private static func isUsed(_ type: UInt32) -> Bool {
    switch type {
    case BlockType.interfaceDescription, BlockType.packet, BlockType.simplePacket,
      BlockType.enhancedPacket:
      true
    default: false
    }
  }

  /// Takes over the byte order of the section that begins; the type reads the same in both.
  /// - Returns: why the section cannot be read; nil if it can.
  private mutating func beginSection(_ window: borrowing CaptureWindow) -> String? {
    switch window.integer32(8, isBigEndian: true) {
    case 0x1A2B_3C4D: isBigEndian = true
    case 0x4D3C_2B1A: isBigEndian = false
    default: return "the section header has no byte-order magic"
    }
    let versions = integer(window, at: 12)
    let major = isBigEndian ? versions >> 16 : versions & 0xFFFF
    guard major == 1 else { return "a section of version \(major) begins there; 1 is read" }
    interfaces = []
    return nil
  }

  private mutating func describeInterface(
    _ window: borrowing CaptureWindow, length: Int
  ) -> Bool {
    let isBigEndian = isBigEndian
    let interface = window.withBytes(window.position + 8..<window.position + length - 4) {
      PcapngInterface(body: $0, isBigEndian: isBigEndian)
    }
    guard let interface else { return false }
    interfaces.append(interface)
    return true
  }

  private func packet(
    _ type: UInt32, _ window: borrowing CaptureWindow, length: Int
  ) -> PacketRecord? {
    switch type {
    case BlockType.simplePacket: simplePacket(window, length: length)
    case BlockType.packet: timedPacket(window, length: length, isEnhanced: false)
    default: timedPacket(window, length: length, isEnhanced: true)
    }
  }

  private func timedPacket(
    _ window: borrowing CaptureWindow, length: Int, isEnhanced: Bool
  ) -> PacketRecord? {
    let fixedLength = 28
    guard length >= fixedLength + 4 else { return nil }
    // The obsolete block counts drops in the other half of the field.
    let field = integer(window, at: 8)
    let interface = Int(isEnhanced ? field : isBigEndian ? field >> 16 : field & 0xFFFF)
    let captured = Int(integer(window, at: 20))
    guard interface < interfaces.count, captured <= length - fixedLength - 4 else { return nil }
    let ticks = UInt64(integer(window, at: 12)) << 32 | UInt64(integer(window, at: 16))
    return PacketRecord(
      time: interfaces[interface].nanoseconds(ticks), originalLength: integer(window, at: 24),
      linkType: interfaces[interface].linkType, start: window.position + fixedLength,
      capturedLength: captured)
  }

  private func simplePacket(
    _ window: borrowing CaptureWindow, length: Int
  ) -> PacketRecord? {
    guard length >= 16, let interface = interfaces.first else { return nil }
    let original = integer(window, at: 8)
    var captured = min(Int(original), length - 16)
    if interface.snapLength > 0 { captured = min(captured, Int(interface.snapLength)) }
    return PacketRecord(
      time: lastTime, originalLength: original, linkType: interface.linkType,
      start: window.position + 12, capturedLength: captured)
  }

  private func integer(_ window: borrowing CaptureWindow, at offset: Int) -> UInt32 {
    window.integer32(offset, isBigEndian: isBigEndian)
  }
}
